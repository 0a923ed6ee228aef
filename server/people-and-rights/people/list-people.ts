import * as contract from '../../../contract/people-and-rights/people.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { mayManage, seesEveryone } from '../accounts/accounts.policy.ts'
import { countPeople, managersInEffect, listPeople as select } from './people.queries.ts'
import { lineOf } from './person-reply.ts'
import { watch } from './watch.ts'

export const listPeople = action(contract.listPeople, {
  load: async (_input, { db }) => (await managersInEffect(db)) > 0,
  may: viewer => mayManage(viewer),
  run: async (isManaged, { query: { after, limit = 50, total, sort = 'name', anomaly, q, ...asked } }, context) => {
    const from = readCursor(after, keyShapes.text, keyShapes.id)
    const everyone = anomaly ? await watch(context) : undefined
    const filter = {
      ...asked,
      q: q?.trim(),
      managersOnly: isManaged && !seesEveryone(context.viewer),
      among: everyone && [...everyone.of].filter(([, found]) => found.includes(anomaly!)).map(([id]) => id),
    }
    const [rows, count] = await Promise.all([
      select(context.db, filter, sort, from, limit),
      total ? countPeople(context.db, filter) : undefined,
    ])
    const page = pageOf(rows, limit, row => [row.sortKey, row.id])
    const { of } =
      everyone ??
      (await watch(
        context,
        page.rows.map(row => row.id),
      ))
    return {
      items: page.rows.map(row => lineOf(row, of, context.today)),
      next: page.next,
      ...(count === undefined ? {} : { total: count }),
    }
  },
})
