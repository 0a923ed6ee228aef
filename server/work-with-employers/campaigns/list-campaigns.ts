import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { holds } from '../../platform/viewer.ts'
import { campaignReply } from './campaigns.policy.ts'
import { countCampaigns, listCampaigns as select } from './campaigns.queries.ts'

export const listCampaigns = action(contract.listCampaigns, {
  load: async ({ query: { status, siret, sort = 'start', after, limit = 50, total } }, { db }) => {
    const filter = { status, siret: siret === undefined ? undefined : Number(siret) }
    const [rows, count] = await Promise.all([
      select(db, filter, sort, readCursor(after, keyShapes.text, keyShapes.day, keyShapes.id), limit),
      total ? countCampaigns(db, filter) : undefined,
    ])
    return { page: pageOf(rows, limit, ({ rank, startsOn, id }) => [rank, startsOn, id]), total: count }
  },
  may: () => true, // row-level security chose the rows
  run: async ({ page, total }, _input, { viewer }) => ({
    items: page.rows.map(({ rank, ...campaign }) => campaignReply(viewer, campaign)),
    next: page.next,
    total,
    allowed: holds(viewer, 'campagnes', 'pilote') ? ['create' as const] : [],
  }),
})
