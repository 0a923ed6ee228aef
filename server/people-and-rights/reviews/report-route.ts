import type { FastifyInstance } from 'fastify'
import { getReview } from '../../../contract/people-and-rights/reviews.ts'
import { sha256Hex } from '../../platform/digest.ts'
import { type Download, type DownloadParts, downloads } from '../../platform/download.ts'
import { found, Refused } from '../../platform/errors.ts'
import { reportCsv, reportOf } from './report-rules.ts'
import { mayReadReview } from './reviews.policy.ts'
import { allLines, findReview } from './reviews.queries.ts'

const template = new URL('./report.typ', import.meta.url)

/**
 * The report of a review, as PDF/UA and as CSV. Downloads stand outside `load → may → run` (platform/exceptions.ts).
 * Each leaves its entry in the trail; without it nothing leaves.
 */
export const reviewReport = (parts: DownloadParts) => (server: FastifyInstance) => {
  const asks = downloads(parts)
  const read = ({ within }: Download, id: string) =>
    within(async (tx, viewer) => {
      const [review, lines] = await Promise.all([findReview(tx, id), allLines(tx, id)])
      if (!mayReadReview(viewer, found(review).organisationId)) throw new Refused('not-found')
      return { review: review!, lines, askedBy: viewer.accountId }
    })
  const told = ({ within, trail }: Download, id: string, form: 'pdf' | 'csv', bytes: Buffer | string) =>
    within(async (tx, viewer) => {
      if (!mayReadReview(viewer, found(await findReview(tx, id)).organisationId)) throw new Refused('not-found')
      await trail(tx, {
        action: 'review.report-taken',
        subject: ['review', id],
        detail: { form, sha256: sha256Hex(bytes) },
      })
    })
  const named = (day: string, form: string) => `attachment; filename="revue-des-acces-${day}.${form}"`

  server.get('/api/reviews/:reviewId/report.pdf', { schema: { hide: true } }, async (request, reply) => {
    const { reviewId } = request.params as { reviewId: string }
    const download = asks(request, getReview, reviewId)
    const { review, lines, askedBy } = await read(download, reviewId)
    const pdf = await parts.makePdf({ template, data: reportOf(review, lines), madeAt: download.now, askedBy })
    await told(download, reviewId, 'pdf', pdf)
    return reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', named(review.dueOn, 'pdf'))
      .send(pdf)
  })
  server.get('/api/reviews/:reviewId/report.csv', { schema: { hide: true } }, async (request, reply) => {
    const { reviewId } = request.params as { reviewId: string }
    const download = asks(request, getReview, reviewId)
    const { review, lines } = await read(download, reviewId)
    const csv = reportCsv(lines)
    await told(download, reviewId, 'csv', csv)
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', named(review.dueOn, 'csv'))
      .send(csv)
  })
}
