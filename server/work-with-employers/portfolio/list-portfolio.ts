import type { Reply } from '../../../contract/route.ts'
import * as contract from '../../../contract/work-with-employers/portfolio.ts'
import { action, type Context } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { covers, type Viewer } from '../../platform/viewer.ts'
import { nextActionReply } from '../exchanges/exchange-reply.ts'
import { nextActionsByIds, type PlannedAction } from '../exchanges/next-actions.queries.ts'
import { parisMoment } from '../exchanges/next-actions.ts'
import { readPortfolio } from './portfolio.queries.ts'

type Line = Reply<typeof contract.listPortfolio>['items'][number]
type Row = Awaited<ReturnType<typeof readPortfolio>>['lines'][number]

export const listPortfolio = action(contract.listPortfolio, {
  load: async ({ query: { after, limit = 50, total, sort = 'day', ...filter } }, { db, now, today }) => {
    const cursor = readCursor(after, keyShapes.text, keyShapes.text, keyShapes.number, keyShapes.id)
    const { lines, counts, campaigns } = await readPortfolio(db, parisMoment(now, today), filter, sort, cursor, limit)
    const page = pageOf(lines, limit, row => [row.rank, row.sort, row.siret, row.id])
    return {
      page,
      actions: await nextActionsByIds(
        db,
        page.rows.flatMap(({ actionId }) => actionId ?? []),
      ),
      counts,
      campaigns,
      total: total && !filter.group ? counts[filter.part ?? 'all'] : undefined,
    }
  },
  may: () => true, // one's own
  run: async ({ page, actions, counts, campaigns, total }, _input, context) => ({
    items: page.rows.map(row => lineOf(row, row.actionId === null ? undefined : actions.get(row.actionId), context)),
    next: page.next,
    total,
    counts,
    campaigns: [...campaigns],
  }),
})

const lineOf = (row: Row, planned: PlannedAction | undefined, context: Context): Line => ({
  campaign: row.campaignId === null ? null : { id: row.campaignId, name: row.campaignName },
  establishment: row.establishment,
  status: row.status,
  takenAt: row.takenAt && new Date(row.takenAt).toISOString(),
  new: row.new,
  lastContact: row.lastContact,
  nextAction: planned ? nextActionReply(planned, context) : null,
  said: row.said,
  phone: row.phone,
  correspondent: row.correspondent,
  position:
    row.latitude === null || row.longitude === null || row.establishment.partialDiffusion
      ? null
      : { lat: row.latitude, lon: row.longitude },
  allowed: allowedOn(row, context.viewer),
})

const allowedOn = ({ territories, status }: Row, viewer: Viewer): Line['allowed'] => {
  if (!covers(viewer, 'campagnes', 'conseiller', territories)) return []
  return [
    ...(covers(viewer, 'fiche-etablissement', 'consultation', territories) ? ['record' as const] : []),
    ...(status === null ? [] : ['release' as const]),
  ]
}
