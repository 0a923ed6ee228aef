import * as contract from '../../../contract/work-with-employers/finding.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { campaignsShared, findColleague } from './beside-register.queries.ts'

export const getColleague = action(contract.getColleague, {
  load: async ({ params }, { db }) => {
    const [colleague, campaigns] = await Promise.all([
      findColleague(db, params.accountId),
      campaignsShared(db, params.accountId),
    ])
    return { ...found(colleague), campaigns }
  },
  may: () => true, // row-level security chose the rows
  run: async colleague => colleague,
})
