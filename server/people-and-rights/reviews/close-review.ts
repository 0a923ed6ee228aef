import * as contract from '../../../contract/people-and-rights/reviews.ts'
import { action } from '../../platform/action.ts'
import { sha256 } from '../../platform/digest.ts'
import { found, Refused } from '../../platform/errors.ts'
import { reportCsv } from './report-rules.ts'
import { reviewReply } from './review-reply.ts'
import { allLines, findReview, lockReview, saveClosed } from './reviews.queries.ts'

/** A fresh second factor signs it. The digest is that of the CSV report: anyone can check a copy. */
export const closeReview = action(contract.closeReview, {
  load: async ({ params }, { db }) => found(await lockReview(db, params.reviewId)),
  may: (viewer, review) => review.organisationId === viewer.organisationId || 'not-found',
  run: async (review, _input, { db, viewer, now }) => {
    if (review.closedAt) throw new Refused('review/closed')
    if (review.undecided > 0) throw new Refused('review/undecided')
    const digest = sha256(reportCsv(await allLines(db, review.id)))
    await saveClosed(db, review.id, viewer.accountId, now, digest)
    const { decided, lines } = {
      decided: { keep: review.keep, reduce: review.reduce, suspend: review.suspend, delete: review.delete },
      lines: review.lines,
    }
    return {
      reply: reviewReply(viewer, found(await findReview(db, review.id))),
      audit: [
        {
          action: 'review.closed',
          subject: ['review', review.id],
          detail: { lines, decided, sha256: digest.toString('hex') },
        },
      ],
    }
  },
})
