import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { action } from '../../platform/action.ts'
import { eventReply, signatoryReply } from './deed-reply.ts'
import { enteredEvents } from './events.queries.ts'
import { mayFindStructures } from './rgc.policy.ts'
import { clockOf } from './rgc.queries.ts'
import { structuresNamed } from './structures.queries.ts'

/**
 * Whose paper it is that the operator received: the structures of this name that the viewer answers for, and the
 * departures that the viewer entered.
 */
export const findStructures = action(contract.findStructures, {
  load: async ({ query }, { db }) => {
    const structures = query.q === undefined ? [] : await structuresNamed(db, query.q.trim())
    const [at, entered] = await Promise.all([clockOf(db), enteredEvents(db)])
    return { at, structures, entered }
  },
  may: mayFindStructures,
  run: async ({ at, structures, entered }, _input, { viewer }) => ({
    items: structures.map(({ organisation, conventions, signatories, inPlace }) => ({
      organisation,
      conventions: [...conventions],
      signatories: signatories.map(signatoryReply),
      inPlace: inPlace.toSorted((a, b) => a.name.localeCompare(b.name, 'fr')),
    })),
    entered: entered.map(event => eventReply(viewer, event, at)),
  }),
})
