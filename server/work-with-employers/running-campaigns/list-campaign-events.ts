import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { eventsOf } from '../campaigns/events.queries.ts'

export const listCampaignEvents = action(contract.listCampaignEvents, {
  load: async ({ params: { campaignId } }, { db }) => {
    const [campaign, items] = await Promise.all([plainCampaign(db, campaignId), eventsOf(db, campaignId)])
    return { campaign: found(campaign), items }
  },
  may: (viewer, { campaign }) => mayRead(viewer, campaign),
  run: async ({ items }) => ({ items }),
})
