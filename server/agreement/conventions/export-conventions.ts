import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { lacks, lineReply } from './convention-line-rules.ts'
import { listLines } from './conventions.queries.ts'
import { conventionsCsv } from './conventions-csv-rules.ts'

export const exportConventions = action(contract.exportConventions, {
  load: async ({ body }, { db, now }) =>
    (await listLines(db, body.region, now))
      .map(line => lineReply(line, now))
      .filter(
        line =>
          (body.state === undefined || line.state === body.state) &&
          (body.lacks === undefined || lacks(line, body.lacks)),
      ),
  may: viewer => viewer.organisationKind === 'operateur' || 'convention/operator-only',
  run: async (lines, { body }, { today, viewer }) => ({
    reply: { name: `conventions-${today}.csv`, csv: conventionsCsv(lines), rows: lines.length },
    audit: [
      {
        action: 'conventions.exported',
        subject: ['organisation', viewer.organisationId],
        detail: { ...body, rows: lines.length },
      },
    ],
  }),
})
