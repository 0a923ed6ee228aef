import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { found } from '../../platform/errors.ts'
import { mayRead, targetReply } from './campaigns.policy.ts'
import { plainCampaign } from './campaigns.queries.ts'
import { countTargets, listTargets as select } from './targets.queries.ts'

export const listTargets = action(contract.listTargets, {
  load: async ({ params: { campaignId }, query: { after, limit = 50, total, ...filter } }, { db, today }) => {
    const from = Number(readCursor(after, keyShapes.number)?.[0] ?? 0)
    const [campaign, rows, count] = await Promise.all([
      plainCampaign(db, campaignId),
      select(db, campaignId, today, filter, from, limit),
      total ? countTargets(db, campaignId, filter) : undefined,
    ])
    return {
      campaign: found(campaign),
      page: pageOf(rows, limit, target => [target.establishment.siret]),
      total: count,
    }
  },
  may: (viewer, { campaign }) => mayRead(viewer, campaign),
  run: async ({ campaign, page, total }, _input, { viewer }) => ({
    items: page.rows.map(target => targetReply(viewer, campaign, target)),
    next: page.next,
    total,
  }),
})
