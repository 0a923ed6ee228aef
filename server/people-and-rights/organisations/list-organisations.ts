import * as contract from '../../../contract/territory-and-register/territories.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { countOrganisations, listOrganisations as select } from './organisations.queries.ts'

/** The directory of partners: open to whoever came in with two factors. */
export const listOrganisations = action(contract.listOrganisations, {
  load: async ({ query }, { db }) => {
    const limit = query.limit ?? 50
    const after = readCursor(query.after, keyShapes.text, keyShapes.id)
    const [rows, total] = await Promise.all([
      select(db, { q: query.q?.trim(), after: after && { name: after[0]!, id: after[1]! }, limit: limit + 1 }),
      query.total ? countOrganisations(db, query.q?.trim()) : undefined,
    ])
    return { ...pageOf(rows, limit, row => [row.name, row.id]), total }
  },
  may: () => true,
  run: async ({ rows, next, total }) => ({ items: [...rows], next, ...(total === undefined ? {} : { total }) }),
})
