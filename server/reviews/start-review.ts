import * as contract from '../../contract/reviews.ts'
import { action } from '../platform/action.ts'
import { found, Refused } from '../platform/errors.ts'
import { anomaliesOf, type FrozenLine } from './anomaly-rules.ts'
import { reviewReply } from './review-reply.ts'
import { dueOf, findReview, freeze, frozenLines, insertReview, markAnomalies, openReviewOf } from './reviews.queries.ts'

/** Freezes the accounts and grants of the moment, and writes beside each what the rules find wrong. */
export const startReview = action(contract.startReview, {
  load: async () => undefined,
  may: () => true, // an account manager, for their own structure
  run: async (_subject, _input, { db, viewer, now, today, newId }) => {
    const [open, due] = await Promise.all([openReviewOf(db, viewer.organisationId), dueOf(db, viewer.organisationId)])
    if (open) throw new Refused('review/already-open')
    const id = newId()
    await insertReview(db, { id, organisationId: viewer.organisationId, dueOn: found(due).dueOn ?? today, startedAt: now, startedBy: viewer.accountId }).catch(error => {
      throw error.code === '23505' ? new Refused('review/already-open') : error // two at once: the other began it
    })
    await freeze(db, id)
    const lines = await frozenLines(db, id)
    const anomalies = byAccount(lines).flatMap(own => [...anomaliesOf(own, today)].filter(([, found]) => found.length > 0).map(([line, found]) => ({ id: line, anomalies: found })))
    await markAnomalies(db, id, anomalies)
    return {
      reply: reviewReply(viewer, found(await findReview(db, id))),
      audit: [{ action: 'review.started', subject: ['review', id], detail: { lines: lines.length, withAnomaly: anomalies.length } }],
    }
  },
})

const byAccount = (lines: readonly FrozenLine[]): FrozenLine[][] => [...Map.groupBy(lines, l => l.accountId).values()]
