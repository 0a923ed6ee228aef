import * as contract from '../../../contract/work-with-employers/register-moves.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { targetOrigins } from './own-moves.queries.ts'

export const listTargetOrigins = action(contract.listTargetOrigins, {
  load: async ({ params: { campaignId, siret } }, { db, today }) => {
    const [campaign, items] = await Promise.all([
      plainCampaign(db, campaignId),
      targetOrigins(db, campaignId, Number(siret), today),
    ])
    return { campaign: found(campaign), items }
  },
  may: (viewer, { campaign }) => mayRead(viewer, campaign),
  run: async ({ items }) => ({ items }),
})
