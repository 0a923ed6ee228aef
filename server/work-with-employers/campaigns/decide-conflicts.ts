import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { after } from './campaign-lifecycle.ts'
import { mayPilot } from './campaigns.policy.ts'
import { lockCampaign } from './campaigns.queries.ts'
import { checkDecision } from './conflict-rules.ts'
import { type Chosen, countConflicts, kindsOf, saveDecisions } from './conflicts.queries.ts'

export const decideConflicts = action(contract.decideConflicts, {
  load: async ({ params }, { db }) => found(await lockCampaign(db, params.campaignId)),
  may: mayPilot,
  run: async (campaign, { body }, { db, viewer, now, today }) => {
    const which: Chosen = 'sirets' in body ? { sirets: body.sirets.map(Number) } : { rule: body.rule }
    const { decision, reason = null, until } = body
    // An open campaign decides only on what prolonging it would meet.
    after(campaign, until === undefined ? 'decide-conflicts' : 'change-period', today)
    checkDecision(decision, reason, await kindsOf(db, campaign.id, today, which, until))
    const decided = await saveDecisions(db, campaign.id, today, which, {
      decision,
      reason,
      decidedBy: viewer.accountId,
      decidedAt: now,
      until,
    })
    return {
      reply: { decided, undecided: await countConflicts(db, campaign.id, today, { undecided: true, until }) },
      audit: [
        {
          action: 'campaign.conflicts-decided',
          subject: ['campaign', campaign.id],
          detail: {
            ...which,
            ...(until ? { until } : {}),
            decision,
            characters: { reason: reason?.length ?? null },
            decided,
          },
        },
      ],
    }
  },
})
