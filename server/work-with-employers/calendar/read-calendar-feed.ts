import * as contract from '../../../contract/work-with-employers/calendar.ts'
import { action } from '../../platform/action.ts'
import { ownFeed } from './calendar.queries.ts'
import { feedReply } from './feed-reply.ts'

export const readCalendarFeed = action(contract.readCalendarFeed, {
  load: (_input, { db }) => ownFeed(db),
  may: () => true, // row-level security chose one's own
  run: async feed => ({ feed: feed ? feedReply(feed) : null }),
})
