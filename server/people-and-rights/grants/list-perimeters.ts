import * as contract from '../../../contract/people-and-rights/grants.ts'
import { action } from '../../platform/action.ts'
import { ownTerritories } from '../organisations/ceiling.queries.ts'
import { openAgencies } from '../organisations/structure.queries.ts'
import { colleagues } from './requests.queries.ts'

export const listPerimeters = action(contract.listPerimeters, {
  load: async (_input, { db }) => {
    const [territories, agencies, others] = await Promise.all([ownTerritories(db), openAgencies(db), colleagues(db)])
    return { territories, agencies, colleagues: others }
  },
  may: () => true,
  run: async reply => reply,
})
