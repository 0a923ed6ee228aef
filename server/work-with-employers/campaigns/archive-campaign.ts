import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { after } from './campaign-lifecycle.ts'
import { saveStatus } from './campaign-writes.queries.ts'
import { campaignReply, mayPilot } from './campaigns.policy.ts'
import { campaignById, lockCampaign } from './campaigns.queries.ts'
import { noteEvent } from './events.queries.ts'

export const archiveCampaign = action(contract.archiveCampaign, {
  load: async ({ params }, { db }) => found(await lockCampaign(db, params.campaignId)),
  may: mayPilot,
  run: async (campaign, _input, context) => {
    const { db, viewer, now, today } = context
    const status = after(campaign, 'archive', today)
    await saveStatus(db, campaign, status, now)
    await noteEvent(context, campaign.id, { kind: 'archived' })
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
