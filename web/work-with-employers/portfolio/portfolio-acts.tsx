import { plannedParts } from '../../../contract/work-with-employers/portfolio.ts'
import { ExportList } from '../../exports/export-list.tsx'
import { Button } from '../../ui/index.ts'
import { SavedViews } from '../saved-views/saved-views.tsx'
import { ToTakeOver } from '../taking-over/to-take-over.tsx'
import type { PortfolioOrder } from './portfolio-sort.tsx'

type Filter = { readonly campaign?: string; readonly part?: string }
/** The same part of the portfolio, to move its actions or hand them over. */
const withActions = (page: 'deplacer' | 'confier', { campaign, part }: Filter) => {
  const kept = new URLSearchParams({ ...(campaign ? { campagne: campaign } : {}), ...(part ? { partie: part } : {}) })
  return `/portefeuille/${page}${kept.size ? `?${kept}` : ''}`
}

/** The same part where its lines have an action; all of one’s actions where they have none. */
const ofActions = ({ part, ...filter }: Filter) => {
  const planned = plannedParts.find(one => one === part)
  return { ...filter, ...(planned ? { part: planned } : {}) }
}

/** Work to take over, if any; the views and the exports of one’s targets and actions, as they are filtered and put in order. */
export const PortfolioActs = ({ filter, sort }: { filter: Filter; sort: PortfolioOrder['sort'] }) => (
  <>
    <ToTakeOver />
    <Button size="small" priority="secondary" icon="fr-icon-road-map-line" href="/tournee">
      Ma tournée
    </Button>
    <Button size="small" priority="secondary" href={withActions('deplacer', filter)}>
      Déplacer des actions
    </Button>
    <Button size="small" priority="secondary" href={withActions('confier', filter)}>
      Confier des actions
    </Button>
    <Button size="small" priority="secondary" href="/fichiers-employeurs">
      Importer un fichier
    </Button>
    <SavedViews list="portfolio" />
    <ExportList list="portfolio" filter={{ ...filter, sort }} label="Exporter les cibles" />
    <ExportList list="nextActions" filter={{ ...ofActions(filter), sort }} label="Exporter mes actions" />
  </>
)
