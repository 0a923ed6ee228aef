import { anomalyKinds } from '../../../contract/people-and-rights/anomalies.ts'
import * as contract from '../../../contract/people-and-rights/reviews.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import type { OpenedRow } from '../anomalies/correction-rules.ts'
import { keep } from '../anomalies/judge.ts'
import { reviewReply } from './review-reply.ts'
import { dueOf, findReview, freeze, insertReview, type Mark, markAnomalies, openReviewOf } from './reviews.queries.ts'

/**
 * Freezes the accounts and grants of the moment, and writes beside each the anomalies that are open, and since when.
 */
export const startReview = action(contract.startReview, {
  load: async () => undefined,
  may: () => true, // an account manager, for their own structure
  run: async (_subject, _input, context) => {
    const { db, viewer, now, today, newId } = context
    const [open, due] = await Promise.all([openReviewOf(db, viewer.organisationId), dueOf(db, viewer.organisationId)])
    if (open) throw new Refused('review/already-open')
    const id = newId()
    await insertReview(db, {
      id,
      organisationId: viewer.organisationId,
      dueOn: found(due).dueOn ?? today,
      startedAt: now,
      startedBy: viewer.accountId,
    }).catch(error => {
      throw error.code === '23505' ? new Refused('review/already-open') : error // two at once: the other began it
    })
    const lines = await freeze(db, id)
    const marks = marksOf(await keep(context, null))
    await markAnomalies(db, id, marks)
    return {
      reply: reviewReply(viewer, found(await findReview(db, id))),
      audit: [{ action: 'review.started', subject: ['review', id], detail: { lines, withAnomaly: marks.length } }],
    }
  },
})

const marksOf = (open: readonly OpenedRow[]): Mark[] =>
  [...Map.groupBy(open, row => `${row.accountId} ${row.grantId}`).values()]
    .map(rows => rows.toSorted((a, b) => anomalyKinds.indexOf(a.kind) - anomalyKinds.indexOf(b.kind)))
    .map(found => ({
      accountId: found[0]!.accountId,
      grantId: found[0]!.grantId,
      anomalies: found.map(row => row.kind),
      since: found.map(row => row.openedAt),
    }))
