import * as contract from '../../../contract/agreement/partner-roles.ts'
import { action } from '../../platform/action.ts'
import { mayGive } from './partner-roles.policy.ts'
import { searchTakers } from './partner-roles.queries.ts'

export const listPartnerRoleTakers = action(contract.listPartnerRoleTakers, {
  load: ({ query: { role, q = '' } }, { db }) => searchTakers(db, role, q.trim()),
  may: (viewer, _takers, { query }) => mayGive(viewer, query.role),
  run: async takers => ({ items: takers, next: null }),
})
