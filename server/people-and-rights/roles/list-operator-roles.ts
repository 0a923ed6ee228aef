import * as contract from '../../../contract/people-and-rights/roles.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { holdsRole } from '../../platform/viewer.ts'
import { mayEnd, mayReadRoles } from './roles.policy.ts'
import { countRoles, listRoles } from './roles.queries.ts'

export const listOperatorRoles = action(contract.listOperatorRoles, {
  load: async ({ query: { over = false, after, limit = 50, total } }, { db }) => {
    const [rows, count] = await Promise.all([
      listRoles(db, over, readCursor(after, keyShapes.instant, keyShapes.id), limit),
      total ? countRoles(db, over) : undefined,
    ])
    return { page: pageOf(rows, limit, row => [row.startsAt.toISOString(), row.id]), total: count }
  },
  may: mayReadRoles,
  run: async ({ page, total }, _input, { viewer }) => ({
    items: page.rows.map(row => ({
      ...row,
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt?.toISOString() ?? null,
      allowed: row.state !== 'over' && mayEnd(viewer, row) === true ? ['end' as const] : [],
    })),
    next: page.next,
    ...(total === undefined ? {} : { total }),
    allowed: holdsRole(viewer, 'administrateur') ? ['give' as const] : [],
  }),
})
