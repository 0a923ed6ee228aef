import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { holdersOf, releaseAllOf } from '../campaigns/assignments.queries.ts'
import { after } from '../campaigns/campaign-lifecycle.ts'
import { deleteMember } from '../campaigns/campaign-writes.queries.ts'
import { targetsTakenBackMail } from '../campaigns/campaigns.mails.ts'
import { campaignReply, mayPilot } from '../campaigns/campaigns.policy.ts'
import { campaignById, lockCampaign } from '../campaigns/campaigns.queries.ts'
import { noteEvent } from '../campaigns/events.queries.ts'

/** What it held is to be taken again; its exchanges stay, and count. */
export const removeMember = action(contract.removeMember, {
  load: async ({ params }, { db }) => found(await lockCampaign(db, params.campaignId)),
  may: mayPilot,
  run: async (campaign, { params: { organisationId } }, context) => {
    const { db, viewer, now, today } = context
    after(campaign, 'change-members', today)
    if (organisationId === campaign.pilot.id) throw new Refused('campaign/pilot-stays')
    if (!campaign.members.some(member => member.id === organisationId)) throw new Refused('campaign/not-member')
    const holders = await holdersOf(db, campaign.id, organisationId)
    await deleteMember(db, campaign, organisationId)
    const released = await releaseAllOf(db, campaign.id, organisationId, viewer.accountId, now)
    for (const { accountId, targets } of holders)
      await tellPerson(db, targetsTakenBackMail(campaign, targets, viewer.organisationName, accountId), context)
    await noteEvent(context, campaign.id, { kind: 'member-left', organisationId, targets: released })
    return {
      reply: { campaign: campaignReply(viewer, found(await campaignById(db, campaign.id, today))), released },
      audit: [
        {
          action: 'campaign.member-left',
          subject: ['campaign', campaign.id],
          detail: { before: { organisationId }, after: { released } },
        },
      ],
    }
  },
})
