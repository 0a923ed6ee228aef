import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { campaignReply, mayRead } from './campaigns.policy.ts'
import { campaignById } from './campaigns.queries.ts'

export const getCampaign = action(contract.getCampaign, {
  load: async ({ params }, { db, today }) => found(await campaignById(db, params.campaignId, today)),
  may: mayRead,
  run: async (campaign, _input, { viewer }) => campaignReply(viewer, campaign),
})
