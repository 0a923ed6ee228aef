import * as contract from '../../../contract/oversight/indicators.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { definitionOf, versionFor } from './definitions.ts'
import { frozenFigure, readFrozen } from './frozen.queries.ts'
import { countRows, listRows } from './indicators.queries.ts'
import { checkPeriod, monthAsked } from './period-rules.ts'
import { rowInWords } from './row-in-words.ts'

export const listIndicatorRows = action(contract.listIndicatorRows, {
  load: async ({ params: { code }, query: { part, after, limit = 50, total, ...filter } }, { db }) => {
    checkPeriod(filter)
    const month = monthAsked(filter)
    const { version } = versionFor(definitionOf(code).versions, filter.to) // the one that counted the figure
    const [rows, totals, kept] = await Promise.all([
      listRows(db, code, version, filter, part, readCursor(after, keyShapes.text, keyShapes.text), limit),
      total ? countRows(db, code, version, filter, part) : undefined,
      total && month ? readFrozen(db, month) : null,
    ])
    return { rows, totals, frozen: kept?.own ?? null }
  },
  may: () => true, // row-level security chose the rows
  run: async ({ rows, totals, frozen }, { params: { code }, query }) => {
    const page = pageOf(rows, query.limit ?? 50, row => [row.label, row.id])
    const kept = frozen && {
      at: frozen.at.toISOString(),
      digest: frozen.digest,
      value: frozenFigure(frozen, code)?.figure.get(query.part ?? null) ?? 0,
    }
    return {
      items: page.rows.map(row => rowInWords(code, row)),
      next: page.next,
      ...totals,
      ...(kept && { frozen: kept }),
    }
  },
})
