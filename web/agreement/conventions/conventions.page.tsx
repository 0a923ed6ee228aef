import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { exportConventions, listConventions } from '../../../contract/agreement/conventions.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatDay } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { useAddress, useGo } from '../../platform/navigation.ts'
import { saveCsv } from '../../platform/save-file.ts'
import { useMe } from '../../platform/session.ts'
import { announce, Badge, Button, ButtonRow, DataTable, Empty, Link, Loaded, Page, Refused } from '../../ui/index.ts'
import { ConventionsFilters } from './conventions-filters.tsx'
import { type awaitWords, Lacks, type lackWords } from './lacks.tsx'
import { type Line, lastDay, stateWords } from './words.ts'
import './conventions.css'

/**
 * The operator sees every convention it may read, and what is missing. A partner with one convention goes straight to
 * it.
 */
export default function ConventionsPage() {
  const me = useMe()
  const go = useGo()
  const [address] = useAddress()
  const filter = {
    ...(address['region'] ? { region: Number(address['region']) } : {}),
    ...(address['etat'] ? { state: address['etat'] as Line['state'] } : {}),
    ...(address['manque'] ? { lacks: address['manque'] as keyof typeof lackWords } : {}),
    ...(address['attend'] ? { awaits: address['attend'] as keyof typeof awaitWords } : {}),
  }
  const operator = me.organisation.kind === 'operateur'
  const { query, more } = useList(['conventions', 'list', filter], (after, signal) =>
    call(listConventions, { query: { ...filter, ...(after ? { after } : {}) }, signal }),
  )
  const only = !operator && query.data?.items.length === 1 ? query.data.items[0] : undefined
  useEffect(() => {
    if (only) go(`/conventions/${only.id}`, { replace: true })
  }, [only, go])
  const file = useMutation({
    mutationFn: async () => {
      const { name, csv, rows } = await call(exportConventions, { body: filter })
      saveCsv(name, csv)
      announce(`${formatCount(rows, 'convention exportée', 'conventions exportées')}.`)
    },
  })
  const counts = query.data?.counts
  return (
    <Page
      title={operator ? 'Conventions' : 'Nos conventions'}
      lead={
        counts &&
        (operator
          ? `${formatCount(counts.all, 'convention')} : ${counts.contacts} avec des interlocuteurs manquants, ${counts.rgc} sans RGC, ${counts.territories} sans territoire, ${counts.duties} avec des obligations en retard.`
          : formatCount(counts.all, 'convention'))
      }
      actions={
        operator && (
          <ButtonRow>
            {query.data && query.data.draftIn.length > 0 && (
              <Link className="fr-btn" href="/conventions/nouvelle">
                Préparer une convention
              </Link>
            )}
            <Link className="fr-btn fr-btn--tertiary" href="/conventions/modele">
              Modèle de convention
            </Link>
          </ButtonRow>
        )
      }
    >
      {operator && <ConventionsFilters {...query.data} />}
      <Loaded
        query={query}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title={Object.keys(filter).length ? 'Aucune convention ne correspond' : 'Aucune convention'}>
              {operator
                ? 'Les conventions de votre région paraissent ici dès leur préparation.'
                : 'La convention que votre structure signe avec l’opérateur paraîtra ici. La direction régionale de l’opérateur la prépare.'}
            </Empty>
          )
        }
      >
        {({ items }) => (
          <>
            <DataTable<Line>
              caption={formatCount(items.length, 'convention affichée', 'conventions affichées')}
              rows={items}
              keyOf={row => row.id}
              href={row => `/conventions/${row.id}`}
              columns={[
                { head: 'Partenaire', cell: row => row.organisation.name },
                { head: 'Numéro', cell: row => row.number, secondary: true },
                { head: 'Région', cell: row => row.region.name, secondary: true },
                {
                  head: 'État',
                  cell: row => <Badge tone={stateWords[row.state].tone}>{stateWords[row.state].word}</Badge>,
                },
                {
                  head: 'Échéance',
                  cell: row =>
                    row.endsAt
                      ? `fin le ${formatDay(lastDay(row.endsAt))}`
                      : row.termEndsOn && ['in-force', 'notice-given', 'breach-notified'].includes(row.state)
                        ? `période jusqu’au ${formatDay(row.termEndsOn)}`
                        : '–',
                },
                ...(operator ? [{ head: 'Ce qui manque', cell: (row: Line) => <Lacks line={row} /> }] : []),
              ]}
              {...(more ? { more } : {})}
            />
            {operator && (
              <ButtonRow>
                <Button
                  priority="secondary"
                  icon="fr-icon-download-line"
                  busy={file.isPending}
                  onClick={() => file.mutate()}
                >
                  Exporter en CSV
                </Button>
              </ButtonRow>
            )}
            {file.isError && <Refused problem={file.error} retry={() => file.mutate()} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}
