/**
 * What is mine across campaigns.
 * Owns: nothing.
 * Uses: campaigns, exchanges.
 * Start: `list-portfolio.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { listPortfolio } from './list-portfolio.ts'
import { listPortfolioPoints } from './list-portfolio-points.ts'

export const portfolio: readonly Action[] = [listPortfolio, listPortfolioPoints]
export { listPortfolio, listPortfolioPoints }
