import * as contract from '../../../contract/agreement/awareness.ts'
import { action } from '../../platform/action.ts'
import { mayRecordAwareness } from './awareness.policy.ts'
import { peopleAt } from './awareness.queries.ts'

/** Who came, by their addresses: accounts of one's own structure. What is not recognised is said, and nothing is kept. */
export const recognisePeople = action(contract.recognisePeople, {
  load: ({ body: { addresses } }, { db }) =>
    peopleAt(
      db,
      addresses.map(address => address.toLowerCase()),
    ),
  may: viewer => mayRecordAwareness(viewer),
  run: async (found, { body: { addresses } }, { viewer }) => {
    const known = new Set(found.map(person => person.email))
    return {
      people: found.filter(({ id }) => id !== viewer.accountId).map(({ email: _, ...person }) => person),
      unknown: [...new Set(addresses)].filter(address => !known.has(address.toLowerCase())),
      myself: found.some(({ id }) => id === viewer.accountId),
    }
  },
})
