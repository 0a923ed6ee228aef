import { useQuery } from '@tanstack/react-query'
import { Empty, Loaded, Page, Section } from '../../ui/index.ts'
import { proposalsQuery } from './queries.ts'
import { ReceivedCard } from './received-card.tsx'
import { SentCard } from './sent-card.tsx'

/** What other structures propose to one’s own, and what one proposed to them. */
export default function ProposedActionsPage() {
  const query = useQuery(proposalsQuery)
  return (
    <Page
      title="Actions proposées"
      lead="Une action reste à la structure qui la propose tant qu’une autre ne l’a pas acceptée."
    >
      <Loaded
        query={query}
        lines={6}
        empty={({ received, sent }) =>
          received.length + sent.length === 0 && (
            <Empty title="Aucune action proposée">
              Depuis une de vos prochaines actions, « Reporter… » permet de la proposer à une autre structure habilitée
              avec cet employeur.
            </Empty>
          )
        }
      >
        {({ received, sent }) => (
          <>
            {received.length > 0 && (
              <Section title="À accepter">
                {received.map(proposal => (
                  <ReceivedCard key={proposal.id} proposal={proposal} />
                ))}
              </Section>
            )}
            {sent.length > 0 && (
              <Section title="Proposées à d’autres structures">
                {sent.map(proposal => (
                  <SentCard key={proposal.id} proposal={proposal} />
                ))}
              </Section>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}
