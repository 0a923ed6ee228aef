import * as contract from '../../../contract/work-with-employers/sharing.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { found } from '../../platform/errors.ts'
import { possible } from '../campaigns/campaign-lifecycle.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { mayShareOut, sharingReply } from './sharing.policy.ts'
import { countSharings, listSharings as select } from './sharing.queries.ts'

export const listSharings = action(contract.listSharings, {
  load: async ({ params: { campaignId }, query: { after, limit = 50, total } }, { db }) => {
    const from = readCursor(after, isInstant, keyShapes.id)
    const [campaign, rows, count] = await Promise.all([
      plainCampaign(db, campaignId),
      select(db, campaignId, from, limit),
      total ? countSharings(db, campaignId) : undefined,
    ])
    return {
      campaign: found(campaign),
      page: pageOf(rows, limit, sharing => [sharing.doneAt, sharing.id]),
      total: count,
    }
  },
  may: (viewer, { campaign }) => mayRead(viewer, campaign),
  run: async ({ campaign, page, total }, _input, { viewer, now }) => ({
    items: page.rows.map(sharing => sharingReply(viewer, campaign, sharing, now)),
    next: page.next,
    total,
    allowed:
      possible(campaign.status, 'work-targets') && mayShareOut(viewer, campaign) === true ? ['share-out' as const] : [],
  }),
})
const isInstant = (part: string) =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(part) && !Number.isNaN(Date.parse(part))
