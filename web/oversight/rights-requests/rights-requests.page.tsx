import { useState } from 'react'
import { toStructure } from '../../../contract/names-in-french.ts'
import { listRightsRequests } from '../../../contract/oversight/rights-requests.ts'
import { call } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { useMe } from '../../platform/session.ts'
import { Badge, Button, DataTable, Empty, Loaded, Page, Section } from '../../ui/index.ts'
import { EnterDialog } from './enter-dialog.tsx'
import { delayWords, kindWords, type RightsRequest, stateWords } from './words.ts'

const Requests = ({ state, title, empty }: { state: RightsRequest['state']; title: string; empty: string }) => {
  const { query, more } = useList(
    ['rights-requests', 'list', state],
    (after, signal) => call(listRightsRequests, { query: { state, total: true, ...(after ? { after } : {}) }, signal }),
    { fresh: true },
  )
  const own = useMe().organisation.id
  return (
    <Section title={title}>
      <Loaded query={query} empty={({ items }) => items.length === 0 && <Empty title={empty} />}>
        {({ items, total }) => (
          <DataTable
            caption={`${title} (${total})`}
            hideCaption
            rows={items}
            keyOf={({ id }) => id}
            href={({ id }) => `/demandes-de-droits/${id}`}
            keys={state === 'open'}
            {...(more ? { more } : {})}
            columns={[
              {
                head: 'Demande',
                cell: ({ kind, person }) => (
                  <>
                    {kindWords[kind]}, {person}
                  </>
                ),
              },
              { head: 'Reçue le', cell: ({ receivedOn }) => formatDay(receivedOn) },
              { head: 'Délai', cell: request => delayWords(request) },
              {
                head: 'Où elle en est',
                cell: request => {
                  const { word, tone } = stateWords(request)
                  return (
                    <>
                      <Badge tone={tone}>{word}</Badge>
                      {request.holder.id !== own && (
                        <span className="fr-hint-text">Transmise {toStructure(request.holder.name)}</span>
                      )}
                    </>
                  )
                },
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  )
}

/** The register of requests of rights that one's structure received, or that the other party handed to it (PRI-2). */
export default function RightsRequestsPage() {
  const [entering, setEntering] = useState(false)
  return (
    <Page
      title="Demandes de droits"
      lead="Toute personne peut demander ce qui est gardé d’elle, le faire corriger, effacer ou limiter, le reprendre, ou s’y opposer. La réponse est due dans le mois, prolongé de deux mois si vous le lui dites pendant le premier (article 12.3 du RGPD)."
      actions={<Button onClick={() => setEntering(true)}>Enregistrer une demande</Button>}
    >
      <Requests state="open" title="À traiter" empty="Aucune demande n’attend" />
      <Requests state="closed" title="Closes" empty="Aucune demande n’est close" />
      {entering && <EnterDialog onClose={() => setEntering(false)} />}
    </Page>
  )
}
