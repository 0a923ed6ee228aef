import * as contract from '../../../contract/oversight/security.ts'
import { action } from '../../platform/action.ts'
import { selectPeople } from './security.queries.ts'

export const findPeople = action(contract.findPeople, {
  load: ({ query }, { db }) => selectPeople(db, query.q.trim()),
  may: () => true,
  run: async items => ({ items }),
})
