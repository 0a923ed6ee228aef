import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { action } from '../../platform/action.ts'
import { mayFindStructures } from './rgc.policy.ts'
import { structuresNamed } from './structures.queries.ts'

/** Whose deed it is that the operator received: the structures of this name that the viewer answers for. */
export const findStructures = action(contract.findStructures, {
  load: ({ query }, { db }) => structuresNamed(db, query.q.trim()),
  may: mayFindStructures,
  run: async rows => ({
    items: rows.map(({ organisation, conventions, signatories }) => ({
      organisation,
      conventions: [...conventions],
      signatories: [...signatories],
    })),
  }),
})
