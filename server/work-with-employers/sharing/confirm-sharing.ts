import * as contract from '../../../contract/work-with-employers/sharing.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { workById } from '../bulk-works/bulk-works.queries.ts'
import { startWork } from '../bulk-works/start-work.ts'
import { after } from '../campaigns/campaign-lifecycle.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { maySettle } from './sharing.policy.ts'
import { saveReason, sharingById } from './sharing.queries.ts'
import { isStale } from './sharing-rules.ts'

/**
 * Starts the work that was simulated, where it still holds. Targets that moved in between stay with their new holder,
 * and are told: one call recorded meanwhile must not undo the preparation.
 */
export const confirmSharing = action(contract.confirmSharing, {
  load: async ({ params: { campaignId, sharingId } }, { db }) => {
    const [campaign, sharing, work] = await Promise.all([
      plainCampaign(db, campaignId),
      sharingById(db, campaignId, sharingId),
      workById(db, sharingId),
    ])
    return { campaign: found(campaign), sharing: found(sharing), work }
  },
  may: (viewer, { campaign, sharing }) => maySettle(viewer, campaign, sharing),
  run: async ({ campaign, sharing, work }, { body }, context) => {
    after(campaign, 'work-targets', context.today)
    if (sharing.doneAt) throw new Refused('sharing/already-done')
    if (isStale(sharing.simulatedAt, context.now)) throw new Refused('sharing/stale')
    const reason = body.reason?.trim() || null
    await saveReason(context.db, sharing.id, reason)
    // Who simulated it alone confirms it.
    const { reply, detail } = await startWork(
      found(work),
      { undo: false, beyondBudget: body.beyondBudget },
      'sharing/already-done',
      context,
    )
    return {
      reply,
      audit: [
        {
          action: 'targets.sharing-asked',
          subject: ['campaign', campaign.id],
          detail: { ...detail, characters: { reason: reason?.length ?? null } },
        },
      ],
    }
  },
})
