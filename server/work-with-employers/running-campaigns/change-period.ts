import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action, type Context } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { checkUnchanged } from '../campaigns/campaign-input.ts'
import { after, type Campaign, checkPeriod } from '../campaigns/campaign-lifecycle.ts'
import { saveLastDay } from '../campaigns/campaign-writes.queries.ts'
import { campaignReply, mayPilot } from '../campaigns/campaigns.policy.ts'
import { campaignById, lockCampaign } from '../campaigns/campaigns.queries.ts'
import { freeTargets, holdTargets } from '../campaigns/conflicts.queries.ts'
import { noteEvent } from '../campaigns/events.queries.ts'
import { reserveTargets } from '../campaigns/reserve-targets.ts'

/**
 * Its last day moves, and its holds with it. Prolonged, what it would hold longer is weighed for conflicts again, all or
 * nothing. Shortened, today at the earliest: what was recorded until now stays within its days.
 */
export const changePeriod = action(contract.changePeriod, {
  load: async ({ params }, { db }) => found(await lockCampaign(db, params.campaignId)),
  may: mayPilot,
  run: async (campaign, { ifMatch, body: { endsOn } }, context) => {
    const { db, viewer, today } = context
    await checkUnchanged(campaign, ifMatch, context)
    after(campaign, 'change-period', today)
    checkPeriod({ startsOn: campaign.startsOn, endsOn }, today)
    await saveLastDay(db, campaign, endsOn)
    const { reserved, losses } = await holdUntil(campaign, endsOn, context)
    if (endsOn !== campaign.endsOn)
      await noteEvent(context, campaign.id, { kind: 'period', endedOn: campaign.endsOn, endsOn })
    return {
      reply: campaignReply(viewer, found(await campaignById(db, campaign.id, today))),
      audit: [
        {
          action: 'campaign.period-changed',
          subject: ['campaign', campaign.id],
          detail: { before: { endsOn: campaign.endsOn }, after: { endsOn, ...reserved } },
        },
        ...losses,
      ],
    }
  },
})

const holdUntil = async (campaign: Campaign, endsOn: string, context: Context) => {
  if (endsOn > campaign.endsOn) return reserveTargets(campaign, context)
  await freeTargets(context.db, campaign.id)
  const { held } = await holdTargets(context.db, campaign.id)
  return { reserved: { held }, losses: [] }
}
