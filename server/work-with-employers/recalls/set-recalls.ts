import * as contract from '../../../contract/work-with-employers/recalls.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { after } from '../campaigns/campaign-lifecycle.ts'
import { mayPilot } from '../campaigns/campaigns.policy.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { inOrder } from './recall-rules.ts'
import { recallsOf, saveRecalls } from './recalls.queries.ts'
import { recallsReply } from './recalls-reply.ts'

export const setRecalls = action(contract.setRecalls, {
  load: async ({ params: { campaignId } }, { db }) => {
    const [campaign, before] = await Promise.all([plainCampaign(db, campaignId), recallsOf(db, campaignId)])
    return { campaign: found(campaign), before }
  },
  may: (viewer, { campaign }) => mayPilot(viewer, campaign),
  run: async ({ campaign, before }, { body, ifMatch = 0 }, { db, viewer, today, settings }) => {
    after(campaign, 'correct', today)
    if (!inOrder(body)) throw new Refused('recalls/out-of-order')
    const reply = async () => recallsReply(viewer, campaign, await recallsOf(db, campaign.id), settings.recalls)
    const same = ifMatch === (before?.version ?? 0)
    if (!same || !(await saveRecalls(db, campaign.id, body, ifMatch)))
      throw new Refused('request/changed-meanwhile', { current: await reply() })
    return {
      reply: await reply(),
      audit: [
        {
          action: 'campaign.recalls-set',
          subject: ['campaign', campaign.id],
          detail: { before: before ?? null, after: body },
        },
      ],
    }
  },
})
