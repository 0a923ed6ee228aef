import * as contract from '../../../contract/agreement/partner-roles.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { mayEndPartnerRole, mayReadPartnerRoles } from './partner-roles.policy.ts'
import { countRoles, listRoles } from './partner-roles.queries.ts'

export const listPartnerRoles = action(contract.listPartnerRoles, {
  load: async () => undefined,
  may: viewer => mayReadPartnerRoles(viewer),
  run: async (_subject, { query: { over = false, after, limit = 50, total } }, { db, viewer }) => {
    const [rows, count] = await Promise.all([
      listRoles(db, viewer.organisationId, over, readCursor(after, keyShapes.instant, keyShapes.id), limit),
      total ? countRoles(db, viewer.organisationId, over) : undefined,
    ])
    const page = pageOf(rows, limit, row => [row.startsAt.toISOString(), row.id])
    return {
      items: page.rows.map(row => ({
        ...row,
        startsAt: row.startsAt.toISOString(),
        endsAt: row.endsAt?.toISOString() ?? null,
        allowed: row.state !== 'over' && mayEndPartnerRole(viewer, row) === true ? ['end' as const] : [],
      })),
      next: page.next,
      ...(count === undefined ? {} : { total: count }),
    }
  },
})
