import * as contract from '../../../contract/territory-and-register/territories.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { countTerritories, listTerritories as list } from './territories.queries.ts'

export const listTerritories = action(contract.listTerritories, {
  load: async ({ query }, { db }) => {
    const after = readCursor(query.after, keyShapes.number, keyShapes.text, keyShapes.number)
    const limit = query.limit ?? 50
    const filter = {
      q: query.q?.trim() || undefined,
      kind: query.kind,
      within: query.within,
      own: query.own,
      limit: limit + 1,
      after: after && { rank: Number(after[0]), key: after[1]!, id: Number(after[2]) },
    }
    const [rows, total] = await Promise.all([list(db, filter), query.total ? countTerritories(db, filter) : undefined])
    return { page: pageOf(rows, limit, t => [t.rank, t.key, t.id]), total }
  },
  may: () => true, // public geography
  run: async ({ page, total }) => ({ items: [...page.rows], next: page.next, total }),
})
