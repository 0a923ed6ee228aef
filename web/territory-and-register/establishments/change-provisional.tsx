import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ofName } from '../../../contract/names-in-french.ts'
import { correctProvisional, withdrawProvisional } from '../../../contract/territory-and-register/establishments.ts'
import { call } from '../../platform/api.ts'
import { formatSiret } from '../../platform/format.ts'
import { townWords } from '../../platform/names.ts'
import { useGo } from '../../platform/navigation.ts'
import { Button, type Choice, Dialog, Form } from '../../ui/index.ts'
import { ProvisionalFields } from './provisional-fields.tsx'
import { cardQuery } from './queries.ts'
import type { Establishment } from './words.ts'

type Typed = NonNullable<Establishment['typed']>
interface Props {
  siret: string
  typed: Typed
  onClose: () => void
}

export const CorrectProvisional = ({ siret, typed, onClose }: Props) => {
  const client = useQueryClient()
  const [seen, setSeen] = useState(typed.corrected?.at ?? null)
  const [commune, setCommune] = useState<Choice | null>({
    value: typed.communeCode,
    label: townWords(typed.town) ?? typed.communeCode,
  })
  const [activity, setActivity] = useState<Choice | null>(
    typed.activity && {
      value: typed.activity.nomenclature === 'NAF25' ? `NAF25:${typed.activity.code}` : typed.activity.code,
      label: typed.activity.label ?? `Code ${typed.activity.code}`,
    },
  )
  return (
    <Dialog title="Corriger la fiche provisoire" shape="side" onClose={onClose}>
      <p>
        SIRET {formatSiret(siret)}. Ce qui était saisi reste dans le journal, avec votre nom et la date de la
        correction.
      </p>
      <Form
        draft={{ name: 'provisional-correction', about: siret }}
        submit="Enregistrer la correction"
        done="La fiche provisoire est corrigée."
        onCancel={onClose}
        explain={problem => {
          if (problem.code !== 'request/changed-meanwhile') return undefined
          return (
            <>
              <p>
                Une autre personne a corrigé cette fiche depuis que vous l’avez ouverte. Votre saisie est toujours
                ci-dessous.
              </p>
              <Button
                priority="secondary"
                onClick={async () => {
                  const { typed: now } = await client.fetchQuery({ ...cardQuery(siret), staleTime: 0 })
                  setSeen(now?.corrected?.at ?? null)
                }}
              >
                Relire la fiche et garder ma saisie
              </Button>
            </>
          )
        }}
        onSubmit={async ({ name = '' }, { idempotencyKey }) => {
          const card = await call(correctProvisional, {
            params: { siret },
            body: {
              name: name.trim(),
              communeCode: commune!.value,
              ...(activity ? { activity: activity.value } : {}),
              seen,
            },
            idempotencyKey,
          })
          client.setQueryData(cardQuery(siret).queryKey, card)
          void client.invalidateQueries({ queryKey: ['establishments', 'search'] })
          onClose()
        }}
      >
        <ProvisionalFields
          name={typed.name ?? ''}
          commune={commune}
          setCommune={setCommune}
          activity={activity}
          setActivity={setActivity}
        />
      </Form>
    </Dialog>
  )
}

export const WithdrawProvisional = ({ siret, typed, onClose }: Props) => {
  const client = useQueryClient()
  const go = useGo()
  return (
    <Dialog title="Retirer la fiche provisoire" onClose={onClose}>
      <p>
        La fiche {ofName(typed.name ?? 'cet employeur')} (SIRET {formatSiret(siret)}) ne sera plus affichée ni trouvée
        par personne. Rien n’a encore été noté avec elle : rien d’autre ne sera perdu. Le même SIRET pourra être saisi
        de nouveau.
      </p>
      <Form
        draft="choices"
        submit="Retirer la fiche"
        busyWords="Retrait…"
        done="La fiche provisoire est retirée."
        beside={
          <Button priority="tertiary" onClick={onClose}>
            Garder la fiche
          </Button>
        }
        onSubmit={async (_, { idempotencyKey }) => {
          await call(withdrawProvisional, { params: { siret }, idempotencyKey })
          go('/etablissements')
          client.removeQueries({ queryKey: cardQuery(siret).queryKey })
          void client.invalidateQueries({ queryKey: ['establishments', 'search'] })
        }}
      >
        {null}
      </Form>
    </Dialog>
  )
}
