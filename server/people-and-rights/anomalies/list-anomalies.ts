import * as contract from '../../../contract/people-and-rights/anomalies.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayReadAnomalies } from './anomalies.policy.ts'
import { organisationNamed } from './anomalies.queries.ts'
import { anomalyPage, organisationAsked } from './anomaly-page.ts'

export const listAnomalies = action(contract.listAnomalies, {
  load: async () => undefined,
  may: (viewer, _subject, { query }) => mayReadAnomalies(viewer, organisationAsked(viewer, query)),
  run: async (_subject, { query }, context) => {
    const organisation = found(await organisationNamed(context.db, organisationAsked(context.viewer, query)))
    const { items, next, total } = await anomalyPage(context, query)
    return { organisation, items: [...items], next, ...(total === undefined ? {} : { total }) }
  },
})
