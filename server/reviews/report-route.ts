import type { FastifyInstance, FastifyRequest } from 'fastify'
import { getReview } from '../../contract/reviews.ts'
import { appendAudit } from '../platform/audit.ts'
import type { Database } from '../platform/database.ts'
import { gate } from '../platform/envelope.ts'
import { found, Refused } from '../platform/errors.ts'
import { originDigest } from '../platform/origin.ts'
import type { MakePdf } from '../platform/pdf.ts'
import { sessionToken, tokenHash } from '../platform/session-cookie.ts'
import type { Viewer } from '../platform/viewer.ts'
import { reportCsv, reportOf } from './report-rules.ts'
import { mayReadReview } from './reviews.policy.ts'
import { allLines, findReview } from './reviews.queries.ts'

export interface ReviewReportParts {
  readonly database: Database
  readonly makePdf: MakePdf
  readonly originKey: Buffer
  readonly secure: boolean
  readonly clock: () => Date
  readonly newId: () => string
}
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const template = new URL('./report.typ', import.meta.url)

/** The report of a review, as PDF/UA and as CSV. Downloads, so they stand outside `load → may → run` (platform/exceptions.ts); each leaves its entry in the trail, without which nothing leaves. */
export const reviewReport = ({ database, makePdf, originKey, secure, clock, newId }: ReviewReportParts) => (server: FastifyInstance) => {
  const read = async (request: FastifyRequest, form: 'pdf' | 'csv') => {
    const { reviewId } = request.params as { reviewId: string }
    const token = sessionToken(request, secure)
    if (!token) throw new Refused('session/required')
    if (!uuid.test(reviewId)) throw new Refused('request/malformed')
    const now = clock()
    const tx = await database.begin()
    try {
      const viewer = gate(getReview, await tx.enter(tokenHash(token)) as unknown as Viewer | null, now)
      const [review, lines] = await Promise.all([findReview(tx, reviewId), allLines(tx, reviewId)])
      if (!mayReadReview(viewer, found(review).organisationId)) throw new Refused('not-found')
      const act = { at: now, actorId: viewer.accountId, organisationId: viewer.organisationId, origin: originDigest(originKey, request.ip), requestId: request.id }
      await appendAudit(tx, act, [{ action: 'review.report-taken', subject: ['review', reviewId], detail: { form } }], newId)
      await tx.commit()
      return { review: review!, lines, now }
    } catch (error) {
      await tx.rollback()
      throw error
    }
  }
  const named = (day: string, form: string) => `attachment; filename="revue-des-acces-${day}.${form}"`

  server.get('/api/reviews/:reviewId/report.pdf', { schema: { hide: true } }, async (request, reply) => {
    const { review, lines, now } = await read(request, 'pdf')
    const pdf = await makePdf({ template, data: reportOf(review, lines), madeAt: now })
    return reply.header('content-type', 'application/pdf').header('content-disposition', named(review.dueOn, 'pdf')).send(pdf)
  })
  server.get('/api/reviews/:reviewId/report.csv', { schema: { hide: true } }, async (request, reply) => {
    const { review, lines } = await read(request, 'csv')
    return reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', named(review.dueOn, 'csv')).send(reportCsv(lines))
  })
}
