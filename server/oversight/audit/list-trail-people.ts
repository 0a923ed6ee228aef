import * as contract from '../../../contract/oversight/audit.ts'
import { action } from '../../platform/action.ts'
import { peopleOfOurs } from './entries.queries.ts'

export const listTrailPeople = action(contract.listTrailPeople, {
  load: (_input, { db }) => peopleOfOurs(db),
  may: () => true, // the role is asked for by the route
  run: async items => ({ items }),
})
