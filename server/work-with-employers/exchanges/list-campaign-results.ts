import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { mayExtend, resultReply } from './result-reply.ts'
import { campaignResults } from './results.queries.ts'

export const listCampaignResults = action(contract.listCampaignResults, {
  load: async ({ params }, { db }) => {
    const [campaign, results] = await Promise.all([
      plainCampaign(db, params.campaignId),
      campaignResults(db, params.campaignId),
    ])
    return { campaign: found(campaign), results }
  },
  may: (viewer, { campaign }) => mayRead(viewer, campaign),
  run: async ({ campaign, results }, _input, { viewer }) => {
    const extend = mayExtend(viewer, campaign)
    return { items: results.map(result => resultReply(result, extend)), allowed: extend ? ['add' as const] : [] }
  },
})
