import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { nextActionReply } from './exchange-reply.ts'
import { countNextActions, listNextActions as select } from './next-actions.queries.ts'
import { parisMoment } from './next-actions.ts'

export const listNextActions = action(contract.listNextActions, {
  load: async ({ query: { until, handed = false, after, limit = 50 } }, { db, now, today }) => {
    const [rows, counts] = await Promise.all([
      select(db, until, handed, readCursor(after, keyShapes.day, keyShapes.id), limit),
      countNextActions(db, parisMoment(now, today), until, handed),
    ])
    return { rows, counts }
  },
  may: () => true, // one's own
  run: async ({ rows, counts: { total, ...counts } }, { query }, context) => {
    const page = pageOf(rows, query.limit ?? 50, row => [row.dueOn, row.id])
    return {
      items: page.rows.map(row => nextActionReply(row, context)),
      next: page.next,
      counts,
      ...(query.total ? { total } : {}),
    }
  },
})
