import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayPilot } from './campaigns.policy.ts'
import { plainCampaign, listLeadCandidates as select } from './campaigns.queries.ts'

export const listLeadCandidates = action(contract.listLeadCandidates, {
  load: async ({ params: { campaignId }, query: { q } }, { db, today }) => {
    const [campaign, items] = await Promise.all([plainCampaign(db, campaignId), select(db, campaignId, q, today)])
    return { campaign: found(campaign), items }
  },
  may: (viewer, { campaign }) => mayPilot(viewer, campaign),
  run: async ({ items }) => ({ items }),
})
