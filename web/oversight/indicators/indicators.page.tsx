import { ExportList } from '../../exports/export-list.tsx'
import { formatInstant, formatNumber, formatShare } from '../../platform/format.ts'
import { announce, Bar, Button, Card, DataTable, Link, Loaded, Page } from '../../ui/index.ts'
import { DefinitionOf } from './definition.tsx'
import { type Indicator, IndicatorFilters, useFilters, useIndicators } from './filters.tsx'
import { Frozen, Since } from './frozen.tsx'
import { Moved } from './moved.tsx'
import { spanWords } from './period.ts'
import '../../territory-and-register/territories/territories.css'
import '../../work-with-employers/campaigns/campaigns.css'
import './indicators.css'

export default function IndicatorsPage() {
  const filters = useFilters()
  const query = useIndicators(filters.query)
  const { organisation, territory, campaign } = filters.query
  const narrowed = Boolean(organisation || territory || campaign)
  const refresh = async () =>
    announce(
      (await query.refetch()).isError
        ? 'Les indicateurs n’ont pas pu être actualisés.'
        : 'Les indicateurs sont à jour.',
    )
  return (
    <Page
      title="Indicateurs"
      lead={`Les quatre indicateurs de l’annexe 4 de la convention, ${spanWords(filters.period.from, filters.period.to)}.`}
    >
      <IndicatorFilters filters={filters} />
      <Loaded query={query} lines={10}>
        {figures => (
          <>
            <div className="cc-refresh">
              <span className="fr-text--sm fr-mb-0">À jour le {formatInstant(figures.asOf)}</span>
              <Button
                size="small"
                priority="tertiary"
                icon="fr-icon-refresh-line"
                busy={query.isFetching}
                onClick={() => void refresh()}
              >
                {query.isFetching ? 'Actualisation…' : 'Actualiser'}
              </Button>
              <ExportList list="figures" label="Exporter les chiffres" filter={filters.query} />
            </div>
            {figures.frozen ? (
              <Frozen frozen={figures.frozen} items={figures.items} />
            ) : (
              <Moved figures={figures} narrowed={narrowed} />
            )}
            <div className="cc-indicators" aria-busy={query.isPlaceholderData}>
              {figures.items.map(indicator => (
                <OneIndicator key={indicator.code} indicator={indicator} carried={filters.carried} />
              ))}
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}

type Part = Indicator['parts'][number]
const OneIndicator = ({
  indicator: { code, title, value, since, parts, definition },
  carried,
}: {
  indicator: Indicator
  carried: ReturnType<typeof useFilters>['carried']
}) => {
  // Sessions stand beside the acts and are not in their total: a share of it would mean nothing.
  const adds = code !== 'usage'
  const most = Math.max(value, ...parts.map(part => part.value))
  return (
    <Card>
      <h2 className="fr-h6 fr-mb-1w">{title}</h2>
      <div className="cc-indicator__figure">
        <span className="cc-figure__value">{formatNumber(value)}</span>
        <Since value={value} since={since} />
        <DefinitionOf definition={definition} title={title} />
      </div>
      {parts.length > 0 && (
        <DataTable
          caption={`${title}, en détail`}
          hideCaption
          keys={false}
          rows={parts}
          keyOf={part => part.code}
          href={part => (part.value ? `/indicateurs/${code}${carried({ part: part.code })}` : undefined)}
          columns={[
            { head: 'Dont', cell: part => part.label },
            { head: 'Nombre', cell: part => formatNumber(part.value), numeric: true },
            ...(parts.some(part => part.since !== 0)
              ? [{ head: 'Aujourd’hui', cell: (part: Part) => formatNumber(part.value + part.since), numeric: true }]
              : []),
            {
              head: adds ? 'Part' : 'Comparé',
              cell: part => (
                <span className="cc-bar-cell">
                  <Bar value={part.value} max={most} />
                  <span>{adds && formatShare(part.value, value)}</span>
                </span>
              ),
            },
          ]}
        />
      )}
      <p className="fr-mb-0">
        <Link href={`/indicateurs/${code}${carried()}`}>
          {value ? 'Voir les lignes qui font ce chiffre' : 'Voir comment il se compte'}
          <span className="fr-sr-only"> : {title}</span>
        </Link>
      </p>
    </Card>
  )
}
