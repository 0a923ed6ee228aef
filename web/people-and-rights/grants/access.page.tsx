import { useState } from 'react'
import { exportAccess, listAccess } from '../../../contract/people-and-rights/grants.ts'
import type { Tool } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatCount, formatDay, formatInstant, today } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { useSearchWords } from '../../platform/search-words.ts'
import { Badge, Button, DataTable, Empty, Loaded, Page } from '../../ui/index.ts'
import { grantWords, lackWords, statusWords } from '../accounts/words.ts'
import { AccessFilters } from './access-filters.tsx'
import { ExportDialog } from './export-dialog.tsx'

export default function AccessPage() {
  const [{ q = '', le = '', outil = '', effet = '', tri = '' }, set] = useAddress()
  const [words, setWords] = useSearchWords(q, set)
  const [exporting, setExporting] = useState(false)
  const past = le !== '' && le !== today()
  const filter = {
    ...(past ? { on: le } : {}),
    ...(q ? { q } : {}),
    ...(outil ? { tool: outil as Tool } : {}),
    ...(effet === 'oui' ? { effect: 'in-effect' as const } : effet === 'non' ? { effect: 'withheld' as const } : {}),
  }
  const sort = tri === 'depuis' ? ('since' as const) : tri === 'outil' ? ('tool' as const) : ('name' as const)
  const { query, more } = useList(
    ['rights', 'access', filter, sort],
    (after, signal) =>
      call(listAccess, { query: { ...filter, sort, ...(after ? { after } : { total: true }) }, signal }),
    { fresh: true },
  )
  return (
    <Page
      title="Qui a accès à quoi"
      lead={past ? `Au soir du ${formatDay(le)}. Les noms et les fonctions sont ceux d’aujourd’hui.` : 'Maintenant.'}
      breadcrumb={[{ label: 'Habilitations', href: '/habilitations' }]}
      actions={
        <Button priority="secondary" onClick={() => setExporting(true)}>
          Exporter en CSV
        </Button>
      }
    >
      <AccessFilters words={words} setWords={setWords} />
      <Loaded
        query={query}
        lines={8}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucune habilitation">Personne n’avait d’accès qui réponde à ces critères.</Empty>
          )
        }
      >
        {({ items, total }) => (
          <DataTable
            caption={total === undefined ? 'Habilitations' : formatCount(total, 'habilitation')}
            rows={items}
            keyOf={({ grantId }) => grantId}
            href={({ person }) => `/habilitations/personnes/${person.id}`}
            columns={[
              { head: 'Personne', cell: ({ person }) => person.name },
              {
                head: 'Habilitation',
                cell: line => (
                  <span className="cc-two">
                    {grantWords(line)}
                    <span className="fr-hint-text">« {line.reason} »</span>
                  </span>
                ),
              },
              {
                head: 'Depuis',
                cell: ({ since, until, grantedBy }) => (
                  <span className="cc-two">
                    {formatDay(since)}
                    {until && ` au ${formatDay(until)}`}
                    {grantedBy && <span className="fr-hint-text">par {grantedBy.name}</span>}
                  </span>
                ),
              },
              ...(past
                ? []
                : [
                    {
                      head: 'Dernier usage',
                      cell: ({ lastUsedOn, lastActAt }: { lastUsedOn: string | null; lastActAt: string | null }) => (
                        <span className="cc-two">
                          {lastUsedOn ? formatDay(lastUsedOn) : 'jamais'}
                          <span className="fr-hint-text">
                            compte : {lastActAt ? `vu le ${formatDay(dayOf(lastActAt))}` : 'jamais vu'}
                          </span>
                        </span>
                      ),
                    },
                  ]),
              {
                head: 'Effet',
                cell: ({ missing, status }) =>
                  missing.length === 0 ? (
                    <Badge tone="success">en vigueur</Badge>
                  ) : (
                    <span className="cc-two">
                      <Badge tone="warning">sans effet</Badge>
                      <span className="fr-hint-text">
                        {missing
                          .map(term =>
                            term === 'account'
                              ? `Compte ${statusWords[status]}.`
                              : lackWords[term].split(' : ')[0]!.replace(/\.?$/, '.'),
                          )
                          .join(' ')}
                      </span>
                    </span>
                  ),
              },
            ]}
            {...(more ? { more } : {})}
          />
        )}
      </Loaded>
      {query.data && (
        <p className="fr-hint-text">
          Lu {past ? 'à l’instant' : 'le'} {formatInstant(query.data.at)}.
        </p>
      )}
      {exporting && (
        <ExportDialog
          title="Exporter cette liste"
          make={(purpose, idempotencyKey) => call(exportAccess, { body: { ...filter, purpose }, idempotencyKey })}
          onClose={() => setExporting(false)}
        />
      )}
    </Page>
  )
}
