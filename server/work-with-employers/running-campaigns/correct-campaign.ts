import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { checkGoals, checkLeads, checkUnchanged, factsOf } from '../campaigns/campaign-input.ts'
import { after } from '../campaigns/campaign-lifecycle.ts'
import { savePresentation } from '../campaigns/campaign-writes.queries.ts'
import { campaignReply, mayPilot } from '../campaigns/campaigns.policy.ts'
import { campaignById, lockCampaign } from '../campaigns/campaigns.queries.ts'
import { noteEvent } from '../campaigns/events.queries.ts'
import { leadNamedMail } from './running-campaigns.mails.ts'

/** What is said of an open campaign; its territory and purpose stay those that its targets were chosen for. */
export const correctCampaign = action(contract.correctCampaign, {
  load: async ({ params }, { db }) => found(await lockCampaign(db, params.campaignId)),
  may: mayPilot,
  run: async (campaign, { ifMatch, body }, context) => {
    const { db, viewer, today } = context
    await checkUnchanged(campaign, ifMatch, context)
    after(campaign, 'correct', today)
    checkGoals(body.goals)
    const memberIds = campaign.members.map(member => member.id)
    await checkLeads(db, body.leadIds, memberIds, campaign.territory.id, today)
    await savePresentation(db, campaign, body)
    const before = new Set([viewer.accountId, ...campaign.leads.map(lead => lead.id)])
    const named = body.leadIds.filter(id => !before.has(id))
    for (const accountId of named) await tellPerson(db, leadNamedMail(campaign, accountId), context)
    await noteEvent(context, campaign.id, { kind: 'corrected' })
    const corrected = found(await campaignById(db, campaign.id, today))
    return {
      reply: campaignReply(viewer, corrected),
      audit: [
        {
          action: 'campaign.corrected',
          subject: ['campaign', campaign.id],
          detail: { before: factsOf(campaign), after: factsOf(corrected) },
        },
      ],
    }
  },
})
