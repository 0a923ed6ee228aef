import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listAccessRequests } from '../../../contract/agreement/access-requests.ts'
import { toStructure } from '../../../contract/names-in-french.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatCount, formatDay } from '../../platform/format.ts'
import { useMe } from '../../platform/session.ts'
import { Badge, Button, DataTable, Empty, Link, Loaded, Page, Section } from '../../ui/index.ts'
import { Ask, Decide, Designate, type Request } from './access-request-dialogs.tsx'

/** What an accepted request leads to, for who does it; who does, for others. */
const Next = ({ request: { next, organisation } }: { request: Request }) => {
  const me = useMe()
  if (next === null) return null
  const own = organisation.id === me.organisation.id
  return (
    <p className="fr-mt-1v fr-mb-0">
      {next === 'convention' ? (
        <Link href="/conventions">La convention reste à préparer par la direction régionale</Link>
      ) : own && me.roles.includes('rgc') ? (
        <Link href="/habilitations/personnes/nouvelle">Ouvrir les comptes</Link>
      ) : (
        'Un RGC de la structure ouvre les comptes.'
      )}
    </p>
  )
}

export default function AccessRequestsPage() {
  const query = useQuery({
    queryKey: ['tools', 'access-requests'],
    queryFn: ({ signal }) => call(listAccessRequests, { signal }),
  })
  const [asking, setAsking] = useState(false)
  const [naming, setNaming] = useState(false)
  const [deciding, setDeciding] = useState<Request | null>(null)
  const may = query.data?.allowed.includes('request')
  return (
    <Page
      title="Demandes d’accès à la plateforme"
      lead="L’accès d’une structure est demandé par la personne qu’elle a désignée, et par elle seule (article 3.2 de la convention)."
      {...(may ? { actions: <Button onClick={() => setAsking(true)}>Demander l’accès</Button> } : {})}
    >
      <Loaded query={query}>
        {({ items, designated, candidates, allowed }) => (
          <>
            <Section
              title="Personne désignée par ma structure"
              {...(allowed.includes('designate')
                ? {
                    actions: (
                      <Button size="small" priority="secondary" onClick={() => setNaming(true)}>
                        {designated ? 'Désigner une autre personne' : 'Désigner une personne'}
                      </Button>
                    ),
                  }
                : {})}
            >
              <p className="fr-mb-0">
                {designated
                  ? `${designated.person.name}, depuis le ${formatDay(dayOf(designated.since))}.`
                  : 'Personne n’est encore désigné.'}{' '}
                {allowed.includes('designate') ? '' : 'C’est le signataire de la structure qui la désigne.'}
              </p>
            </Section>
            <Section title="Demandes">
              {items.length === 0 ? (
                <Empty title="Aucune demande">
                  {may
                    ? 'Faites la première quand votre structure est prête.'
                    : 'Les demandes de votre structure et leurs réponses paraîtront ici.'}
                </Empty>
              ) : (
                <DataTable
                  caption={`Demandes d’accès (${items.length})`}
                  hideCaption
                  rows={items}
                  keyOf={({ id }) => id}
                  columns={[
                    { head: 'Structure', cell: ({ organisation }) => organisation.name },
                    {
                      head: 'Demandé',
                      cell: ({ by, requestedAt }) => `le ${formatDay(dayOf(requestedAt))} par ${by.name}`,
                    },
                    { head: 'Pour', cell: ({ people }) => formatCount(people, 'personne') },
                    { head: 'Message', cell: ({ message }) => message || '–', secondary: true },
                    {
                      head: 'Réponse',
                      cell: request =>
                        request.decision ? (
                          <>
                            <Badge tone={request.decision === 'accepted' ? 'success' : 'error'}>
                              {request.decision === 'accepted' ? 'acceptée' : 'refusée'}
                            </Badge>{' '}
                            {request.reason}
                            <Next request={request} />
                          </>
                        ) : (
                          <Badge tone="info">en attente</Badge>
                        ),
                    },
                  ]}
                  acts={request =>
                    request.allowed.includes('decide') && (
                      <Button size="small" priority="tertiary" onClick={() => setDeciding(request)}>
                        Répondre<span className="fr-sr-only"> {toStructure(request.organisation.name)}</span>
                      </Button>
                    )
                  }
                />
              )}
            </Section>
            {naming && <Designate candidates={candidates} onClose={() => setNaming(false)} />}
          </>
        )}
      </Loaded>
      {asking && <Ask onClose={() => setAsking(false)} />}
      {deciding && <Decide request={deciding} onClose={() => setDeciding(null)} />}
    </Page>
  )
}
