import * as contract from '../../../contract/work-with-employers/targets.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { siretText } from '../../platform/siret.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { listTargetPoints as select } from './target-views.queries.ts'

const most = 5000

export const listTargetPoints = action(contract.listTargetPoints, {
  load: async ({ params: { campaignId }, query: { south, west, north, east, ...filter } }, { db }) => {
    // Ignore an incomplete bounding box.
    const frame =
      south === undefined || west === undefined || north === undefined || east === undefined
        ? undefined
        : { south, west, north, east }
    const [campaign, rows] = await Promise.all([
      plainCampaign(db, campaignId),
      select(db, campaignId, filter, frame, most),
    ])
    return { campaign: found(campaign), rows }
  },
  may: (viewer, { campaign }) => mayRead(viewer, campaign),
  run: async ({ rows }) => {
    const shown = rows.slice(0, most)
    const items = shown.flatMap(({ lat, lon, ...row }) =>
      lat === null || lon === null ? [] : [{ ...row, siret: siretText(row.siret), lat, lon }],
    )
    return { items, unplaced: shown.length - items.length, more: rows.length > most }
  },
})
