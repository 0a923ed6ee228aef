import * as contract from '../../../contract/work-with-employers/progress.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { found } from '../../platform/errors.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { campaignById } from '../campaigns/campaigns.queries.ts'
import { withEstablishments } from '../campaigns/references.queries.ts'
import { mayReadWho } from './progress.policy.ts'
import { countStuck, listStuck as readStuck, type StuckKind } from './progress.queries.ts'
import { stuckSince } from './progress-rules.ts'

export const listStuck = action(contract.listStuck, {
  load: async ({ params: { campaignId }, query: { kind, days = 14, after, limit = 50, total } }, { db, today }) => {
    const day = kind === 'late' ? today : stuckSince(today, days)
    // Before anything is asked: a cursor that is none leaves no answer unheard.
    const from = readCursor(after, keyShapes.day, keyShapes.text)
    const [campaign, rows, count] = await Promise.all([
      campaignById(db, campaignId, today),
      readStuck(db, kind as StuckKind, campaignId, day, from, limit),
      total ? countStuck(db, kind as StuckKind, campaignId, day) : undefined,
    ])
    const page = pageOf(rows, limit, row => [row.on, row.id])
    return { campaign: found(campaign), next: page.next, count, lines: await withEstablishments(db, page.rows, today) }
  },
  may: (viewer, { campaign }) => mayRead(viewer, campaign),
  run: async ({ campaign, lines, next, count }, _input, { viewer }) => ({
    items: lines.map(({ id, establishment, organisation, person, on, what }) => ({
      id,
      establishment,
      organisation,
      person: mayReadWho(viewer, campaign, { organisation, person }) ? person : null,
      since: { on, what: what as 'taken' },
    })),
    next,
    ...(count === undefined ? {} : { total: count }),
  }),
})
