import type { useList } from '../../platform/list.ts'
import { Button, type Column, DataTable, Link } from '../../ui/index.ts'
import { NextActionActs } from '../exchanges/next-action-parts.tsx'
import { directions } from './distance.ts'
import { Call, Employer, keyOf, type Line, nameOf } from './line-parts.tsx'
import { type ColumnId, portfolioColumns, usePortfolioColumns } from './portfolio-columns.tsx'
import type { PortfolioOrder } from './portfolio-sort.tsx'

/** Which order each column gives. */
const sortOf: Record<ColumnId, Parameters<PortfolioOrder['sortingBy']>[0]> = {
  action: 'day',
  etat: 'status',
  lieu: 'town',
  campagne: 'campaign',
  contact: 'contact',
  mots: 'words',
  prise: 'taken',
  activite: 'activity',
  effectif: 'headcount',
  nature: 'nature',
  entreprise: 'size',
  siret: 'siret',
}

export const PortfolioTable = ({
  items,
  total,
  more,
  order: { sortingBy },
  releasing,
  onRecord,
  onRelease,
  onDone,
  keys = true,
}: {
  items: readonly Line[]
  total: number | undefined
  more: ReturnType<typeof useList>['more']
  order: PortfolioOrder
  releasing: boolean
  onRecord: (line: Line) => void
  onRelease: (line: Line) => void
  /** The line of an action went away, or moved. */
  onDone: () => void
  /** j and k walk through its lines. */
  keys?: boolean
}) => {
  const { chosen } = usePortfolioColumns()
  return (
    <div className="cc-early-cards">
      <DataTable
        caption={`Mon portefeuille${total === undefined ? '' : ` (${total})`}`}
        hideCaption
        keys={keys}
        rows={items}
        keyOf={keyOf}
        href={({ establishment: { siret } }) => `/etablissements/${siret}`}
        columns={[
          {
            head: 'Établissement',
            cell: line => <Employer line={line} />,
            sort: sortingBy('name'),
          },
          ...chosen.map(one => {
            const column: Column<Line> = portfolioColumns[one]
            return { ...column, sort: sortingBy(sortOf[one]) }
          }),
        ]}
        acts={line => (
          <span className="cc-row-acts">
            <Call line={line} />
            {line.position && (
              <Link className="fr-link" href={directions(line.position)} target="_blank">
                Itinéraire
                <span className="fr-sr-only"> vers {nameOf(line)}, sur OpenStreetMap, nouvelle fenêtre</span>
              </Link>
            )}
            {line.allowed.includes('record') && (
              <Button size="small" priority="secondary" onClick={() => onRecord(line)}>
                Échange<span className="fr-sr-only"> avec {nameOf(line)}</span>
              </Button>
            )}
            {line.nextAction && <NextActionActs action={line.nextAction} onDone={onDone} />}
            {line.allowed.includes('release') && (
              <Button size="small" priority="tertiary no outline" busy={releasing} onClick={() => onRelease(line)}>
                Rendre<span className="fr-sr-only"> : {nameOf(line)}</span>
              </Button>
            )}
          </span>
        )}
        {...(more ? { more } : {})}
      />
    </div>
  )
}
