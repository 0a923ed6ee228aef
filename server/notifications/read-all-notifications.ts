import * as contract from '../../contract/notifications.ts'
import { action } from '../platform/action.ts'
import { markAll } from './notifications.queries.ts'

/** Up to the latest that was on the screen: what came meanwhile stays unread. */
export const readAllNotifications = action(contract.readAllNotifications, {
  load: async () => undefined,
  may: () => true, // row-level security chose one's own
  run: async (_subject, { body: { upTo } }, { db, now }) => ({ marked: await markAll(db, upTo, now) }),
})
