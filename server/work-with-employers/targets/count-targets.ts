import * as contract from '../../../contract/work-with-employers/targets.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { divisionLabel } from '../../territory-and-register/territories/naf-labels.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { countTargets as select } from './target-views.queries.ts'

export const countTargets = action(contract.countTargets, {
  load: async ({ params: { campaignId }, query }, { db }) => {
    const [campaign, counts] = await Promise.all([plainCampaign(db, campaignId), select(db, campaignId, query)])
    return { campaign: found(campaign), counts }
  },
  may: (viewer, { campaign }) => mayRead(viewer, campaign),
  run: async ({ counts: { zones, divisions, ...counts } }) => ({
    ...counts,
    zones: zones.map(({ zone, commune, name, count }) => ({
      zone: zone === null || commune ? zone : Number(zone),
      name,
      count,
    })),
    activities: divisions.map(({ code, count }) => ({
      code,
      label: (code && divisionLabel(code)) ?? 'Activité inconnue',
      count,
    })),
  }),
})
