import { useMutation } from '@tanstack/react-query'
import { withdrawActionProposal } from '../../../contract/work-with-employers/proposed-actions.ts'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { call } from '../../platform/api.ts'
import { newKey } from '../../platform/new-key.ts'
import { useMe } from '../../platform/session.ts'
import { Badge, Button, ButtonRow, Card, Facts, Refused, toast } from '../../ui/index.ts'
import { EmployerName } from '../campaigns/employer-name.tsx'
import { proposalsChanged } from './queries.ts'
import { becameWords, type Proposal, stateWords, whatWords, whenWords } from './words.ts'

/** One that the viewer, or a colleague whom they lead, proposed: what became of it. */
export const SentCard = ({ proposal }: { proposal: Proposal }) => {
  const me = useMe()
  const withdraw = useMutation({
    mutationFn: () => call(withdrawActionProposal, { params: { proposalId: proposal.id }, idempotencyKey: newKey() }),
    onSuccess: async () => {
      toast(`Proposition retirée : ${whatWords(proposal)}.`)
      await proposalsChanged()
    },
  })
  const { word, tone } = stateWords[proposal.state]
  return (
    <Card title={whatWords(proposal)}>
      <Facts
        items={[
          [
            'État',
            <Badge key="state" tone={tone}>
              {word}
            </Badge>,
          ],
          ['Employeur', <EmployerName key="employer" line={proposal.establishment} />],
          ['Prévue', whenWords(proposal)],
          ['Proposée à', proposal.to.name],
          proposal.by.id !== me.account.id && ['Par', <PersonLink key="by" person={proposal.by} />],
          proposal.words !== null && ['Vos mots', `« ${proposal.words} »`],
        ]}
      />
      <p className="fr-text--sm fr-mb-1w">{becameWords(proposal)}</p>
      {proposal.allowed.includes('withdraw') && (
        <ButtonRow>
          <Button size="small" priority="secondary" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
            Retirer la proposition<span className="fr-sr-only"> : {whatWords(proposal)}</span>
          </Button>
        </ButtonRow>
      )}
      {withdraw.error && <Refused problem={withdraw.error} />}
    </Card>
  )
}
