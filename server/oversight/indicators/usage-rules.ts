import * as indicators from '../../../contract/oversight/indicators.ts'
import { type Route, type Tool, tools } from '../../../contract/route.ts'
import * as establishments from '../../../contract/territory-and-register/establishments.ts'
import * as recruitments from '../../../contract/territory-and-register/recruitments.ts'
import * as campaigns from '../../../contract/work-with-employers/campaigns.ts'
import * as exchanges from '../../../contract/work-with-employers/exchanges.ts'
import type { Kind } from './definitions.ts'

const acts = new Map<Route, Kind>([
  [establishments.getEstablishment, 'fiches-consultees'],
  [recruitments.getRecruitment, 'fiches-consultees'],
  [recruitments.getCompanyRecruitment, 'fiches-consultees'],
  [establishments.searchEstablishments, 'recherches'],
  [campaigns.getCampaign, 'campagnes-consultees'],
  [exchanges.recordExchange, 'echanges-enregistres'],
])
// Reading the figures is not using what they measure.
const apart: ReadonlySet<Route> = new Set<Route>([indicators.getIndicators, indicators.listIndicatorRows])

export interface Use {
  readonly tool: Tool
  /** Null: only that the tool was used in this session. */
  readonly kind: Kind | null
}

/** What an answered request tells of the tools' use: the tool is the one whose right the route asks for. */
export const useOf = (route: Route): Use | null => {
  const tool = tools.find(t => route.needs.startsWith(`${t}:`))
  if (!tool || route.background || apart.has(route)) return null
  return { tool, kind: acts.get(route) ?? null }
}
