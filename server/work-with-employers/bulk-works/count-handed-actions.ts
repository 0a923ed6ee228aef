import * as contract from '../../../contract/work-with-employers/bulk-works.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { parisMoment } from '../exchanges/next-actions.ts'
import { mayCountActions } from './bulk-works.policy.ts'
import { countLeft, insertWork } from './bulk-works.queries.ts'
import { handRecipient, insertHanded } from './handed-actions.queries.ts'

/** Writes what each action is now: confirming hands over those that are still so, where the colleague records. */
export const countHandedActions = action(contract.countHandedActions, {
  load: async ({ body: { toAccountId } }, { db, today }) => handRecipient(db, toAccountId, today),
  may: viewer => mayCountActions(viewer),
  run: async (recipient, { body: { which, toAccountId } }, { db, viewer, now, newId, today }) => {
    if (!recipient) throw new Refused('account/unknown')
    const id = newId()
    const work = { id, campaignId: null, byId: viewer.accountId, act: 'hand-actions', handedTo: toAccountId } as const
    await insertWork(db, { ...work, countedAt: now })
    const chosen = await insertHanded(db, { id, toId: toAccountId, which, now: parisMoment(now, today) })
    const left = await countLeft(db, id)
    const planned = left.reduce((n, { count }) => n - count, chosen)
    return {
      // Handed over, an action keeps its day.
      reply: { id, chosen, planned, beyondBudget: 0, left },
      audit: [
        {
          action: 'bulk-work.counted',
          subject: ['account', viewer.accountId],
          detail: { work: id, act: 'hand-actions', to: toAccountId, chosen, planned },
        },
      ],
    }
  },
})
