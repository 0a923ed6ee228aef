import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { getProgress } from '../../contract/progress.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { definitionOf, versionFor } from '../indicators/definitions.ts'
import { countFigure } from '../indicators/indicators.queries.ts'
import { appendAudit } from '../platform/audit.ts'
import type { Database, Transaction } from '../platform/database.ts'
import { gate } from '../platform/envelope.ts'
import { found, Refused } from '../platform/errors.ts'
import { originDigest } from '../platform/origin.ts'
import type { MakePdf } from '../platform/pdf.ts'
import { sessionToken, tokenHash } from '../platform/session-cookie.ts'
import { parisDay } from '../platform/time.ts'
import type { Viewer } from '../platform/viewer.ts'
import { loadProgress } from './load-progress.ts'
import { progressReply } from './progress-reply.ts'
import { reportOf } from './report-rules.ts'

export interface ReportParts {
  readonly database: Database
  readonly makePdf: MakePdf
  readonly originKey: Buffer
  readonly secure: boolean
  readonly clock: () => Date
  readonly newId: () => string
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const template = new URL('./report.typ', import.meta.url)

/**
 * The progress of a campaign as a document for its task force: PDF/UA, the page's own figures. A download, so it stands outside `load → may → run`
 * (platform/exceptions.ts). Rights are read with the figures, and anew with the entry in the trail once the document is made: without the entry nothing leaves.
 */
export const campaignReport = ({ database, makePdf, originKey, secure, clock, newId }: ReportParts) => (server: FastifyInstance) => {
  const within = async <T>(hash: Buffer, work: (tx: Transaction, viewer: Viewer) => Promise<T>, keep = false): Promise<T> => {
    const tx = await database.begin()
    try {
      const viewer = gate(getProgress, await tx.enter(hash) as unknown as Viewer | null, clock())
      const result = await work(tx, viewer)
      await (keep ? tx.commit() : tx.rollback())
      return result
    } catch (error) {
      await tx.rollback()
      throw error
    }
  }

  server.get('/api/campaigns/:campaignId/report.pdf', { schema: { hide: true } }, async (request, reply) => {
    const { campaignId } = request.params as { campaignId: string }
    const { days: asked = '14' } = request.query as { days?: string }
    const days = Number(asked)
    const token = sessionToken(request, secure)
    if (!token) throw new Refused('session/required')
    if (!uuid.test(campaignId) || !/^\d{1,3}$/.test(asked) || days < 1 || days > 365) throw new Refused('request/malformed')
    const hash = tokenHash(token)
    const now = clock()
    const today = parisDay(now)
    const readable = (viewer: Viewer, campaign: Campaign) => {
      const verdict = mayRead(viewer, campaign)
      if (verdict !== true) throw new Refused(verdict)
    }

    const report = await within(hash, async (tx, viewer) => {
      const read = await loadProgress(tx, campaignId, today, days)
      const { campaign } = read
      readable(viewer, campaign)
      const { title, versions } = definitionOf('etablissements')
      const used = versionFor(versions, campaign.endsOn)
      const figure = await countFigure(tx, 'etablissements', used.version, { from: campaign.startsOn, to: campaign.endsOn, campaign: campaignId })
      return {
        name: campaign.name,
        data: reportOf({
          campaign, progress: progressReply(viewer, read, now), annex: { title, value: figure.get(null) ?? 0, ...used }, now, today,
          asker: { name: `${viewer.givenName} ${viewer.familyName}`, organisation: viewer.organisationName },
        }),
      }
    })
    const pdf = await makePdf({ template, data: report.data, madeAt: now })
    await within(hash, async (tx, viewer) => {
      readable(viewer, found(await plainCampaign(tx, campaignId)))
      const act = { at: now, actorId: viewer.accountId, organisationId: viewer.organisationId, origin: originDigest(originKey, request.ip), requestId: request.id }
      await appendAudit(tx, act, [{ action: 'campaign.report-made', subject: ['campaign', campaignId], detail: { days, sha256: createHash('sha256').update(pdf).digest('hex') } }], newId)
    }, true)
    return reply.header('content-type', 'application/pdf').header('content-disposition', `attachment; filename="${fileName(report.name, today)}"`).send(pdf)
  })
}

/** Letters, figures and hyphens only: a name that any system keeps. */
const fileName = (name: string, day: string) =>
  `rapport-${name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').slice(0, 60).replace(/^-|-$/g, '') || 'campagne'}-${day}.pdf`
