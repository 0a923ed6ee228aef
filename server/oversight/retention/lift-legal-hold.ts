import * as contract from '../../../contract/oversight/retention.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { holdReply, scoped } from './hold-reply.ts'
import { lockHold, updateLifted } from './legal-holds.queries.ts'
import { inForce } from './legal-holds-rules.ts'
import { mayLiftHold } from './retention.policy.ts'

/** Once. What came to its term meanwhile is erased by the next purge. */
export const liftLegalHold = action(contract.liftLegalHold, {
  load: async ({ params }, { db }) => found(await lockHold(db, params.holdId)),
  may: (viewer, row) => mayLiftHold(viewer, scoped(row)),
  run: async (row, { body }, { db, viewer, now, today }) => {
    if (!inForce(row, today)) throw new Refused('legal-hold/ended')
    const liftReason = body.reason.trim()
    await updateLifted(db, row.id, { liftReason, liftedBy: viewer.accountId, liftedAt: now })
    return {
      reply: holdReply(viewer, { ...row, liftedAt: now, liftReason }, today),
      audit: [{ action: 'legal-hold.lifted', subject: ['legal-hold', row.id], detail: {} }],
    }
  },
})
