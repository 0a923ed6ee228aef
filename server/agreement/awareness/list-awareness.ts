import * as contract from '../../../contract/agreement/awareness.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { mayFollowAwareness, mayRecordAwareness, maySetPolicy } from './awareness.policy.ts'
import { awarenessCuts, listAwareness as select } from './awareness.queries.ts'
import { awarenessReply } from './awareness-reply.ts'

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
      ...(maySetPolicy(viewer) === true ? ['set-policy' as const] : []),
    ],
  }),
})
