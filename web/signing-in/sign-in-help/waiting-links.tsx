import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Static } from 'typebox'
import { decideLink, type WaitingLink as WaitingLinkShape } from '../../../contract/signing-in/sign-in-help.ts'
import { call } from '../../platform/api.ts'
import { formatInstant, formatSiret } from '../../platform/format.ts'
import { toast } from '../../platform/toast.ts'
import { Button, ButtonRow, Card, Facts, Link, Notice, Refused } from '../../ui/index.ts'
import { signInHelpQuery } from './queries.ts'
import { ReasonDialog } from './reason-dialog.tsx'

type Waiting = Static<typeof WaitingLinkShape>
export type Decided = { readonly linkId: string; readonly decision: 'confirmed' | 'refused' }
const reasons: Readonly<Record<Waiting['reason'], string>> = {
  'unknown-provider':
    'Personne de cette structure n’est encore venu par ce fournisseur d’identité. Confirmer l’accepte aussi pour ses autres comptes.',
  'already-linked': 'Ce compte est déjà rattaché à une autre identité ProConnect. Confirmer ajoute celle-ci.',
  'other-organisation': 'Le SIRET annoncé n’est pas celui de la structure de ce compte.',
  'employer-changed':
    'Cette personne venait sous un autre employeur. Confirmez si elle travaille toujours pour votre structure ; si elle l’a quittée, refusez, puis enregistrez son départ.',
}

/** One who came, what is known of them, and the two answers. */
export const WaitingLink = ({
  link,
  name,
  busy = false,
  onAnswer,
}: {
  link: Waiting
  name: string
  busy?: boolean
  onAnswer: (decided: Decided) => void
}) => (
  <Card title={`Connexion à confirmer : ${link.name}`} level={3}>
    <Facts
      items={[
        ['Par ProConnect, le', formatInstant(link.askedAt)],
        ['Adresse', link.email],
        ['SIRET annoncé', link.siret ? formatSiret(link.siret) : 'aucun'],
        ['Fournisseur d’identité', link.provider || 'non précisé'],
      ]}
    />
    <p>{reasons[link.reason]}</p>
    <p>
      Appelez d’abord <strong>{name}</strong>, à un numéro que vous connaissez : était-ce bien sa connexion ? Un
      courriel l’avertit de votre réponse.
    </p>
    <ButtonRow>
      <Button size="small" busy={busy} onClick={() => onAnswer({ linkId: link.id, decision: 'confirmed' })}>
        Confirmer<span className="fr-sr-only"> la connexion du {formatInstant(link.askedAt)}</span>
      </Button>
      <Button
        size="small"
        priority="secondary"
        busy={busy}
        onClick={() => onAnswer({ linkId: link.id, decision: 'refused' })}
      >
        Refuser<span className="fr-sr-only"> la connexion du {formatInstant(link.askedAt)}</span>
      </Button>
    </ButtonRow>
  </Card>
)

/**
 * People who came by ProConnect with the address of this account. Someone who knows the person says whether it was them
 * (IDN-1).
 */
export const WaitingLinks = ({
  accountId,
  name,
  waiting,
  reasonNeeded,
  onDecided,
}: {
  accountId: string
  name: string
  waiting: readonly Waiting[]
  reasonNeeded: boolean
  onDecided: () => Promise<unknown>
}) => {
  const [asking, setAsking] = useState<Decided>()
  const decide = useMutation({
    mutationFn: ({ linkId, ...body }: Decided & { reason?: string }) =>
      call(decideLink, { params: { accountId, linkId }, body }),
    onSuccess: ({ decision }) => {
      toast(decision === 'confirmed' ? 'La connexion est confirmée.' : 'La connexion est refusée.')
      return onDecided()
    },
  })
  const answer = (decided: Decided) => (reasonNeeded ? setAsking(decided) : decide.mutate(decided))
  return (
    <>
      {asking && (
        <ReasonDialog
          title={asking.decision === 'confirmed' ? 'Confirmer la connexion' : 'Refuser la connexion'}
          submit={asking.decision === 'confirmed' ? 'Confirmer la connexion' : 'Refuser la connexion'}
          name={name}
          about={accountId}
          onClose={() => setAsking(undefined)}
          onSubmit={reason => decide.mutateAsync({ ...asking, reason })}
        />
      )}
      {decide.isError && <Refused problem={decide.error} />}
      {waiting.map(link => (
        <WaitingLink key={link.id} link={link} name={name} busy={decide.isPending} onAnswer={answer} />
      ))}
    </>
  )
}

/** On the page of a person: someone waits for a word, said where the helping is done. */
export const WaitingNotice = ({ accountId }: { accountId: string }) => {
  const { data } = useQuery(signInHelpQuery(accountId))
  if (!data?.allowed.includes('decide-link')) return null
  return (
    <Notice tone="warning" title="Une connexion attend votre confirmation">
      Quelqu’un s’est présenté par ProConnect pour entrer dans ce compte.{' '}
      <Link href={`/personnes/${accountId}/connexion`}>Confirmer ou refuser</Link>
    </Notice>
  )
}
