import * as contract from '../../../contract/work-with-employers/needs/satisfaction.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { needById } from '../needs/needs.queries.ts'
import { satisfactionReply } from './satisfaction-reply.ts'

export const readNeedSatisfaction = action(contract.readNeedSatisfaction, {
  load: async ({ params }, { db }) => found(await needById(db, params.needId)),
  may: () => true, // row-level security chose the need; the reply says nothing of the answer to who may not read it
  run: (need, _input, context) => satisfactionReply(need, context),
})
