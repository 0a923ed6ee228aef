import * as contract from '../../../contract/work-with-employers/calendar.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { mayMakeFeed } from './calendar.policy.ts'
import { ownFeed, putFeed } from './calendar.queries.ts'
import { feedReply } from './feed-reply.ts'

/** The address is told once: what is lost is replaced. */
export const makeCalendarFeed = action(contract.makeCalendarFeed, {
  load: async (_input, { db }) => ({ before: await ownFeed(db) }),
  may: viewer => mayMakeFeed(viewer),
  run: async ({ before }, _input, { db, viewer, now, newId, request, settings }) => {
    const { address, ...name } = settings.calendars.made(newId())
    if (!(await putFeed(db, name, request.tokenHash, now))) throw new Refused('session/required')
    return {
      reply: { address, feed: feedReply({ madeAt: now, readOn: null }) },
      audit: [
        {
          action: before ? 'calendar.replaced' : 'calendar.opened',
          subject: ['account', viewer.accountId],
          detail: { feed: name.id },
        },
      ],
    }
  },
})
