import * as contract from '../../contract/habilitations.ts'
import { action } from '../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../platform/cursor.ts'
import { mayManage } from './habilitations.policy.ts'
import { countPeople, listPeople as select } from './people.queries.ts'
import { lineOf } from './person-reply.ts'

export const listPeople = action(contract.listPeople, {
  load: async ({ query: { after, limit = 50, total, sort = 'name', ...filter } }, { db }) => {
    const from = readCursor(after, keyShapes.text, keyShapes.id)
    const [rows, count] = await Promise.all([select(db, { ...filter, q: filter.q?.trim() }, sort, from, limit), total ? countPeople(db, { ...filter, q: filter.q?.trim() }) : undefined])
    return { page: pageOf(rows, limit, row => [row.sortKey, row.id]), total: count }
  },
  may: viewer => mayManage(viewer),
  run: async ({ page, total }, _input, { today }) => ({ items: page.rows.map(row => lineOf(row, today)), next: page.next, ...(total === undefined ? {} : { total }) }),
})
