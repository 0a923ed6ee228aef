import { useState } from 'react'
import { listGrantRequests } from '../../../contract/people-and-rights/grants.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { Badge, Button, DataTable, Empty, Loaded, Page, TagChoice } from '../../ui/index.ts'
import { grantWords } from '../accounts/words.ts'
import { DecideDialog } from './decide-dialog.tsx'
import { DecisionBadge } from './decision-badge.tsx'
import type { GrantRequest } from './words.ts'

export default function RequestsPage() {
  const [{ etat = 'attente' }, set] = useAddress()
  const state = etat === 'decidees' ? ('decided' as const) : ('waiting' as const)
  const [deciding, setDeciding] = useState<GrantRequest | null>(null)
  const { query, more } = useList(
    ['rights', 'requests', state],
    (after, signal) => call(listGrantRequests, { query: { state, ...(after ? { after } : { total: true }) }, signal }),
    { fresh: true },
  )
  return (
    <Page
      title="Demandes d’habilitation"
      lead="Ce que les personnes de votre structure demandent, et ce qui a été décidé."
      breadcrumb={[{ label: 'Habilitations', href: '/habilitations' }]}
    >
      <TagChoice
        label="Demandes"
        value={state === 'waiting' ? 'attente' : 'decidees'}
        onChange={value => set({ etat: value })}
        options={[
          { value: 'attente', label: 'En attente' },
          { value: 'decidees', label: 'Closes' },
        ]}
      />
      <Loaded
        query={query}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title={state === 'waiting' ? 'Aucune demande n’attend' : 'Aucune demande close'}>
              {state === 'waiting'
                ? 'Une nouvelle demande vous est signalée par courriel.'
                : 'Les demandes acceptées, refusées ou retirées paraîtront ici.'}
            </Empty>
          )
        }
      >
        {({ items }) => (
          <DataTable
            caption="Demandes, la dernière d’abord"
            hideCaption
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                head: 'Pour',
                cell: ({ person, askedBy }) => (
                  <span className="cc-two">
                    {person.name}
                    {askedBy.id !== person.id && <span className="fr-hint-text">demandé par {askedBy.name}</span>}
                  </span>
                ),
              },
              {
                head: 'Demande',
                cell: request => (
                  <span className="cc-two">
                    {grantWords(request)}
                    {request.beyondFunction && <Badge tone="warning">au-delà de la fonction</Badge>}
                    <span className="fr-hint-text">« {request.reason} »</span>
                  </span>
                ),
              },
              { head: 'Le', cell: ({ askedAt }) => formatDay(dayOf(askedAt)) },
              {
                head: 'Décision',
                cell: ({ decision, decisionReason, decidedBy }) => (
                  <span className="cc-two">
                    <DecisionBadge decision={decision} />
                    {decision && decisionReason && (
                      <span className="fr-hint-text">
                        {decisionReason}
                        {decidedBy && `, par ${decidedBy.name}`}
                      </span>
                    )}
                  </span>
                ),
              },
            ]}
            acts={request =>
              request.allowed.includes('decide') && (
                <Button size="small" onClick={() => setDeciding(request)}>
                  Décider<span className="fr-sr-only"> de la demande pour {request.person.name}</span>
                </Button>
              )
            }
            {...(more ? { more } : {})}
          />
        )}
      </Loaded>
      {deciding && <DecideDialog request={deciding} onClose={() => setDeciding(null)} />}
    </Page>
  )
}
