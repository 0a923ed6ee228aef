import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { after } from '../campaigns/campaign-lifecycle.ts'
import { insertMember } from '../campaigns/campaign-writes.queries.ts'
import { campaignReply, mayPilot } from '../campaigns/campaigns.policy.ts'
import { campaignById, countOrganisations, lockCampaign } from '../campaigns/campaigns.queries.ts'
import { noteEvent, queueOpening } from '../campaigns/events.queries.ts'

export const addMember = action(contract.addMember, {
  load: async ({ params }, { db }) => found(await lockCampaign(db, params.campaignId)),
  may: mayPilot,
  run: async (campaign, { body: { organisationId } }, context) => {
    const { db, viewer, today } = context
    after(campaign, 'change-members', today)
    if (campaign.members.some(member => member.id === organisationId)) throw new Refused('campaign/already-member')
    if ((await countOrganisations(db, [organisationId])) !== 1) throw new Refused('organisation/unknown')
    await insertMember(db, campaign, organisationId)
    await noteEvent(context, campaign.id, { kind: 'member-added', organisationId })
    await queueOpening(db, campaign.id, organisationId)
    return {
      reply: campaignReply(viewer, found(await campaignById(db, campaign.id, today))),
      audit: [
        { action: 'campaign.member-added', subject: ['campaign', campaign.id], detail: { after: { organisationId } } },
      ],
    }
  },
})
