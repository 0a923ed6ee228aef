import { useQuery } from '@tanstack/react-query'
import { Button, Columns, Empty, Loaded, Page, Section } from '../../ui/index.ts'
import { Grant, namesOf } from './my-grant.tsx'
import { rightsQuery } from './queries.ts'
import { Who } from './who-helps.tsx'

export default function MyRightsPage() {
  const query = useQuery({ ...rightsQuery, refetchOnMount: 'always' })
  return (
    <Page
      title="Mes droits"
      lead="Les outils que vos habilitations vous ouvrent, et ce qui manque pour ouvrir les autres."
      actions={
        <Button priority="secondary" href="/demander-un-acces">
          Demander un accès
        </Button>
      }
    >
      <Loaded query={query} lines={8}>
        {rights => (
          <Columns shape="aside">
            <Section title="Mes habilitations">
              {rights.items.length === 0 && (
                <Empty title="Aucune habilitation en cours">
                  {rights.accountManagers.length > 0
                    ? `Demandez-la à ${namesOf(rights.accountManagers)}.`
                    : 'Le responsable de gestion de comptes (RGC) de votre structure les donne, outil par outil.'}
                </Empty>
              )}
              {rights.items.map(item => (
                <Grant
                  key={`${item.tool} ${item.profile} ${item.territory.id} ${item.since}`}
                  item={item}
                  rights={rights}
                />
              ))}
            </Section>
            <Who rights={rights} />
          </Columns>
        )}
      </Loaded>
    </Page>
  )
}
