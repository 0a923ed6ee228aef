import * as contract from '../../../contract/work-with-employers/needs.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { needReply } from './need-reply.ts'
import { needById } from './needs.queries.ts'

export const getNeed = action(contract.getNeed, {
  load: async ({ params }, { db }) => found(await needById(db, params.needId)),
  may: () => true, // row-level security chose the row
  run: (need, _input, context) => needReply(need, context),
})
