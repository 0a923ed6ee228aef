import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { after } from './campaign-lifecycle.ts'
import { saveStatus } from './campaign-writes.queries.ts'
import { campaignReply, mayPilot } from './campaigns.policy.ts'
import { campaignById, lockCampaign } from './campaigns.queries.ts'
import { freeTargets } from './conflicts.queries.ts'
import { noteEvent } from './events.queries.ts'

export const closeCampaign = action(contract.closeCampaign, {
  load: async ({ params }, { db }) => found(await lockCampaign(db, params.campaignId)),
  may: mayPilot,
  run: async (campaign, _input, context) => {
    const { db, viewer, now, today } = context
    const status = after(campaign, 'close', today)
    const freed = await freeTargets(db, campaign.id)
    await saveStatus(db, campaign, status, now)
    await noteEvent(context, campaign.id, { kind: 'closed' })
    return {
      reply: campaignReply(viewer, found(await campaignById(db, campaign.id, today))),
      audit: [
        {
          action: 'campaign.closed',
          subject: ['campaign', campaign.id],
          detail: { before: { status: campaign.status }, after: { status, freed } },
        },
      ],
    }
  },
})
