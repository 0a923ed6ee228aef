import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { checkLeads, checkUnchanged, factsOf, readInput, withPilot } from './campaign-input.ts'
import { after, checkPeriod } from './campaign-lifecycle.ts'
import { saveCampaign } from './campaign-writes.queries.ts'
import { campaignReply, mayPilot, mayPrepare } from './campaigns.policy.ts'
import { campaignById, lockCampaign } from './campaigns.queries.ts'
import { removeTargetsOutside } from './selection.queries.ts'

export const editCampaign = action(contract.editCampaign, {
  load: async ({ params, body }, { db }) => ({
    campaign: found(await lockCampaign(db, params.campaignId)),
    input: await readInput(db, body),
  }),
  may: (viewer, { campaign, input }) => {
    const verdict = mayPilot(viewer, campaign)
    return verdict === true ? mayPrepare(viewer, input.place) : verdict
  },
  run: async ({ campaign, input }, { ifMatch }, context) => {
    const { db, viewer, today } = context
    await checkUnchanged(campaign, ifMatch, context)
    after(campaign, 'edit', today)
    checkPeriod(input.values, today)
    const memberIds = withPilot(campaign.pilot.id, input.memberIds)
    await checkLeads(db, input.leadIds, memberIds, input.values.territoryId, today)
    await saveCampaign(
      db,
      campaign,
      { ...input.values, ...input.place },
      { memberIds, leadIds: input.leadIds, goals: input.goals },
    )
    const targetsRemoved = await removeTargetsOutside(db, campaign.id, input.values.territoryId)
    const edited = found(await campaignById(db, campaign.id, today))
    return {
      reply: campaignReply(viewer, edited),
      audit: [
        {
          action: 'campaign.edited',
          subject: ['campaign', campaign.id],
          detail: { before: factsOf(campaign), after: factsOf(edited), targetsRemoved },
        },
      ],
    }
  },
})
