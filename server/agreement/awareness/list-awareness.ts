import * as contract from '../../../contract/agreement/awareness.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { mayFollowAwareness, mayRecordAwareness, maySetPolicy } from './awareness.policy.ts'
import { awarenessCuts, countAwareness, listAwareness as select } from './awareness.queries.ts'
import { awarenessReply } from './awareness-reply.ts'

export const listAwareness = action(contract.listAwareness, {
  load: async ({ query: { after, limit = 50, late = false, never = false, total } }, { db }) => {
    const from = readCursor(after, keyShapes.day, keyShapes.id)
    const [rows, cuts, count] = await Promise.all([
      select(db, { late, never, after: from, limit }),
      awarenessCuts(db),
      total ? countAwareness(db, { late, never }) : undefined,
    ])
    return { page: pageOf(rows, limit, row => [row.dueOn, row.id]), cuts, total: count }
  },
  may: mayFollowAwareness,
  run: async ({ page, cuts, total }, _input, { viewer }) => ({
    items: page.rows.map(awarenessReply),
    next: page.next,
    cuts,
    total,
    allowed: [
      ...(mayRecordAwareness(viewer) === true ? ['record' as const] : []),
      ...(maySetPolicy(viewer) === true ? ['set-policy' as const] : []),
    ],
  }),
})
