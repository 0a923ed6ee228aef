import * as contract from '../../../contract/people-and-rights/grants.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { requestReply } from './request-reply.ts'
import { countRequests, listRequests } from './requests.queries.ts'

/** Without a role, only one's own are there: the others' are decided by nobody who asks. */
export const listGrantRequests = action(contract.listGrantRequests, {
  load: async ({ query: { after, limit = 50, total, ...filter } }, { db }) => {
    const from = readCursor(after, keyShapes.instant, keyShapes.id)
    const [rows, count] = await Promise.all([
      listRequests(db, filter, from, limit),
      total ? countRequests(db, filter) : undefined,
    ])
    return { page: pageOf(rows, limit, row => [row.askedAt.toISOString(), row.id]), total: count }
  },
  may: () => true,
  run: async ({ page, total }, _input, { viewer }) => ({
    items: page.rows.map(row => requestReply(viewer, row)),
    next: page.next,
    ...(total === undefined ? {} : { total }),
  }),
})
