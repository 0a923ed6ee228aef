import type { FastifyInstance } from 'fastify'
import { getProgress } from '../../../contract/work-with-employers/progress.ts'
import { definitionOf, versionFor } from '../../oversight/indicators/definitions.ts'
import { countFigure } from '../../oversight/indicators/indicators.queries.ts'
import { sha256Hex } from '../../platform/digest.ts'
import { type DownloadParts, downloads, fileName } from '../../platform/download.ts'
import { found, Refused } from '../../platform/errors.ts'
import { parisDay } from '../../platform/time.ts'
import type { Viewer } from '../../platform/viewer.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { loadProgress } from './load-progress.ts'
import { progressReply } from './progress-reply.ts'
import { reportOf } from './report-rules.ts'

const template = new URL('./report.typ', import.meta.url)

/**
 * The progress of a campaign as a document for its task force: PDF/UA, the page's own figures.
 * A download stands outside `load → may → run` (platform/exceptions.ts). Rights are read with the figures.
 * They are read anew with the entry in the trail, once the document is made: without the entry nothing leaves.
 */
export const campaignReport = (parts: DownloadParts) => (server: FastifyInstance) => {
  const asks = downloads(parts)
  server.get('/api/campaigns/:campaignId/report.pdf', { schema: { hide: true } }, async (request, reply) => {
    const { campaignId } = request.params as { campaignId: string }
    const { days: asked = '14' } = request.query as { days?: string }
    const days = Number(asked)
    const { now, within, trail } = asks(request, getProgress, campaignId)
    if (!/^\d{1,3}$/.test(asked) || days < 1 || days > 365) throw new Refused('request/malformed')
    const today = parisDay(now)
    const readable = (viewer: Viewer, campaign: Campaign) => {
      const verdict = mayRead(viewer, campaign)
      if (verdict !== true) throw new Refused(verdict)
    }

    const report = await within(async (tx, viewer) => {
      const read = await loadProgress(tx, campaignId, today, days)
      const { campaign } = read
      readable(viewer, campaign)
      const { title, versions } = definitionOf('etablissements')
      const used = versionFor(versions, campaign.endsOn)
      const figure = await countFigure(tx, 'etablissements', used.version, {
        from: campaign.startsOn,
        to: campaign.endsOn,
        campaign: campaignId,
      })
      return {
        name: campaign.name,
        askedBy: viewer.accountId,
        data: reportOf({
          campaign,
          progress: progressReply(viewer, read, now),
          annex: { title, value: figure.get(null) ?? 0, ...used },
          now,
          today,
          asker: { name: `${viewer.givenName} ${viewer.familyName}`, organisation: viewer.organisationName },
        }),
      }
    })
    const pdf = await parts.makePdf({ template, data: report.data, madeAt: now, askedBy: report.askedBy })
    await within(async (tx, viewer) => {
      readable(viewer, found(await plainCampaign(tx, campaignId)))
      await trail(tx, {
        action: 'campaign.report-made',
        subject: ['campaign', campaignId],
        detail: { days, sha256: sha256Hex(pdf) },
      })
    })
    return reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', `attachment; filename="rapport-${fileName(report.name, 'campagne')}-${today}.pdf"`)
      .send(pdf)
  })
}
