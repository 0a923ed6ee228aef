import * as contract from '../../contract/notifications.ts'
import { action } from '../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../platform/cursor.ts'
import { listOwn } from './notifications.queries.ts'

export const listNotifications = action(contract.listNotifications, {
  load: async ({ query: { after, limit = 30, unread = false } }, { db }) =>
    listOwn(db, { after: readCursor(after, keyShapes.id)?.[0], limit, unread }),
  may: () => true, // row-level security chose one's own
  run: async (read, { query: { limit = 30 } }) => {
    const { rows, next } = pageOf(read, limit, ({ id }) => [id])
    return {
      items: rows.map(({ open, at, readAt, path, text, ...row }) => ({
        ...row,
        text: open ? text : null,
        path: open ? path : null,
        closed: !open,
        at: at.toISOString(),
        readAt: readAt?.toISOString() ?? null,
      })),
      next,
    }
  },
})
