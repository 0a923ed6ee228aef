import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { action } from '../../platform/action.ts'
import { structuresNamed } from './structures.queries.ts'

/** Whose deed it is that the CSSI received: the structures of this name that they answer for. */
export const findStructures = action(contract.findStructures, {
  load: ({ query }, { db }) => structuresNamed(db, query.q.trim()),
  may: () => true,
  run: async rows => ({
    items: rows.map(({ organisation, conventions, signatories }) => ({
      organisation,
      conventions: [...conventions],
      signatories: [...signatories],
    })),
  }),
})
