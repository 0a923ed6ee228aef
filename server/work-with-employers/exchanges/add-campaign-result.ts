import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayPilot } from '../campaigns/campaigns.policy.ts'
import { lockCampaign } from '../campaigns/campaigns.queries.ts'
import { resultReply } from './result-reply.ts'
import { checkNewLabel, checkStatus, labelOf } from './result-rules.ts'
import { campaignResults, insertCampaignResult } from './results.queries.ts'

export const addCampaignResult = action(contract.addCampaignResult, {
  load: async ({ params }, { db }) => {
    // The campaign is locked: two pilots adding the same words take turns, and so does its closing.
    const [campaign, results] = await Promise.all([
      lockCampaign(db, params.campaignId),
      campaignResults(db, params.campaignId),
    ])
    return { campaign: found(campaign), results }
  },
  may: (viewer, { campaign }) => mayPilot(viewer, campaign),
  run: async ({ campaign, results }, { body }, { db, viewer, now, newId }) => {
    const result = {
      id: newId(),
      campaignId: campaign.id,
      label: labelOf(body.label),
      base: body.base,
      createdAt: now,
      retiredAt: null,
    }
    checkStatus(campaign.status)
    checkNewLabel(result.label, results)
    await insertCampaignResult(db, result, viewer.accountId)
    return {
      reply: resultReply(result, true),
      audit: [
        {
          action: 'campaign.result-added',
          subject: ['campaign', campaign.id],
          detail: { resultId: result.id, label: result.label, base: result.base },
        },
      ],
    }
  },
})
