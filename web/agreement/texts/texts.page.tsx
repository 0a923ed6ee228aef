import { useQuery } from '@tanstack/react-query'
import { listAcceptances, listDocuments } from '../../../contract/agreement/texts.ts'
import { call } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { toolWords } from '../../platform/words.ts'
import { Badge, Button, DataTable, Empty, Loaded, Page, Section } from '../../ui/index.ts'
import { Precedence } from './precedence.tsx'
import { datesOf, kindWords, nameOf, stateWords } from './words.ts'

export default function TextsPage() {
  const documents = useQuery({
    queryKey: ['texts', 'documents'],
    queryFn: ({ signal }) => call(listDocuments, { signal }),
  })
  const accepted = useQuery({
    queryKey: ['texts', 'acceptances'],
    queryFn: ({ signal }) => call(listAcceptances, { signal }),
  })
  return (
    <Page
      title="Conditions et règles"
      lead="Toutes les versions, avec leurs dates."
      {...(documents.data?.allowed.includes('publish')
        ? { actions: <Button href="/textes/publier">Publier une version</Button> }
        : {})}
    >
      <Section title="Quel texte l’emporte">
        <Precedence />
      </Section>
      <Section title="Toutes les versions">
        <Loaded
          query={documents}
          empty={({ items }) =>
            items.length === 0 && (
              <Empty title="Aucun texte n’est publié">
                Les conditions d’utilisation et les règles de confidentialité paraîtront ici, publiées par l’opérateur.
              </Empty>
            )
          }
        >
          {({ items }) => (
            <DataTable
              caption={`Versions des conditions et des règles (${items.length})`}
              hideCaption
              rows={items}
              keyOf={({ id }) => id}
              href={({ id }) => `/textes/${id}`}
              columns={[
                {
                  head: 'Texte',
                  cell: item =>
                    `${item.tool ? `${kindWords[item.kind]} : ${toolWords[item.tool]}` : kindWords[item.kind]}, version ${item.version}`,
                },
                { head: 'Titre', cell: ({ title }) => title, secondary: true },
                { head: 'Dates', cell: item => datesOf(item) },
                {
                  head: 'État',
                  cell: ({ state }) => (
                    <Badge tone={state === 'in-force' ? 'success' : state === 'to-come' ? 'info' : 'neutral'}>
                      {stateWords[state]}
                    </Badge>
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      </Section>
      <Section title="Ce que j’ai accepté">
        <Loaded
          query={accepted}
          lines={3}
          empty={({ items }) =>
            items.length === 0 && (
              <Empty title="Rien pour l’instant">Vos accords paraîtront ici, chacun avec sa version et l’heure.</Empty>
            )
          }
        >
          {({ items }) => (
            <DataTable
              caption={`Mes accords (${items.length})`}
              hideCaption
              keys={false}
              rows={items}
              keyOf={({ documentId }) => documentId}
              columns={[
                { head: 'Texte', cell: item => `${nameOf(item)}, version ${item.version}` },
                { head: 'Accepté', cell: ({ acceptedAt }) => formatInstant(acceptedAt) },
              ]}
            />
          )}
        </Loaded>
      </Section>
    </Page>
  )
}
