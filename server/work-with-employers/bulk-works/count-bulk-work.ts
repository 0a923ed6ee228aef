import * as contract from '../../../contract/work-with-employers/bulk-works.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { checkCampaign } from './bulk-work-rules.ts'
import { mayCount, mayCountReleases } from './bulk-works.policy.ts'
import { countLeft, insertLines, insertReleased, insertWork } from './bulk-works.queries.ts'

/** Writes what each target is now: confirming changes those that are still so, and no other. */
export const countBulkWork = action(contract.countBulkWork, {
  load: async ({ params: { campaignId } }, { db }) => found(await plainCampaign(db, campaignId)),
  may: (viewer, campaign, { body: { act } }) =>
    act.kind === 'release' ? mayCountReleases(viewer, campaign) : mayCount(viewer, campaign),
  run: async (campaign, { body: { which, act } }, { db, viewer, now, newId, today }) => {
    checkCampaign(campaign, act.kind, today)
    const work = {
      id: newId(),
      campaignId: campaign.id,
      byId: viewer.accountId,
      act: act.kind,
      reason: 'reason' in act ? act.reason?.trim() || null : null,
      result: act.kind === 'close' ? act.result : null,
      countedAt: now,
    }
    await insertWork(db, work)
    const ones =
      'sirets' in which
        ? { sirets: which.sirets.map(Number) }
        : { filter: which.filter, except: (which.except ?? []).map(Number) }
    const chosen =
      work.act === 'release'
        ? await insertReleased(db, work, ones)
        : await insertLines(db, { ...work, act: work.act }, ones, today)
    const left = await countLeft(db, work.id)
    const planned = left.reduce((n, { count }) => n - count, chosen)
    return {
      // None of these acts solicits: what is put back is nobody’s yet.
      reply: { id: work.id, chosen, planned, beyondBudget: 0, left },
      audit: [
        {
          action: 'bulk-work.counted',
          subject: ['campaign', campaign.id],
          detail: { work: work.id, act: act.kind, chosen, planned },
        },
      ],
    }
  },
})
