import * as contract from '../../../contract/work-with-employers/sharing.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayBeUndone } from '../bulk-works/bulk-work-rules.ts'
import { workById } from '../bulk-works/bulk-works.queries.ts'
import { startWork } from '../bulk-works/start-work.ts'
import { after } from '../campaigns/campaign-lifecycle.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { maySettle } from './sharing.policy.ts'
import { sharingById, takeWork } from './sharing.queries.ts'

/** Every target that nobody touched since goes back to who had it; the others stay, and are listed. */
export const undoSharing = action(contract.undoSharing, {
  load: async ({ params: { campaignId, sharingId } }, { db }) => {
    const [campaign, sharing] = await Promise.all([
      plainCampaign(db, campaignId),
      sharingById(db, campaignId, sharingId),
    ])
    return { campaign: found(campaign), sharing: found(sharing) }
  },
  may: (viewer, { campaign, sharing }) => maySettle(viewer, campaign, sharing),
  run: async ({ campaign, sharing }, _input, context) => {
    after(campaign, 'work-targets', context.today)
    const taken = sharing.doneAt && !sharing.undoneAt ? await takeWork(context.db, sharing.id) : undefined
    const work = taken && (await workById(context.db, taken))
    if (!work || !mayBeUndone(work.state, work.done)) throw new Refused('sharing/already-undone')
    const { reply, detail } = await startWork(work, { undo: true }, 'sharing/already-undone', context)
    return { reply, audit: [{ action: 'targets.sharing-undo-asked', subject: ['campaign', campaign.id], detail }] }
  },
})
