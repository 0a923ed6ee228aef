import * as contract from '../../../contract/people-and-rights/reviews.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { reviewReply } from './review-reply.ts'
import { mayReadReview } from './reviews.policy.ts'
import { findReview } from './reviews.queries.ts'

export const getReview = action(contract.getReview, {
  load: async ({ params }, { db }) => found(await findReview(db, params.reviewId)),
  may: (viewer, review) => mayReadReview(viewer, review.organisationId) || 'not-found',
  run: async (review, _input, { viewer }) => reviewReply(viewer, review),
})
