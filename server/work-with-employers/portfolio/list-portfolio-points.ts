import * as contract from '../../../contract/work-with-employers/portfolio.ts'
import { action } from '../../platform/action.ts'
import { parisMoment } from '../exchanges/next-actions.ts'
import { portfolioPoints } from './portfolio.queries.ts'

export const listPortfolioPoints = action(contract.listPortfolioPoints, {
  load: async ({ query }, { db, now, today }) => portfolioPoints(db, parisMoment(now, today), query),
  may: () => true, // one's own
  run: async points => points,
})
