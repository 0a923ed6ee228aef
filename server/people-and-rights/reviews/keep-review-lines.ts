import * as contract from '../../../contract/people-and-rights/reviews.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { reviewReply } from './review-reply.ts'
import { findReview, keepWithoutAnomaly, lockReview } from './reviews.queries.ts'

/** In bulk, but never what has an anomaly, nor one's own lines. */
export const keepReviewLines = action(contract.keepReviewLines, {
  load: async ({ params }, { db }) => found(await lockReview(db, params.reviewId)),
  may: (viewer, review) => review.organisationId === viewer.organisationId || 'not-found',
  run: async (review, _input, { db, viewer, now }) => {
    if (review.closedAt) throw new Refused('review/closed')
    const kept = await keepWithoutAnomaly(db, review.id, viewer.accountId, now)
    return {
      reply: { kept, review: reviewReply(viewer, found(await findReview(db, review.id))) },
      audit: [{ action: 'review.kept-without-anomaly', subject: ['review', review.id], detail: { kept } }],
    }
  },
})
