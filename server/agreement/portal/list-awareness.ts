import * as contract from '../../../contract/agreement/portal.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { awarenessCuts, listAwareness as select } from './people.queries.ts'
import { mayFollowAwareness, mayPublish, mayRecordAwareness } from './portal.policy.ts'
import { awarenessReply } from './portal-reply.ts'

export const listAwareness = action(contract.listAwareness, {
  load: async ({ query: { after, limit = 50, late = false } }, { db }) => {
    const from = readCursor(after, keyShapes.day, keyShapes.id)
    const [rows, cuts] = await Promise.all([select(db, { late, after: from, limit }), awarenessCuts(db)])
    return { page: pageOf(rows, limit, row => [row.dueOn, row.id]), cuts }
  },
  may: mayFollowAwareness,
  run: async ({ page, cuts }, _input, { viewer }) => ({
    items: page.rows.map(awarenessReply),
    next: page.next,
    cuts,
    allowed: [
      ...(mayRecordAwareness(viewer) === true ? ['record' as const] : []),
      ...(mayPublish(viewer) === true ? ['set-policy' as const] : []),
    ],
  }),
})
