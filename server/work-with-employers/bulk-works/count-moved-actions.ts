import * as contract from '../../../contract/work-with-employers/bulk-works.ts'
import { action } from '../../platform/action.ts'
import { parisMoment } from '../exchanges/next-actions.ts'
import { countBeyondBudget } from '../solicitations/solicitations.queries.ts'
import { checkMove, movedDay } from './bulk-work-rules.ts'
import { mayCountActions } from './bulk-works.policy.ts'
import { countLeft, insertWork } from './bulk-works.queries.ts'
import { daysOf, insertMoved } from './moved-actions.queries.ts'

/** Writes what each action is now, and the day it would have: confirming moves those that are still so. */
export const countMovedActions = action(contract.countMovedActions, {
  load: async () => null,
  may: viewer => mayCountActions(viewer),
  run: async (_loaded, { body: { which, move } }, { db, viewer, now, newId, today }) => {
    checkMove(move, today)
    const id = newId()
    await insertWork(db, {
      id,
      campaignId: null,
      byId: viewer.accountId,
      act: 'move-actions',
      movedTo: 'to' in move ? move.to : null,
      movedBy: 'by' in move ? move.by : null,
      countedAt: now,
    })
    const moment = parisMoment(now, today)
    const days = new Map((await daysOf(db, which, moment)).map(day => [day, movedDay(day, move, today)]))
    const chosen = await insertMoved(db, id, which, moment, days)
    const beyondBudget = await countBeyondBudget(db, id, today)
    const left = await countLeft(db, id)
    const planned = left.reduce((n, { count }) => n - count, chosen)
    return {
      reply: { id, chosen, planned, beyondBudget, left },
      audit: [
        {
          action: 'bulk-work.counted',
          subject: ['account', viewer.accountId],
          detail: { work: id, act: 'move-actions', ...move, chosen, planned, beyondBudget },
        },
      ],
    }
  },
})
