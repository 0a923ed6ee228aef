import * as contract from '../../../contract/work-with-employers/company.ts'
import { action } from '../../platform/action.ts'
import { cursorOf, keyShapes, readCursor } from '../../platform/cursor.ts'
import { found } from '../../platform/errors.ts'
import { mayRead } from '../exchanges/exchanges.policy.ts'
import { establishmentPlace } from '../exchanges/exchanges.queries.ts'
import { relations } from './relations.ts'

const none = { held: [], heldElsewhere: [], contacts: [], planned: [], commitments: [], correspondents: [] }
/** Past so many lines, a company is read establishment by establishment: no page follows. */
const most = 10_000

export const listCompanyRelations = action(contract.listCompanyRelations, {
  load: async ({ params, query: { after, limit = 50 } }, context) => {
    const siret = Number(params.siret)
    // Each list has an order of its own: the cursor says how many of its lines were read.
    const from = Math.min(Number(readCursor(after, keyShapes.number)?.[0] ?? 0), most)
    const page = Math.min(limit, most - from)
    const [establishment, rows] = await Promise.all([
      establishmentPlace(context.db, siret),
      relations[params.list].read(context, siret, { limit: page + 1, from }),
    ])
    return {
      establishment: found(establishment),
      rows: rows.slice(0, page),
      next: rows.length > page && from + page < most ? cursorOf([from + page]) : null,
    }
  },
  may: (viewer, { establishment }) => mayRead(viewer, establishment) || 'access/outside-perimeter',
  run: async ({ rows, next }, { params }, context) => ({
    ...none,
    [params.list]: await relations[params.list].reply(rows as never, context),
    next,
  }),
})
