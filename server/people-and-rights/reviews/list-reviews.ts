import * as contract from '../../../contract/people-and-rights/reviews.ts'
import { action } from '../../platform/action.ts'
import { mayReadReview } from './reviews.policy.ts'
import { listReviews as select } from './reviews.queries.ts'

export const listReviews = action(contract.listReviews, {
  load: async () => undefined,
  may: (viewer, _subject, { query }) =>
    mayReadReview(viewer, query.organisationId ?? viewer.organisationId) || 'access/role-required',
  run: async (_subject, { query }, { db, viewer }) => ({
    items: (await select(db, query.organisationId ?? viewer.organisationId)).map(r => ({
      ...r,
      startedAt: r.startedAt.toISOString(),
      closedAt: r.closedAt?.toISOString() ?? null,
    })),
  }),
})
