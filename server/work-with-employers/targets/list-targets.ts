import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import type { Db } from '../../platform/database.ts'
import { found } from '../../platform/errors.ts'
import { mayRead, targetReply } from '../campaigns/campaigns.policy.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import type { Target } from '../campaigns/target-rules.ts'
import { listTargets as bySiret, countTargets, type TargetFilter } from '../campaigns/targets.queries.ts'
import { placedTargets, type TargetOrder, targetsOf } from './target-order.queries.ts'

interface Turn {
  readonly after: string | undefined
  readonly limit: number
  readonly today: string
}
interface Page {
  readonly rows: readonly Target[]
  readonly next: string | null
}

export const listTargets = action(contract.listTargets, {
  load: async ({ params: { campaignId }, query: { after, limit = 50, total, sort, ...filter } }, { db, today }) => {
    const turn = { after, limit, today }
    const [campaign, page, count] = await Promise.all([
      plainCampaign(db, campaignId),
      sort ? inOrder(db, campaignId, filter, sort, turn) : bySirets(db, campaignId, filter, turn),
      total ? countTargets(db, campaignId, filter) : undefined,
    ])
    return { campaign: found(campaign), page, total: count }
  },
  may: (viewer, { campaign }) => mayRead(viewer, campaign),
  run: async ({ campaign, page, total }, _input, { viewer }) => ({
    items: page.rows.map(target => targetReply(viewer, campaign, target)),
    next: page.next,
    total,
  }),
})

const bySirets = async (db: Db, campaignId: string, filter: TargetFilter, { after, limit, today }: Turn) => {
  const from = Number(readCursor(after, keyShapes.number)?.[0] ?? 0)
  const rows = await bySiret(db, campaignId, today, filter, from, limit)
  return pageOf(rows, limit, target => [target.establishment.siret])
}

const inOrder = async (
  db: Db,
  campaignId: string,
  filter: TargetFilter,
  order: TargetOrder,
  { after, limit, today }: Turn,
): Promise<Page> => {
  const key = readCursor(after, keyShapes.text, keyShapes.number)
  const { rows, next } = pageOf(await placedTargets(db, campaignId, filter, order, key, limit), limit, row => [
    row.sort,
    row.siret,
  ])
  const sirets = rows.map(({ siret }) => siret)
  return { rows: sirets.length ? await targetsOf(db, campaignId, sirets, today) : [], next }
}
