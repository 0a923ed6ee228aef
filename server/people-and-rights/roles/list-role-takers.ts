import * as contract from '../../../contract/people-and-rights/roles.ts'
import { action } from '../../platform/action.ts'
import { searchTakers } from './roles.queries.ts'

export const listRoleTakers = action(contract.listRoleTakers, {
  load: ({ query: { q = '' } }, { db }) => searchTakers(db, q.trim()),
  may: () => true,
  run: async takers => ({ items: takers, next: null }),
})
