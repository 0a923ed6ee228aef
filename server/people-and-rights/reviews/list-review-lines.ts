import * as contract from '../../../contract/people-and-rights/reviews.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { found } from '../../platform/errors.ts'
import { lineReply } from './review-reply.ts'
import { mayReadReview } from './reviews.policy.ts'
import { countLines, findReview, listLines } from './reviews.queries.ts'

export const listReviewLines = action(contract.listReviewLines, {
  load: async ({ params: { reviewId }, query: { after, limit = 50, total, ...filter } }, { db }) => {
    // Before anything is asked: a cursor that is none leaves no answer unheard.
    const from = readCursor(after, keyShapes.id)?.[0]
    const [review, rows, count] = await Promise.all([
      findReview(db, reviewId),
      listLines(db, reviewId, filter, from, limit),
      total ? countLines(db, reviewId, filter) : undefined,
    ])
    return { review: found(review), page: pageOf(rows, limit, row => [row.lineId]), count }
  },
  may: (viewer, { review }) => mayReadReview(viewer, review.organisationId) || 'not-found',
  run: async ({ review, page, count }, _input, { viewer }) => ({
    items: page.rows.map(row => lineReply(viewer, review.closedAt === null, row)),
    next: page.next,
    ...(count === undefined ? {} : { total: count }),
  }),
})
