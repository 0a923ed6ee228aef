import * as contract from '../../../contract/work-with-employers/targets.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { targetGroups } from './target-groups.queries.ts'

const most = 300

export const listTargetGroups = action(contract.listTargetGroups, {
  load: async ({ params: { campaignId }, query: { group, ...filter } }, { db }) => {
    const [campaign, groups] = await Promise.all([
      plainCampaign(db, campaignId),
      targetGroups(db, campaignId, filter, group, most),
    ])
    return { campaign: found(campaign), groups }
  },
  may: (viewer, { campaign }) => mayRead(viewer, campaign),
  run: async ({ groups }) => ({ items: groups.slice(0, most), more: groups.length > most }),
})
