import * as contract from '../../../contract/work-with-employers/calendar.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { deleteFeed, ownFeed } from './calendar.queries.ts'

export const endCalendarFeed = action(contract.endCalendarFeed, {
  load: async (_input, { db }) => found(await ownFeed(db)),
  may: () => true, // row-level security chose one's own
  run: async ({ id }, _input, { db, viewer }) => {
    if ((await deleteFeed(db)) === 0) throw new Refused('not-found') // ended meanwhile, on another screen
    return {
      reply: { feed: null },
      audit: [{ action: 'calendar.ended', subject: ['account', viewer.accountId], detail: { feed: id } }],
    }
  },
})
