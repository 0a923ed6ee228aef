import * as contract from '../../../contract/people-and-rights/addresses.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { changeReply } from './address-reply.ts'
import { countChanges, waitingChanges } from './addresses.queries.ts'

export const listAddressChanges = action(contract.listAddressChanges, {
  load: async ({ query: { after, limit = 50, total } }, { db }) => {
    const [rows, count] = await Promise.all([
      waitingChanges(db, readCursor(after, keyShapes.instant, keyShapes.id), limit),
      total ? countChanges(db) : undefined,
    ])
    return { page: pageOf(rows, limit, row => [row.askedAt.toISOString(), row.id]), total: count }
  },
  may: () => true, // row-level security keeps to one's own, and to those of one's structure for who decides there
  run: async ({ page, total }, _input, { viewer }) => ({
    items: page.rows.map(row => changeReply(viewer, row)),
    next: page.next,
    ...(total === undefined ? {} : { total }),
  }),
})
