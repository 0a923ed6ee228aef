import * as contract from '../../../contract/people-and-rights/reviews.ts'
import { action, type Entry } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { lockAccounts } from '../accounts/accounts.queries.ts'
import { type Correcting, correcting } from '../anomalies/correcting.ts'
import { correct } from './corrections.ts'
import { checkDecision } from './decision-rules.ts'
import type { LineRow } from './review-facts.ts'
import { lineReply, reviewReply } from './review-reply.ts'
import { mayDecideLine, mayReadReview } from './reviews.policy.ts'
import {
  type Decision,
  findLines,
  findReview,
  grantLinesOf,
  lockReview,
  narrowedBy,
  saveDecision,
} from './reviews.queries.ts'

/**
 * Each decision is corrected in the same transaction (ACC-8): the grant ends or shrinks, the account is suspended or
 * deleted.
 * The person is told.
 */
export const decideReviewLines = action(contract.decideReviewLines, {
  load: async ({ params: { reviewId }, body }, { db }) => {
    const review = found(await lockReview(db, reviewId))
    const asked = await findLines(db, reviewId, body.lineIds)
    await lockAccounts(db, [...new Set(asked.map(l => l.id))])
    return { review, lines: await findLines(db, reviewId, body.lineIds) } // read again under the locks
  },
  may: (viewer, { review, lines }) => {
    if (!mayReadReview(viewer, review.organisationId)) return 'not-found'
    return (
      lines.map(line => mayDecideLine(viewer, review.organisationId, line)).find(verdict => verdict !== true) ?? true
    )
  },
  run: async ({ review, lines }, { body }, context) => {
    const { db, viewer, now } = context
    if (review.closedAt) throw new Refused('review/closed')
    if (lines.length !== body.lineIds.length) throw new Refused('review/line-unknown')
    const reason = body.reason?.trim() || null
    if (body.cause && body.decision !== 'delete') throw new Refused('review/decision-impossible')
    const smaller = body.toTerritoryId === undefined ? null : await narrowedBy(db, body.lineIds, body.toTerritoryId)
    for (const line of lines)
      checkDecision(line, body.decision, body.toProfile, reason, smaller ? smaller.has(line.lineId) : undefined)
    const decision = {
      decision: body.decision,
      toProfile: body.toProfile ?? null,
      toTerritoryId: body.toTerritoryId ?? null,
      cause: body.cause ?? null,
      reason,
      by: viewer.accountId,
      at: now,
    }
    const audit = await correcting(
      context,
      lines.map(line => line.id),
      async during => {
        const entries: Entry[] = []
        for (const line of lines) entries.push(await decideLine(review.id, line, decision, during))
        return entries
      },
    )
    const [decided, after] = await Promise.all([findLines(db, review.id, body.lineIds), findReview(db, review.id)])
    return {
      reply: { items: decided.map(l => lineReply(viewer, true, l)), review: reviewReply(viewer, found(after)) },
      audit: audit as [Entry, ...Entry[]],
    }
  },
})

/** A person's grants follow their account. */
const decideLine = async (reviewId: string, line: LineRow, decision: Decision, during: Correcting): Promise<Entry> => {
  const { db } = during
  await saveDecision(db, [line.lineId], decision)
  const followed =
    line.grantId === null && decision.decision !== 'keep' ? await grantLinesOf(db, reviewId, line.id) : []
  if (followed.length > 0)
    await saveDecision(
      db,
      followed.map(f => f.lineId),
      { ...decision, decision: 'delete' },
    )
  await correct(line, followed, decision, during)
  return {
    action: 'review.decided',
    subject: ['account', line.id],
    detail: {
      review: reviewId,
      line: line.lineId,
      grant: line.grantId,
      decision: decision.decision,
      toProfile: decision.toProfile ?? undefined,
      toTerritoryId: decision.toTerritoryId ?? undefined,
      cause: line.grantId === null && decision.decision === 'delete' ? (decision.cause ?? 'departure') : undefined,
      reason: decision.reason,
      followed: followed.map(f => f.grantId),
    },
  }
}
