import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { exchangeReply } from './exchange-reply.ts'
import { countExchanges, listExchanges as select } from './exchanges.queries.ts'

export const listExchanges = action(contract.listExchanges, {
  load: async ({ query: { siret, limit = 50, after, total, ...query } }, { db }) => {
    const filter = { ...query, siret: siret === undefined ? undefined : Number(siret) }
    const [rows, count] = await Promise.all([
      select(db, filter, readCursor(after, keyShapes.day, keyShapes.id), limit),
      total ? countExchanges(db, filter) : undefined,
    ])
    return { rows, count }
  },
  may: () => true, // row-level security chose the rows
  run: async ({ rows, count }, { query }, context) => {
    const page = pageOf(rows, query.limit ?? 50, row => [row.occurredOn, row.id])
    return {
      items: page.rows.map(row => exchangeReply(row, context)),
      next: page.next,
      ...(count === undefined ? {} : { total: count }),
    }
  },
})
