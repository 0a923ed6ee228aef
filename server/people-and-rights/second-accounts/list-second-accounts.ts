import * as contract from '../../../contract/people-and-rights/second-accounts.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { listShares } from './second-accounts.queries.ts'
import { shareReply } from './share-reply.ts'

export const listSecondAccounts = action(contract.listSecondAccounts, {
  load: async ({ query: { after, limit = 50 } }, { db }) =>
    pageOf(await listShares(db, readCursor(after, keyShapes.instant, keyShapes.id), limit), limit, row => [
      row.askedAt.toISOString(),
      row.id,
    ]),
  may: () => true, // the database keeps to the viewer's sides, and hides the other one
  run: async (page, _input, { viewer, now }) => ({
    items: page.rows.map(row => shareReply(viewer, row, now)),
    next: page.next,
  }),
})
