import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { boundOf, kept, lineReply } from './convention-line-rules.ts'
import { actsFor } from './conventions.policy.ts'
import { listLines } from './conventions.queries.ts'
import { conventionsCsv } from './conventions-csv-rules.ts'

export const exportConventions = action(contract.exportConventions, {
  load: async ({ body }, { db, now }) => listLines(db, body.region, now),
  may: viewer => viewer.organisationKind === 'operateur' || 'convention/operator-only',
  run: async (all, { body }, { now, today, viewer }) => {
    const lines = all
      .map(line => lineReply(line, now, { whole: true, acts: actsFor(viewer, boundOf(line)) !== null }))
      .filter(kept(body, 'operateur'))
    return {
      reply: { name: `conventions-${today}.csv`, csv: conventionsCsv(lines), rows: lines.length },
      audit: [
        {
          action: 'conventions.exported',
          subject: ['organisation', viewer.organisationId],
          detail: { ...body, rows: lines.length },
        },
      ],
    }
  },
})
