import * as contract from '../../../contract/work-with-employers/recalls.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { recallsOf } from './recalls.queries.ts'
import { recallsReply } from './recalls-reply.ts'

export const getRecalls = action(contract.getRecalls, {
  load: async ({ params: { campaignId } }, { db }) => {
    const [campaign, own] = await Promise.all([plainCampaign(db, campaignId), recallsOf(db, campaignId)])
    return { campaign: found(campaign), own }
  },
  may: (viewer, { campaign }) => mayRead(viewer, campaign),
  run: async ({ campaign, own }, _input, { viewer, settings }) => recallsReply(viewer, campaign, own, settings.recalls),
})
