import * as contract from '../../../contract/work-with-employers/sharing.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { lockAssigned, markKept, restoreAssigned } from '../campaigns/assignments.queries.ts'
import { after } from '../campaigns/campaign-lifecycle.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { withEstablishments } from '../campaigns/references.queries.ts'
import { maySettle, sharingReply } from './sharing.policy.ts'
import { doneSharing, lockSharing, saveUndone } from './sharing.queries.ts'

/** One act: every target that nobody touched since goes back to who had it; the others stay, and are listed. */
export const undoSharing = action(contract.undoSharing, {
  load: async ({ params: { campaignId, sharingId } }, { db }) => {
    const [campaign, sharing] = await Promise.all([
      plainCampaign(db, campaignId),
      lockSharing(db, campaignId, sharingId),
    ])
    return { campaign: found(campaign), sharing: found(sharing) }
  },
  may: (viewer, { campaign, sharing }) => maySettle(viewer, campaign, sharing),
  run: async ({ campaign, sharing }, _input, { db, viewer, now, today }) => {
    after(campaign, 'work-targets', today)
    if (!sharing.doneAt || sharing.undoneAt) throw new Refused('sharing/already-undone')
    await lockAssigned(db, sharing.id)
    const kept = await markKept(db, sharing.id, sharing.doneAt)
    const restored = await restoreAssigned(db, sharing.id)
    await saveUndone(db, sharing.id, restored, viewer.accountId, now)
    const [undone, keptItems] = await Promise.all([
      doneSharing(db, campaign.id, sharing.id),
      withEstablishments(db, kept.items, today),
    ])
    return {
      reply: { sharing: sharingReply(viewer, campaign, undone), kept: kept.count, keptItems },
      audit: [
        {
          action: 'targets.sharing-undone',
          subject: ['campaign', campaign.id],
          detail: { sharing: sharing.id, restored, kept: kept.count },
        },
      ],
    }
  },
})
