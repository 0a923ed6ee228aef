import * as contract from '../../../contract/work-with-employers/needs.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { movedNeed } from './moving.ts'
import { mayActOnNeed } from './needs.policy.ts'
import { needById } from './needs.queries.ts'

export const closeNeed = action(contract.closeNeed, {
  load: async ({ params, body: { outcome } }, { db }) => ({ need: found(await needById(db, params.needId)), outcome }),
  may: (viewer, { need, outcome }) => mayActOnNeed(viewer, need, outcome),
  run: ({ need, outcome }, { body: { reason } }, context) => {
    const said = reason?.trim() || null
    if (outcome === 'answer') return movedNeed(need, outcome, {}, context)
    if (!said) throw new Refused('need/reason-missing')
    return movedNeed(need, outcome, { reason: said }, context)
  },
})
