import * as contract from '../../../contract/work-with-employers/sharing.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { assignPlanned, dropMoved, lockAssigned } from '../campaigns/assignments.queries.ts'
import { after } from '../campaigns/campaign-lifecycle.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { withEstablishments } from '../campaigns/references.queries.ts'
import { maySettle, sharingReply } from './sharing.policy.ts'
import { doneSharing, lockSharing, saveDone } from './sharing.queries.ts'
import { isStale } from './sharing-rules.ts'

/**
 * Does what was simulated where it still holds. Targets that moved in between stay with their new holder, and are told.
 * People work while a sharing is thought over: one call recorded meanwhile must not undo the preparation.
 */
export const confirmSharing = action(contract.confirmSharing, {
  load: async ({ params: { campaignId, sharingId } }, { db }) => {
    const [campaign, sharing] = await Promise.all([
      plainCampaign(db, campaignId),
      lockSharing(db, campaignId, sharingId),
    ])
    return { campaign: found(campaign), sharing: found(sharing) }
  },
  may: (viewer, { campaign, sharing }) => maySettle(viewer, campaign, sharing),
  run: async ({ campaign, sharing }, { body }, { db, viewer, now, today }) => {
    after(campaign, 'work-targets', today)
    if (sharing.doneAt) throw new Refused('sharing/already-done')
    if (isStale(sharing.simulatedAt, now)) throw new Refused('sharing/stale')
    await lockAssigned(db, sharing.id)
    const left = await dropMoved(db, sharing.id)
    const moved = await assignPlanned(db, sharing.id, now)
    await saveDone(db, sharing.id, moved, body.reason?.trim() || null, now)
    const [done, leftItems] = await Promise.all([
      doneSharing(db, campaign.id, sharing.id),
      withEstablishments(
        db,
        left.sirets.map(siret => ({ siret })),
        today,
      ),
    ])
    return {
      reply: {
        sharing: sharingReply(viewer, campaign, done),
        left: left.count,
        leftItems: leftItems.map(({ establishment }) => establishment),
      },
      // The lines of the sharing out keep the former and the new holder of each target. They are never rewritten.
      audit: [
        {
          action: 'targets.shared-out',
          subject: ['campaign', campaign.id],
          detail: {
            sharing: sharing.id,
            how: sharing.how,
            within: sharing.withinOrganisation?.id ?? null,
            moved,
            left: left.count,
            characters: { reason: done.reason?.length ?? null },
          },
        },
      ],
    }
  },
})
