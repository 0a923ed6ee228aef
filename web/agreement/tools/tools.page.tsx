import { useQuery } from '@tanstack/react-query'
import { dayOf, formatDay } from '../../platform/format.ts'
import { Button, Loaded, Page } from '../../ui/index.ts'
import { AnnexVersions } from './annex-versions.tsx'
import { toolsQuery } from './queries.ts'
import { ToolCard } from './tool-card.tsx'

export default function ToolsPage() {
  const query = useQuery(toolsQuery)
  const annex = query.data?.annex
  return (
    <Page
      title="Outils communs"
      lead={
        annex
          ? `Annexe 4 de la convention, version ${annex.number}, depuis le ${formatDay(dayOf(annex.inForceFrom))}.`
          : 'Les outils que la convention ouvre aux structures (annexe 4).'
      }
      {...(query.data?.allowed.includes('publish')
        ? {
            actions: (
              <Button priority="secondary" href="/outils/annexe-4/publier">
                Publier l’annexe 4
              </Button>
            ),
          }
        : {})}
    >
      <Loaded query={query} lines={9}>
        {({ items, allowed }) => (
          <>
            {items.map(tool => (
              <ToolCard key={tool.tool} tool={tool} maySayState={allowed.includes('record-state')} />
            ))}
          </>
        )}
      </Loaded>
      <AnnexVersions />
    </Page>
  )
}
