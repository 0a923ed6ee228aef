import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { after } from '../campaigns/campaign-lifecycle.ts'
import { campaignReply, mayPilot } from '../campaigns/campaigns.policy.ts'
import { campaignById, lockCampaign } from '../campaigns/campaigns.queries.ts'
import { noteEvent } from '../campaigns/events.queries.ts'
import { handedOverMail } from './running-campaigns.mails.ts'
import { handOver, successorsOf } from './successors.queries.ts'

/** The last act of a pilot: the former one stays a member, and the new one is told. */
export const handOverCampaign = action(contract.handOverCampaign, {
  load: async ({ params }, { db }) => found(await lockCampaign(db, params.campaignId)),
  may: mayPilot,
  run: async (campaign, { body: { organisationId } }, context) => {
    const { db, viewer, now, today, newId } = context
    after(campaign, 'hand-over', today)
    if (!campaign.members.some(member => member.id === organisationId)) throw new Refused('campaign/not-member')
    const successor = (await successorsOf(db, campaign.id, today)).find(one => one.organisationId === organisationId)
    if (!successor) throw new Refused('campaign/cannot-pilot')
    // Before it passes: only a pilot writes what happened to it.
    await noteEvent(context, campaign.id, { kind: 'handed-over', organisationId })
    if (!(await handOver(db, campaign.id, organisationId, today))) throw new Refused('campaign/cannot-pilot')
    for (const accountId of successor.accountIds)
      await tellPerson(db, handedOverMail(campaign, accountId), { newId, now })
    return {
      reply: campaignReply(viewer, found(await campaignById(db, campaign.id, today))),
      audit: [
        {
          action: 'campaign.handed-over',
          subject: ['campaign', campaign.id],
          detail: { before: { pilotId: campaign.pilot.id }, after: { pilotId: organisationId } },
        },
      ],
    }
  },
})
