import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action, type Context } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { after, type Campaign } from './campaign-lifecycle.ts'
import { meetingMails } from './campaigns.mails.ts'
import { mayPilot } from './campaigns.policy.ts'
import { lockCampaign } from './campaigns.queries.ts'
import { checkDecision } from './conflict-rules.ts'
import {
  type Chosen,
  countConflicts,
  kindsOf,
  saveDecisions,
  takenCampaignContacts,
  takenMeetings,
} from './conflicts.queries.ts'

export const decideConflicts = action(contract.decideConflicts, {
  load: async ({ params }, { db }) => found(await lockCampaign(db, params.campaignId)),
  may: mayPilot,
  run: async (campaign, { body }, context) => {
    const { db, viewer, now, today } = context
    const which: Chosen = 'sirets' in body ? { sirets: body.sirets.map(Number) } : { rule: body.rule }
    const { decision, reason = null, until } = body
    // An open campaign decides only on what prolonging it would meet.
    const prolongs = until !== undefined && campaign.status !== 'closed'
    after(campaign, prolongs ? 'change-period' : 'decide-conflicts', today)
    checkDecision(decision, reason, await kindsOf(db, campaign.id, today, which, until))
    const decided = await saveDecisions(db, campaign.id, today, which, {
      decision,
      reason,
      decidedBy: viewer.accountId,
      decidedAt: now,
      until,
    })
    const awaiting = decision === 'take' ? await askForMeetings(campaign, context) : 0
    return {
      reply: { decided, awaiting, undecided: await countConflicts(db, campaign.id, today, { undecided: true, until }) },
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

/** Who holds what was just decided to be taken where a meeting is fixed is asked for their word. Says how many. */
const askForMeetings = async (campaign: Campaign, { db, viewer, now, today, newId }: Context): Promise<number> => {
  const meetings = await takenMeetings(db, campaign.id, today, now)
  if (meetings.length === 0) return 0
  const holders = meetings.map(({ fromCampaignId }) => fromCampaignId)
  const contacts = await takenCampaignContacts(db, campaign.id, holders)
  const others = contacts.filter(({ accountId }) => accountId !== viewer.accountId)
  for (const mail of meetingMails(campaign, meetings, others)) await tellPerson(db, mail, { newId, now })
  return meetings.reduce((sum, { sirets }) => sum + sirets.length, 0)
}
