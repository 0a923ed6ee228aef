import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { after, checkPeriod } from './campaign-lifecycle.ts'
import { saveLastDay, saveStatus } from './campaign-writes.queries.ts'
import { campaignReply, mayPilot } from './campaigns.policy.ts'
import { campaignById, lockCampaign } from './campaigns.queries.ts'
import { noteEvent } from './events.queries.ts'
import { reserveTargets } from './reserve-targets.ts'

export const reopenCampaign = action(contract.reopenCampaign, {
  load: async ({ params }, { db }) => found(await lockCampaign(db, params.campaignId)),
  may: mayPilot,
  run: async (closed, { body: { endsOn = closed.endsOn } }, context) => {
    const { db, viewer, now, today } = context
    const status = after({ ...closed, endsOn }, 'reopen', today)
    checkPeriod({ startsOn: closed.startsOn, endsOn }, today)
    const moved = endsOn !== closed.endsOn
    // Conflicts are weighed and targets held until the last day that is stored.
    if (moved) await saveLastDay(db, closed, endsOn)
    const campaign = moved ? { ...closed, endsOn, version: closed.version + 1 } : closed
    const { reserved, losses } = await reserveTargets(campaign, context)
    await saveStatus(db, campaign, status, now)
    await noteEvent(context, campaign.id, { kind: 'reopened', ...(moved ? { endedOn: closed.endsOn, endsOn } : {}) })
    return {
      reply: campaignReply(viewer, found(await campaignById(db, campaign.id, today))),
      audit: [
        {
          action: 'campaign.reopened',
          subject: ['campaign', campaign.id],
          detail: {
            before: { status: closed.status, endsOn: closed.endsOn },
            after: { status, endsOn, ...reserved },
          },
        },
        ...losses,
      ],
    }
  },
})
