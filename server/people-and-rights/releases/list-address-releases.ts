import * as contract from '../../../contract/people-and-rights/releases.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { releaseReply } from './release-reply.ts'
import { countReleases, countWaiting, listReleases } from './releases.queries.ts'

export const listAddressReleases = action(contract.listAddressReleases, {
  load: async ({ query: { after, limit = 50, total, settled = false } }, { db }) => {
    const [rows, count] = await Promise.all([
      listReleases(db, settled, readCursor(after, keyShapes.instant, keyShapes.id), limit),
      total ? countReleases(db, settled) : undefined,
    ])
    return { page: pageOf(rows, limit, row => [row.askedAt.toISOString(), row.id]), total: count }
  },
  may: () => true, // the database keeps to the viewer's sides, and hides the other one
  run: async ({ page, total }, _input, { viewer, now }) => ({
    items: page.rows.map(row => releaseReply(viewer, row, now)),
    next: page.next,
    ...(total === undefined ? {} : { total }),
  }),
})
export const countAddressReleases = action(contract.countAddressReleases, {
  load: async (_input, { db }) => countWaiting(db),
  may: () => true, // nothing waits for whoever answers for nothing
  run: async waiting => ({ waiting }),
})
