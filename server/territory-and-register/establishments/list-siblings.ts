import * as contract from '../../../contract/territory-and-register/establishments.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { listSiblings as select } from './company.queries.ts'

export const listSiblings = action(contract.listSiblings, {
  load: async ({ params, query: { closed = false, limit = 50, after } }, { db, today }) => {
    const key = readCursor(after, keyShapes.number, keyShapes.number)
    return pageOf(
      await select(
        db,
        Number(params.siret),
        {
          closed,
          limit: limit + 1,
          ...(key ? { after: { rank: Math.min(Number(key[0]), 3), siret: Number(key[1]) } } : {}),
        },
        today,
      ),
      limit,
      ({ rank, siret }) => [rank, siret],
    )
  },
  may: () => true, // the register is public; what it does not diffuse is not stored
  run: async ({ rows, next }) => ({ items: rows.map(({ line }) => line), next }),
})
