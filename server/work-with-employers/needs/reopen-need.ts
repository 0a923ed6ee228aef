import * as contract from '../../../contract/work-with-employers/needs.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { movedNeed } from './moving.ts'
import { mayActOnNeed } from './needs.policy.ts'
import { needById } from './needs.queries.ts'

export const reopenNeed = action(contract.reopenNeed, {
  load: async ({ params }, { db }) => found(await needById(db, params.needId)),
  may: (viewer, need) => mayActOnNeed(viewer, need, 'reopen'),
  run: (need, { body: { reason } }, context) => movedNeed(need, 'reopen', { reason: reason.trim() }, context),
})
