import * as contract from '../../../contract/work-with-employers/bulk-works.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { checkCampaign } from './bulk-work-rules.ts'
import { mayCount } from './bulk-works.policy.ts'
import { countLeft, insertLines, insertWork } from './bulk-works.queries.ts'

/** Writes what each target is now: confirming changes those that are still so, and no other. */
export const countBulkWork = action(contract.countBulkWork, {
  load: async ({ params: { campaignId } }, { db }) => found(await plainCampaign(db, campaignId)),
  may: (viewer, campaign) => mayCount(viewer, campaign),
  run: async (campaign, { body: { which, act } }, { db, viewer, now, newId, today }) => {
    checkCampaign(campaign, act.kind, today)
    const work = {
      id: newId(),
      campaignId: campaign.id,
      byId: viewer.accountId,
      act: act.kind,
      reason: act.kind === 'set-aside' ? act.reason.trim() : null,
      result: act.kind === 'close' ? act.result : null,
      countedAt: now,
    }
    await insertWork(db, work)
    const chosen = await insertLines(
      db,
      work,
      'sirets' in which
        ? { sirets: which.sirets.map(Number) }
        : { filter: which.filter, except: (which.except ?? []).map(Number) },
      today,
    )
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
