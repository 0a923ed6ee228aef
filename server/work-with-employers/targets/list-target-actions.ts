import type { Reply } from '../../../contract/route.ts'
import * as contract from '../../../contract/work-with-employers/targets.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { siretText } from '../../platform/siret.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { parisMoment } from '../exchanges/next-actions.ts'
import { listTargetActions as select } from './target-views.queries.ts'

const most = 1000
type Item = Reply<typeof contract.listTargetActions>['items'][number]

export const listTargetActions = action(contract.listTargetActions, {
  load: async ({ params: { campaignId }, query: { from, to, ...filter } }, { db, now, today }) => {
    const [campaign, rows] = await Promise.all([
      plainCampaign(db, campaignId),
      select(db, campaignId, filter, from, to, parisMoment(now, today), most),
    ])
    return { campaign: found(campaign), rows }
  },
  may: (viewer, { campaign }) => mayRead(viewer, campaign),
  run: async ({ rows }) => ({
    items: rows.slice(0, most).map(row => ({ ...row, siret: siretText(row.siret), kind: row.kind as Item['kind'] })),
    more: rows.length > most,
  }),
})
