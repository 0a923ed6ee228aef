import * as contract from '../../../contract/people-and-rights/first-day.ts'
import { action } from '../../platform/action.ts'
import { saveDismissed } from './first-day.queries.ts'

/** A second press changes nothing. */
export const dismissFirstDay = action(contract.dismissFirstDay, {
  load: async () => null,
  may: () => true, // one's own
  run: async (_none, _input, { db, viewer, now }) => {
    await saveDismissed(db, viewer.accountId, now)
    return {
      reply: { offered: false },
      audit: [{ action: 'first-day.dismissed', subject: ['account', viewer.accountId], detail: {} }],
    }
  },
})
