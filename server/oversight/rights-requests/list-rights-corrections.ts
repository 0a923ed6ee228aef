import * as contract from '../../../contract/oversight/rights-requests.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { withAfter } from './correction-rules.ts'
import { correctionsOf } from './corrections.queries.ts'
import { mayRead } from './rights-requests.policy.ts'
import { findRequest } from './rights-requests.queries.ts'

export const listRightsCorrections = action(contract.listRightsCorrections, {
  load: async ({ params }, { db }) => ({
    request: found(await findRequest(db, params.requestId)),
    corrections: await correctionsOf(db, params.requestId),
  }),
  may: (viewer, { request }) => mayRead(viewer, request),
  run: async ({ request, corrections }) => ({
    items: withAfter(corrections, request).map(({ row, before, after }) => ({
      version: row.version,
      before,
      after,
      reason: row.reason,
      recordedBy: row.recordedBy,
      recordedAt: row.recordedAt.toISOString(),
    })),
    next: null,
  }),
})
