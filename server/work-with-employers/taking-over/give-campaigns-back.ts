import * as contract from '../../../contract/work-with-employers/taking-over.ts'
import { action, type Entry } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { savePresentation } from '../campaigns/campaign-writes.queries.ts'
import { lockCampaign } from '../campaigns/campaigns.queries.ts'
import { noteEvent } from '../campaigns/events.queries.ts'
import { giveCampaignBack, handoversOf } from './take-over.queries.ts'
import { tellGivenBack } from './tell-campaign.ts'

/**
 * A campaign that one took over by error goes back to its pilot and its leads of before, for a day. One that was changed
 * since, or whose former pilot’s convention was over, stays.
 */
export const giveCampaignsBack = action(contract.giveCampaignsBack, {
  load: ({ body: { organisationId, passedAt } }, { db }) => handoversOf(db, organisationId, new Date(passedAt)),
  may: () => true, // the rows are those that the viewer took, where they pilot
  run: async (handovers, { body: { organisationId, passedAt } }, context) => {
    const { db, viewer } = context
    const entries: Entry[] = []
    for (const { campaignId, version, why, leadIds } of handovers) {
      const before = why === 'no-pilot' ? await lockCampaign(db, campaignId) : undefined
      if (before?.version !== version || before.pilot.id !== viewer.organisationId) continue
      const toId = before.leads.find(({ id }) => !leadIds.includes(id))?.id ?? viewer.accountId
      await tellGivenBack(context, before, { formerId: organisationId, leadIds, toId })
      await savePresentation(db, before, { description: before.description, leadIds, goals: before.goals })
      await noteEvent(context, campaignId, { kind: 'handed-over', organisationId })
      if (!(await giveCampaignBack(db, campaignId, new Date(passedAt))))
        throw new Refused('taking-over/nothing-to-give-back')
      entries.push({
        action: 'campaign.handed-over',
        subject: ['campaign', campaignId],
        detail: {
          before: { pilotId: viewer.organisationId, leadId: toId },
          after: { pilotId: organisationId, leadIds },
        },
      })
    }
    if (entries.length === 0) throw new Refused('taking-over/nothing-to-give-back')
    const reply = { campaigns: entries.length }
    const detail = { ...reply, passedAt }
    return {
      reply,
      audit: [{ action: 'work.given-back', subject: ['organisation', organisationId], detail }, ...entries],
    }
  },
})
