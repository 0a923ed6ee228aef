import { indicatorCodes, listIndicatorRows } from '../../../contract/oversight/indicators.ts'
import { ExportList } from '../../exports/export-list.tsx'
import { call } from '../../platform/api.ts'
import { dayOf, formatCount, formatDay, formatNumber } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { DataTable, Empty, Loaded, NotFound, Page } from '../../ui/index.ts'
import { DefinitionOf } from './definition.tsx'
import { type Code, IndicatorFilters, useFilters, useIndicators } from './filters.tsx'
import { Parts, useParts } from './parts.tsx'
import { spanWords } from './period.ts'
import { ChooseRowColumns, useRowColumns } from './rows-columns.tsx'
import '../../territory-and-register/territories/territories.css'
import '../../work-with-employers/campaigns/campaigns.css'
import './indicators.css'

const isSum = (code: Code) => code === 'campagnes' || code === 'etablissements'
/** What the figure counts that no line shows, and who would read it. */
const unnamedWords = (code: Code, count: number) =>
  isSum(code)
    ? `${formatNumber(count)} de plus, dans des campagnes dont votre structure n’est pas membre ou ne l’est plus, ou hors des fiches que vous lisez, ne sont que dans la somme.`
    : `${formatCount(count, 'personne n’y est que comptée', 'personnes n’y sont que comptées')} : leur nom se lit par elles-mêmes et par les responsables de leur structure.`

export default function IndicatorRowsPage() {
  const { code } = usePathParams<{ code: string }>()
  const found = indicatorCodes.find(one => one === code)
  return found ? <Rows code={found} /> : <NotFound />
}

const Rows = ({ code }: { code: Code }) => {
  const filters = useFilters()
  const {
    address: { part },
    setAddress,
    query: asked,
    period,
  } = filters
  const figures = useIndicators(asked)
  const columnsOf = useRowColumns()
  const indicator = figures.data?.items.find(one => one.code === code)
  const groups = useParts(indicator, asked)
  const chosen = groups.flatMap(({ parts }) => parts).find(one => one.code === part)
  const { query, more } = useList(['indicators', 'rows', code, asked, part], (after, signal) =>
    call(listIndicatorRows, {
      params: { code },
      query: { ...asked, ...(part ? { part } : {}), ...(after ? { after } : { total: true }) },
      signal,
    }),
  )
  return (
    <Page
      title={indicator?.title ?? 'Indicateur'}
      breadcrumb={[{ label: 'Indicateurs', href: `/indicateurs${filters.carried()}` }]}
      lead={
        indicator
          ? `${formatNumber(chosen?.value ?? indicator.value)}${chosen ? ` (${chosen.label})` : ''}, ${spanWords(period.from, period.to)}.`
          : spanWords(period.from, period.to)
      }
    >
      {indicator && (
        <p className="cc-indicator__definition">
          <DefinitionOf definition={indicator.definition} title={indicator.title} />
        </p>
      )}
      <IndicatorFilters filters={filters} />
      {indicator && (
        <Parts groups={groups} whole={indicator.value} chosen={part} onChoose={value => setAddress({ part: value })} />
      )}
      <Loaded
        query={query}
        lines={8}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucune ligne à vous montrer">
              {indicator?.value
                ? 'Les lignes de ce chiffre sont hors de vos droits : vous voyez le total, pas le détail.'
                : 'Rien ne s’est passé sur cette période avec ces filtres. Choisissez une période plus longue.'}
            </Empty>
          )
        }
      >
        {({ items, total, value, unnamed = 0, frozen }) => (
          <>
            <div className="cc-filters">
              <ChooseRowColumns />
              <ExportList list="indicatorRows" params={{ code }} filter={{ ...asked, ...(part ? { part } : {}) }} />
            </div>
            <DataTable
              caption={total === undefined ? 'Lignes' : formatCount(total, 'ligne')}
              rows={items}
              keyOf={({ id }) => id}
              href={({ link }) => (link?.startsWith('/') ? link : undefined)}
              columns={[{ head: 'Nom', cell: ({ label }) => label }, ...columnsOf(items)]}
              {...(more ? { more } : {})}
            />
            {value !== undefined && (
              <p className="fr-text--sm fr-mb-0">
                {frozen ? 'Le chiffre d’aujourd’hui ' : 'Le chiffre '}
                {value === total
                  ? 'est le nombre de ces lignes.'
                  : `${isSum(code) ? 'compte plus que' : 'est la somme de'} ces lignes : ${formatNumber(value)}.`}
                {unnamed > 0 && ` ${unnamedWords(code, unnamed)}`}
                {frozen && ` Le chiffre arrêté le ${formatDay(dayOf(frozen.at))} est ${formatNumber(frozen.value)}.`}
              </p>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}
