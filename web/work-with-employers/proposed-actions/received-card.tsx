import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { acceptActionProposal, declineActionProposal } from '../../../contract/work-with-employers/proposed-actions.ts'
import { PersonOf } from '../../people-and-rights/directory/person-link.tsx'
import { call } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { townWords } from '../../platform/names.ts'
import { newKey } from '../../platform/new-key.ts'
import { Button, ButtonRow, Card, Dialog, Facts, Form, Link, Refused, TextArea, toast } from '../../ui/index.ts'
import { EmployerName } from '../campaigns/employer-name.tsx'
import { proposalsChanged } from './queries.ts'
import { type Proposal, whatWords, whenWords } from './words.ts'

/** One to accept or to decline, with all that the other structure says of it. */
export const ReceivedCard = ({ proposal }: { proposal: Proposal }) => {
  const [declining, setDeclining] = useState(false)
  const accept = useMutation({
    mutationFn: () => call(acceptActionProposal, { params: { proposalId: proposal.id }, idempotencyKey: newKey() }),
    onSuccess: async () => {
      toast(`Acceptée : ${whatWords(proposal)}. Elle est dans vos prochaines actions.`)
      await proposalsChanged()
    },
  })
  const which = <span className="fr-sr-only"> : {whatWords(proposal)}</span>
  return (
    <Card title={whatWords(proposal)}>
      <Facts
        items={[
          ['Employeur', <EmployerName key="employer" line={proposal.establishment} />],
          ['Prévue', whenWords(proposal)],
          proposal.establishment.town !== null && ['Lieu', townWords(proposal.establishment.town)],
          ['Proposée par', <PersonOf key="by" person={proposal.by} structure={proposal.from.name} />],
          proposal.words !== null && ['Pour vous', `« ${proposal.words} »`],
          ['Répondre jusqu’au', formatDay(proposal.lapsesOn)],
        ]}
      />
      <ButtonRow>
        {proposal.allowed.includes('accept') && (
          <Button size="small" busy={accept.isPending} onClick={() => accept.mutate()}>
            Accepter{which}
          </Button>
        )}
        {proposal.allowed.includes('decline') && (
          <Button size="small" priority="secondary" onClick={() => setDeclining(true)}>
            Décliner…{which}
          </Button>
        )}
        <Link href={`/etablissements/${proposal.establishment.siret}`}>
          Voir la fiche<span className="fr-sr-only"> : {whatWords(proposal)}</span>
        </Link>
      </ButtonRow>
      {accept.error && <Refused problem={accept.error} />}
      {declining && <DeclineDialog proposal={proposal} onClose={() => setDeclining(false)} />}
    </Card>
  )
}

const DeclineDialog = ({ proposal, onClose }: { proposal: Proposal; onClose: () => void }) => (
  <Dialog title="Décliner cette action" onClose={onClose}>
    <p>{whatWords(proposal)}. Elle restera à la structure qui la propose, qui lira votre réponse.</p>
    <Form
      draft={{ name: 'proposal-refusal', about: proposal.id }}
      submit="Décliner"
      onCancel={onClose}
      onSubmit={async ({ reason = '' }, { idempotencyKey }) => {
        const body = { reason: reason.trim() }
        await call(declineActionProposal, { params: { proposalId: proposal.id }, body, idempotencyKey })
        onClose()
        toast(`Déclinée : ${whatWords(proposal)}.`)
        await proposalsChanged()
      }}
    >
      <TextArea
        name="reason"
        label="Pourquoi"
        hint="La personne qui l’a proposée le lira"
        required
        maxLength={300}
        rows={2}
      />
    </Form>
  </Dialog>
)
