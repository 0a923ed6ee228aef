import type { Reply } from '../../../contract/route.ts'
import * as contract from '../../../contract/work-with-employers/portfolio.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { covers } from '../../platform/viewer.ts'
import { parisMoment } from '../exchanges/next-actions.ts'
import { countPortfolio, portfolioCampaigns, listPortfolio as select } from './portfolio.queries.ts'

type Line = Reply<typeof contract.listPortfolio>['items'][number]

export const listPortfolio = action(contract.listPortfolio, {
  load: async ({ query: { after, limit = 50, total, ...filter } }, { db, now, today }) => {
    const moment = parisMoment(now, today)
    const [rows, counts, campaigns] = await Promise.all([
      select(db, moment, filter, readCursor(after, keyShapes.text, keyShapes.number, keyShapes.id), limit),
      countPortfolio(db, moment, filter),
      portfolioCampaigns(db),
    ])
    return {
      page: pageOf(rows, limit, row => [row.sort, row.siret, row.campaignId]),
      counts,
      campaigns,
      total: total ? counts[filter.part ?? 'all'] : undefined,
    }
  },
  may: () => true, // one's own
  run: async ({ page, counts, campaigns, total }, _input, { viewer }) => ({
    items: page.rows.map((row): Line => {
      const works = covers(viewer, 'campagnes', 'conseiller', row.territories)
      return {
        campaign: { id: row.campaignId, name: row.campaignName },
        establishment: row.establishment,
        status: row.status,
        takenAt: row.takenAt.toISOString(),
        new: row.new,
        lastContact: row.lastContact,
        nextAction:
          row.actionId === null || row.dueOn === null
            ? null
            : {
                id: row.actionId,
                kind: row.actionKind as NonNullable<Line['nextAction']>['kind'],
                dueOn: row.dueOn,
                dueAt: row.dueAt,
                late: row.late,
              },
        phone: row.phone,
        position:
          row.latitude === null || row.longitude === null || row.establishment.partialDiffusion
            ? null
            : { lat: row.latitude, lon: row.longitude },
        allowed: works
          ? covers(viewer, 'fiche-etablissement', 'consultation', row.territories)
            ? ['record', 'release']
            : ['release']
          : [],
      }
    }),
    next: page.next,
    total,
    counts,
    campaigns,
  }),
})
