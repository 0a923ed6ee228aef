import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayPilot } from '../campaigns/campaigns.policy.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { successorsOf } from './successors.queries.ts'

export const listSuccessors = action(contract.listSuccessors, {
  load: async ({ params: { campaignId } }, { db, today }) => {
    const [campaign, successors] = await Promise.all([
      plainCampaign(db, campaignId),
      successorsOf(db, campaignId, today),
    ])
    return { campaign: found(campaign), successors }
  },
  may: (viewer, { campaign }) => mayPilot(viewer, campaign),
  run: async ({ successors }) => ({ items: successors.map(({ organisation }) => organisation) }),
})
