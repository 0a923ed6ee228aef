import * as contract from '../../../contract/work-with-employers/progress.ts'
import { action } from '../../platform/action.ts'
import { campaignReply } from '../campaigns/campaigns.policy.ts'
import { pilotedCampaigns } from '../campaigns/campaigns.queries.ts'
import { countStuckIn } from './progress.queries.ts'
import { openSinceOf, stuckSince } from './progress-rules.ts'

const days = 14
const shown = 50

export const listPiloted = action(contract.listPiloted, {
  load: async (_input, { db, today }) => {
    const campaigns = await pilotedCampaigns(db, shown)
    const open = campaigns.flatMap(({ id, status }) => (status === 'open' ? id : []))
    const counts = open.length ? await countStuckIn(db, open, today, stuckSince(today, days)) : []
    return { campaigns, counts: new Map(counts.map(one => [one.campaignId, one])), since: stuckSince(today, days) }
  },
  may: () => true, // the query chose those that the viewer pilots
  run: async ({ campaigns, counts, since }, _input, { viewer }) => ({
    items: campaigns.map(campaign => {
      const { untouched = 0, late = 0, quiet = 0, waiting = 0 } = counts.get(campaign.id) ?? {}
      const openSince = openSinceOf(campaign)
      return {
        campaign: campaignReply(viewer, campaign),
        stuck: [
          { kind: 'untouched' as const, count: untouched },
          { kind: 'late' as const, count: late },
          { kind: 'silent' as const, count: openSince !== null && openSince <= since ? quiet : 0 },
          { kind: 'waiting' as const, count: waiting },
        ].filter(({ count }) => count > 0),
      }
    }),
    days,
  }),
})
