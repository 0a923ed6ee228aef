import * as contract from '../../../contract/people-and-rights/anomalies.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { organisationsByName } from './anomalies.queries.ts'
import { judge } from './judge.ts'
import { countSupplied } from './supplied.queries.ts'

/** Judges the structures of the page at this instant: each count is that of the page behind it. */
export const countAnomalies = action(contract.countAnomalies, {
  load: async ({ query: { after, limit = 50, q } }, { db }) =>
    pageOf(
      await organisationsByName(db, q?.trim(), readCursor(after, keyShapes.text, keyShapes.id), limit),
      limit,
      row => [row.sortKey, row.id],
    ),
  may: () => true, // a security officer, of the structures that the query keeps
  run: async ({ rows, next }, _input, context) => {
    const ids = rows.map(row => row.id)
    const [{ standing, opened }, supplied] = await Promise.all([judge(context, ids), countSupplied(context.db, ids)])
    const open = Map.groupBy([...standing, ...opened], row => row.organisationId)
    return {
      items: rows.map(({ sortKey: _, ...organisation }) => {
        const own = open.get(organisation.id) ?? []
        return {
          organisation,
          open: own.length,
          oldest: own.map(row => row.openedAt.toISOString()).toSorted()[0] ?? null,
          supplied: supplied.get(organisation.id) ?? 0,
        }
      }),
      next,
    }
  },
})
