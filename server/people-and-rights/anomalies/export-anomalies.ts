import * as contract from '../../../contract/people-and-rights/anomalies.ts'
import { action } from '../../platform/action.ts'
import { mayReadAnomalies } from './anomalies.policy.ts'
import { anomaliesCsv } from './anomaly-csv-rules.ts'
import { anomalyPage, organisationAsked } from './anomaly-page.ts'

const mostLines = 100_000
/** The whole of the list, named for its purpose and in the trail (PRI-5). */
export const exportAnomalies = action(contract.exportAnomalies, {
  load: async () => undefined,
  may: (viewer, _subject, { body }) => mayReadAnomalies(viewer, organisationAsked(viewer, body)),
  run: async (_subject, { body }, context) => {
    const { purpose: _, ...filter } = body
    const { items } = await anomalyPage(context, { ...filter, limit: mostLines })
    return {
      reply: { fileName: `anomalies-${context.today}.csv`, text: anomaliesCsv(items), lines: items.length },
      audit: [
        {
          action: 'anomalies.exported',
          subject: ['organisation', organisationAsked(context.viewer, body)],
          detail: { ...body, lines: items.length },
        },
      ],
    }
  },
})
