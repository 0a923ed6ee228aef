import * as contract from '../../../contract/people-and-rights/anomalies.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { mayReadAnomalies } from './anomalies.policy.ts'
import { organisationAsked } from './anomaly-page.ts'
import { countSupplied, listSupplied as select } from './supplied.queries.ts'
import { suppliedReply } from './supplied-reply.ts'

export const listSupplied = action(contract.listSupplied, {
  load: async () => undefined,
  may: (viewer, _subject, { query }) => mayReadAnomalies(viewer, organisationAsked(viewer, query)),
  run: async (_subject, { query }, { db, viewer }) => {
    const { after, limit = 50, state, total } = query
    const corrected = state === 'corrected'
    const organisationId = organisationAsked(viewer, query)
    const from = readCursor(after, corrected ? keyShapes.instant : keyShapes.day, keyShapes.id)
    const [rows, count] = await Promise.all([
      select(db, organisationId, corrected, from, limit),
      total ? countSupplied(db, [organisationId], corrected) : undefined,
    ])
    const page = pageOf(rows, limit, row => [corrected ? row.correctedAt!.toISOString() : row.foundOn, row.id])
    return {
      items: page.rows.map(row => suppliedReply(viewer, row)),
      next: page.next,
      ...(count ? { total: count.get(organisationId) ?? 0 } : {}),
    }
  },
})
