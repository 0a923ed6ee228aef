import { useMutation } from '@tanstack/react-query'
import { theStructure } from '../../../contract/names-in-french.ts'
import { withdrawNeedProposal } from '../../../contract/work-with-employers/needs.ts'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { call } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { newKey } from '../../platform/new-key.ts'
import { Badge, Button, Refused, Section, toast } from '../../ui/index.ts'
import { type NeedProposal, needsChanged } from './queries.ts'
import { proposalWords } from './words.ts'

/** To whom it was proposed, and what each answered. */
export const NeedProposals = ({ proposals }: { proposals: readonly NeedProposal[] }) =>
  proposals.length === 0 ? null : (
    <Section title="Propositions">
      <ul className="cc-needs">
        {proposals.map(proposal => (
          <Proposal key={proposal.id} proposal={proposal} />
        ))}
      </ul>
    </Section>
  )

const Proposal = ({ proposal }: { proposal: NeedProposal }) => {
  const { to, from, words, state, reason, answeredBy, answeredAt, overtakenBy, proposedAt, allowed } = proposal
  const withdraw = useMutation({
    mutationFn: () => call(withdrawNeedProposal, { params: { proposalId: proposal.id }, idempotencyKey: newKey() }),
    onSuccess: async () => {
      toast(`Proposition retirée : ${to.name}.`)
      await needsChanged()
    },
  })
  const { word, tone } = proposalWords[state]
  return (
    <li className="cc-need">
      <h3>
        {to.name} <Badge tone={tone}>{word}</Badge>
      </h3>
      <p>
        Proposé par {theStructure(from.name)}, le {formatInstant(proposedAt)}.
      </p>
      {words && <p>« {words} »</p>}
      {overtakenBy && <p>Pris par {theStructure(overtakenBy.name)}.</p>}
      {reason && (
        <p>
          {answeredBy ? <PersonLink person={answeredBy} /> : to.name}
          {answeredAt && `, le ${formatInstant(answeredAt)}`} : « {reason} »
        </p>
      )}
      {allowed.includes('withdraw') && (
        <Button size="small" priority="secondary" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
          Retirer la proposition<span className="fr-sr-only"> : {to.name}</span>
        </Button>
      )}
      {withdraw.error && <Refused problem={withdraw.error} />}
    </li>
  )
}
