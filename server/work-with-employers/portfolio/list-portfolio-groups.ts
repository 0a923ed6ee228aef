import * as contract from '../../../contract/work-with-employers/portfolio.ts'
import { action } from '../../platform/action.ts'
import { parisMoment } from '../exchanges/next-actions.ts'
import { portfolioGroups } from './portfolio.queries.ts'

const most = 300

export const listPortfolioGroups = action(contract.listPortfolioGroups, {
  load: async ({ query: { group, ...filter } }, { db, now, today }) =>
    portfolioGroups(db, parisMoment(now, today), filter, group, most),
  may: () => true, // one's own
  run: async groups => ({ items: groups.slice(0, most), more: groups.length > most }),
})
