import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { after } from './campaign-lifecycle.ts'
import { campaignReply, mayPilot } from './campaigns.policy.ts'
import { campaignById, lockCampaign, saveStatus } from './campaigns.queries.ts'

export const archiveCampaign = action(contract.archiveCampaign, {
  load: async ({ params }, { db }) => found(await lockCampaign(db, params.campaignId)),
  may: mayPilot,
  run: async (campaign, _input, { db, viewer, now, today }) => {
    const status = after(campaign, 'archive', today)
    await saveStatus(db, campaign, status, now)
    return {
      reply: campaignReply(viewer, found(await campaignById(db, campaign.id, today))),
      audit: [
        {
          action: 'campaign.archived',
          subject: ['campaign', campaign.id],
          detail: { before: { status: campaign.status }, after: { status } },
        },
      ],
    }
  },
})
