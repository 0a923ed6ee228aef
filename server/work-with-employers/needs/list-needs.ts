import * as contract from '../../../contract/work-with-employers/needs.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { needLines } from './need-reply.ts'
import { countNeeds } from './needs.queries.ts'
import { listNeeds as select } from './needs-order.queries.ts'
import { countReceivedNeeds } from './proposals.queries.ts'

export const listNeeds = action(contract.listNeeds, {
  load: async ({ query: { after: cursor, limit = 50, total, sort = 'noted', ...filter } }, { db, today }) => {
    const after = readCursor(cursor, keyShapes.text, keyShapes.day, keyShapes.id)
    const [rows, count, received] = await Promise.all([
      select(db, filter, sort, after, limit, today),
      total ? countNeeds(db, filter, today) : undefined,
      countReceivedNeeds(db),
    ])
    return { page: pageOf(rows, limit, ({ rank, notedOn, id }) => [rank, notedOn, id]), count, received }
  },
  may: () => true, // row-level security chose the rows
  run: async ({ page, count, received }, _input, { db, today }) => ({
    items: await needLines(db, page.rows, today),
    next: page.next,
    ...(count === undefined ? {} : { total: count }),
    received,
  }),
})
