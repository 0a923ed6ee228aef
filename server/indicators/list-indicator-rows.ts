import * as contract from '../../contract/indicators.ts'
import { action } from '../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../platform/cursor.ts'
import { countRows, listRows } from './indicators.queries.ts'
import { checkPeriod } from './period-rules.ts'
import { rowInWords } from './row-in-words.ts'

export const listIndicatorRows = action(contract.listIndicatorRows, {
  load: async ({ params: { code }, query: { part, after, limit = 50, total, ...filter } }, { db }) => {
    checkPeriod(filter)
    const [rows, count] = await Promise.all([listRows(db, code, filter, part, readCursor(after, keyShapes.text, keyShapes.text), limit), total ? countRows(db, code, filter, part) : undefined])
    return { rows, count }
  },
  may: () => true, // row-level security chose the rows
  run: async ({ rows, count }, { params, query }) => {
    const page = pageOf(rows, query.limit ?? 50, row => [row.label, row.id])
    return { items: page.rows.map(row => rowInWords(params.code, row)), next: page.next, ...(count === undefined ? {} : { total: count }) }
  },
})
