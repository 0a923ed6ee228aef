import * as contract from '../../../contract/people-and-rights/anomalies.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayCorrectSupplied } from './anomalies.policy.ts'
import { findSupplied, saveCorrection } from './supplied.queries.ts'
import { suppliedReply } from './supplied-reply.ts'

/** Said once: what was corrected stays so. */
export const correctSupplied = action(contract.correctSupplied, {
  load: async ({ params }, { db }) => found(await findSupplied(db, params.anomalyId)),
  may: (viewer, row) => mayCorrectSupplied(viewer, row.organisationId),
  run: async (row, { body }, { db, viewer, now }) => {
    const correction = body.correction.trim()
    if ((await saveCorrection(db, row.id, correction, viewer.accountId, now)) === 0)
      throw new Refused('anomaly/already-corrected')
    return {
      reply: suppliedReply(viewer, found(await findSupplied(db, row.id))),
      audit: [
        {
          action: 'anomaly.corrected',
          subject: ['organisation', row.organisationId],
          detail: { anomaly: row.id, correction },
        },
      ],
    }
  },
})
