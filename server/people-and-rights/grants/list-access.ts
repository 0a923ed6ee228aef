import * as contract from '../../../contract/people-and-rights/grants.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { Refused } from '../../platform/errors.ts'
import { countAccess, instantRead, listAccess as select } from './access.queries.ts'
import { accessReply } from './access-reply.ts'
import { mayReadAccess } from './grants.policy.ts'

/** Names and functions are those of today; grants, accounts and what was missing are those of the day. */
export const listAccess = action(contract.listAccess, {
  load: async ({ query: { after, limit = 50, total, sort = 'name', on, ...filter } }, { db, today }) => {
    if (on !== undefined && on > today) throw new Refused('access-on/in-future')
    const asked = { ...filter, q: filter.q?.trim(), on: on ?? today, today }
    const from = readCursor(after, keyShapes.text, keyShapes.id)
    const [rows, count, at] = await Promise.all([
      select(db, asked, sort, from, limit),
      total ? countAccess(db, asked) : undefined,
      instantRead(db, asked),
    ])
    return { page: pageOf(rows, limit, row => [row.sortKey, row.grantId]), total: count, at }
  },
  may: viewer => mayReadAccess(viewer),
  run: async ({ page, total, at }) => ({
    items: page.rows.map(accessReply),
    next: page.next,
    ...(total === undefined ? {} : { total }),
    at: at.toISOString(),
  }),
})
