/**
 * The day’s work of one person: the home page and the portfolio read it here.
 * Owns: acts portfolio.exported, next-actions.exported.
 * Uses: campaigns, correspondents, establishments, exchanges.
 * Reads: campaign_contacts, campaign_targets, campaigns, correspondent_values, establishments, exchange_contents,
 * exchanges, next_actions.
 * Start: `list-portfolio.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { listPortfolio } from './list-portfolio.ts'
import { listPortfolioGroups } from './list-portfolio-groups.ts'
import { listPortfolioPoints } from './list-portfolio-points.ts'

export const portfolio: readonly Action[] = [listPortfolio, listPortfolioGroups, listPortfolioPoints]
export { listPortfolio, listPortfolioPoints }
