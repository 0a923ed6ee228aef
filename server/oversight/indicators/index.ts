/**
 * The indicators of use and of work, by month and territory.
 * Owns: tables usage_*, reached_*, frozen_*; acts indicator-rows.exported, figures.exported, figures.frozen.
 * Uses: establishments.
 * Reads: accounts, campaign_coordinations, campaign_members, campaign_memberships, campaigns, establishments,
 * exchanges, organisations, territories, territory_overlaps.
 * Start: `definitions.ts`, then `usage.ts`; docs/indicators.md.
 */

import type { Action } from '../../platform/action.ts'
import { getIndicators } from './get-indicators.ts'
import { getReachedEmployers } from './get-reached-employers.ts'
import { listIndicatorRows } from './list-indicator-rows.ts'

export const indicators: readonly Action[] = [getIndicators, getReachedEmployers, listIndicatorRows]
