import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayPilot } from '../campaigns/campaigns.policy.ts'
import { lockCampaign } from '../campaigns/campaigns.queries.ts'
import { resultReply } from './result-reply.ts'
import { checkStatus } from './result-rules.ts'
import { campaignResults, saveRetired } from './results.queries.ts'

export const retireCampaignResult = action(contract.retireCampaignResult, {
  load: async ({ params }, { db }) => {
    const [campaign, results] = await Promise.all([
      lockCampaign(db, params.campaignId),
      campaignResults(db, params.campaignId),
    ])
    return { campaign: found(campaign), result: found(results.find(({ id }) => id === params.resultId)) }
  },
  may: (viewer, { campaign }) => mayPilot(viewer, campaign),
  run: async ({ campaign, result }, _input, { db, now }) => {
    checkStatus(campaign.status)
    if (result.retiredAt) throw new Refused('campaign-result/already-retired')
    await saveRetired(db, result.id, now)
    return {
      reply: resultReply({ ...result, retiredAt: now }, true),
      audit: [
        {
          action: 'campaign.result-retired',
          subject: ['campaign', campaign.id],
          detail: { resultId: result.id, label: result.label, base: result.base },
        },
      ],
    }
  },
})
