import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { removeSecondFactor, replaceRecoveryCodes } from '../../../contract/signing-in/identity.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatTime } from '../../platform/format.ts'
import { type Me, meQuery } from '../../platform/session.ts'
import { toast } from '../../platform/toast.ts'
import { proofWords } from '../../platform/words.ts'
import { Button, ButtonRow, DataTable, Dialog, Empty, Refused, Section } from '../../ui/index.ts'
import { EndOthers, endedInWords } from './end-others.tsx'
import { EnrolPasskey, EnrolTotp, RecoveryCodes } from './enrolment.tsx'

const kinds = { totp: 'Application de codes', passkey: 'Clé d’accès' } as const

export const SecondFactors = ({ me }: { me: Me }) => {
  const queries = useQueryClient()
  const [adding, setAdding] = useState<'totp' | 'passkey' | null>(null)
  const [codes, setCodes] = useState<readonly string[]>([])
  const [others, setOthers] = useState(true)
  const refresh = () => queries.invalidateQueries({ queryKey: meQuery.queryKey })
  const changed = async (words: string) => {
    toast(`${words}${await endedInWords(others)}`)
    await Promise.all([refresh(), queries.invalidateQueries({ queryKey: ['sessions'] })])
  }
  const remove = useMutation({
    mutationFn: (factorId: string) => call(removeSecondFactor, { params: { factorId } }),
    onSuccess: () => changed('Le second facteur est retiré.'),
  })
  const replace = useMutation({
    mutationFn: () => call(replaceRecoveryCodes),
    onSuccess: async ({ recoveryCodes }) => {
      setCodes(recoveryCodes)
      await changed('Vos codes de secours sont remplacés.')
    },
  })
  const close = () => {
    setAdding(null)
    setCodes([])
    void refresh()
  }
  const enrolledNow = (recovery: readonly string[]) => {
    if (recovery.length) setCodes(recovery)
    else close()
    void changed('Le second facteur est enregistré.')
  }
  const { second, enrolled, recoveryCodesLeft } = me.factors
  return (
    <Section title="Seconds facteurs">
      <p>
        {second ? (
          <>
            Pour cette session, votre second facteur a été prouvé par <strong>{proofWords[second.by]}</strong> à{' '}
            {formatTime(second.at)}.
          </>
        ) : (
          'Le second facteur de cette session n’est pas prouvé.'
        )}
      </p>
      {remove.isError && <Refused problem={remove.error} />}
      {enrolled.length > 0 ? (
        <DataTable
          caption="Mes seconds facteurs enregistrés ici"
          hideCaption
          keys={false}
          rows={enrolled}
          keyOf={({ id }) => id}
          columns={[
            { head: 'Nom', cell: ({ label }) => label },
            { head: 'Moyen', cell: ({ kind }) => kinds[kind] },
          ]}
          acts={({ id, label }) => (
            <Button size="small" priority="tertiary" busy={remove.isPending} onClick={() => remove.mutate(id)}>
              Retirer<span className="fr-sr-only"> {label}</span>
            </Button>
          )}
        />
      ) : (
        <Empty title="Aucun second facteur enregistré ici">
          Votre fournisseur d’identité le vérifie lui-même. En enregistrer un vous permettrait d’entrer s’il cessait de
          le faire.
        </Empty>
      )}
      <EndOthers checked={others} onChange={setOthers} />
      <div className="fr-mt-2w">
        <ButtonRow>
          <Button size="small" priority="secondary" onClick={() => setAdding('passkey')}>
            Ajouter une clé d’accès
          </Button>
          <Button size="small" priority="secondary" onClick={() => setAdding('totp')}>
            Ajouter une application de codes
          </Button>
        </ButtonRow>
      </div>
      {enrolled.length > 0 && (
        <>
          <p className="fr-mt-3w fr-mb-1w">
            {recoveryCodesLeft === 0
              ? 'Il ne vous reste aucun code de secours.'
              : `Il vous reste ${formatCount(recoveryCodesLeft, 'code de secours', 'codes de secours')}.`}{' '}
            En demander de nouveaux annule les précédents.
          </p>
          {replace.isError && <Refused problem={replace.error} />}
          <Button size="small" priority="tertiary" busy={replace.isPending} onClick={() => replace.mutate()}>
            Remplacer mes codes de secours
          </Button>
        </>
      )}
      {(adding || codes.length > 0) && (
        <Dialog
          title={
            codes.length
              ? 'Vos codes de secours'
              : adding === 'totp'
                ? 'Ajouter une application de codes'
                : 'Ajouter une clé d’accès'
          }
          {...(codes.length ? {} : { onClose: close })}
        >
          {codes.length ? (
            <RecoveryCodes codes={codes} onKept={close} />
          ) : adding === 'totp' ? (
            <EnrolTotp onEnrolled={enrolledNow} />
          ) : (
            <EnrolPasskey onEnrolled={enrolledNow} />
          )}
        </Dialog>
      )}
    </Section>
  )
}
