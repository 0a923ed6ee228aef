import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { after } from './campaign-lifecycle.ts'
import { saveStatus } from './campaign-writes.queries.ts'
import { campaignReply, mayPilot } from './campaigns.policy.ts'
import { campaignById, lockCampaign } from './campaigns.queries.ts'
import { noteEvent, queueOpening } from './events.queries.ts'
import { reserveTargets } from './reserve-targets.ts'

export const openCampaign = action(contract.openCampaign, {
  load: async ({ params }, { db }) => found(await lockCampaign(db, params.campaignId)),
  may: mayPilot,
  run: async (campaign, _input, context) => {
    const { db, viewer, now, today } = context
    const status = after(campaign, 'open', today)
    const { reserved, losses } = await reserveTargets(campaign, context)
    await saveStatus(db, campaign, status, now)
    await noteEvent(context, campaign.id, { kind: 'opened' })
    await queueOpening(db, campaign.id, null)
    return {
      reply: campaignReply(viewer, found(await campaignById(db, campaign.id, today))),
      audit: [
        {
          action: 'campaign.opened',
          subject: ['campaign', campaign.id],
          detail: { before: { status: campaign.status }, after: { status, ...reserved } },
        },
        ...losses,
      ],
    }
  },
})
