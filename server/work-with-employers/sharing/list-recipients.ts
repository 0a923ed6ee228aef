import * as contract from '../../../contract/work-with-employers/sharing.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { mayShareOut, scopeOf } from './sharing.policy.ts'
import { listRecipients as select } from './sharing.queries.ts'

export const listRecipients = action(contract.listRecipients, {
  load: async ({ params: { campaignId } }, { db, today }) => {
    const [campaign, items] = await Promise.all([plainCampaign(db, campaignId), select(db, campaignId, today)])
    return { campaign: found(campaign), items }
  },
  may: (viewer, { campaign }) => mayShareOut(viewer, campaign),
  run: async ({ campaign, items }, _input, { viewer }) => ({ items, scope: scopeOf(viewer, campaign)! }),
})
