import * as contract from '../../contract/notifications.ts'
import { action } from '../platform/action.ts'
import { mark } from './notifications.queries.ts'

/** Those of another are not found, and nothing says that they are there. */
export const markNotifications = action(contract.markNotifications, {
  load: async () => undefined,
  may: () => true, // row-level security chose one's own
  run: async (_subject, { body: { ids, read } }, { db, now }) => ({ marked: await mark(db, ids, read ? now : null) }),
})
