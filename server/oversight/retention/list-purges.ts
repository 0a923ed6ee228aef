import * as contract from '../../../contract/oversight/retention.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { Refused } from '../../platform/errors.ts'
import { purgeReply } from './purge-words.ts'
import { countPurges, keyOf, purgesOf } from './purges.queries.ts'
import { mayReadPurges } from './retention.policy.ts'

const { day, text } = keyShapes

export const listPurges = action(contract.listPurges, {
  load: async ({ query: { from, to, after, limit = 50, total } }, { db }) => {
    if (from && to && from > to) throw new Refused('retention/period-reversed')
    const period = { from, to }
    return {
      page: pageOf(await purgesOf(db, period, readCursor(after, day, text, text, text, text), limit), limit, keyOf),
      total: total ? await countPurges(db, period) : undefined,
    }
  },
  may: viewer => mayReadPurges(viewer),
  run: async ({ page, total }) => ({
    items: page.rows.map(purgeReply),
    next: page.next,
    ...(total === undefined ? {} : { total }),
  }),
})
