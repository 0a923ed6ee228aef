import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { found } from '../../platform/errors.ts'
import { mayPilot } from './campaigns.policy.ts'
import { plainCampaign } from './campaigns.queries.ts'
import { countConflicts, groupConflicts, listConflicts as select } from './conflicts.queries.ts'

export const listConflicts = action(contract.listConflicts, {
  load: async ({ params: { campaignId }, query: { after, limit = 50, total, ...filter } }, { db, today }) => {
    const from = readCursor(after, keyShapes.number, keyShapes.day, keyShapes.number)
    const [campaign, rows, counts, count] = await Promise.all([
      plainCampaign(db, campaignId),
      select(db, campaignId, today, filter, from, limit),
      groupConflicts(db, campaignId, today, filter.until),
      total ? countConflicts(db, campaignId, today, filter) : undefined,
    ])
    return {
      campaign: found(campaign),
      page: pageOf(rows, limit, conflict => [conflict.establishment.siret, conflict.on, conflict.nth]),
      ...counts,
      total: count,
    }
  },
  may: (viewer, { campaign }) => mayPilot(viewer, campaign),
  run: async ({ page, groups, byKind, total }) => ({
    items: page.rows.map(({ nth: _, ...conflict }) => conflict),
    next: page.next,
    groups,
    byKind,
    total,
  }),
})
