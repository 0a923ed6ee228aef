import * as contract from '../../../contract/agreement/tools.ts'
import { action } from '../../platform/action.ts'
import { grantsByTool } from './annex.queries.ts'
import { mayPublishAnnex } from './tools.policy.ts'

/** What a withdrawal would take away today, asked before one publishes it. */
export const weighAnnex4 = action(contract.weighAnnex4, {
  load: (_input, { db, today }) => grantsByTool(db, today),
  may: mayPublishAnnex,
  run: async items => ({ items, next: null }),
})
