import * as contract from '../../../contract/people-and-rights/confirmations.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { holdsRole } from '../../platform/viewer.ts'
import { maySettle } from './confirmations.policy.ts'
import { countWaiting, listWaiting } from './confirmations.queries.ts'

export const listConfirmations = action(contract.listConfirmations, {
  load: async ({ query: { after, limit = 50, total } }, { db }) => {
    const [rows, count] = await Promise.all([
      listWaiting(db, readCursor(after, keyShapes.instant, keyShapes.id), limit),
      total ? countWaiting(db) : undefined,
    ])
    return { page: pageOf(rows, limit, row => [row.askedAt.toISOString(), row.id]), total: count }
  },
  may: viewer => holdsRole(viewer, 'rgc', 'signataire') || 'access/role-required',
  run: async ({ page, total }, _input, { viewer }) => ({
    items: page.rows.map(({ organisationId, accountId, askedById, settled: _s, askedAt, ...row }) => ({
      ...row,
      askedAt: askedAt.toISOString(),
      allowed: maySettle(viewer, { organisationId, accountId, askedById }) === true ? ['settle' as const] : [],
    })),
    next: page.next,
    ...(total === undefined ? {} : { total }),
  }),
})
