import * as contract from '../../contract/habilitations.ts'
import { action } from '../platform/action.ts'
import { colleagues } from './requests.queries.ts'
import { listAgencies } from '../organisations/structure.queries.ts'

export const listPerimeters = action(contract.listPerimeters, {
  load: async (_input, { db }) => {
    const [agencies, others] = await Promise.all([listAgencies(db), colleagues(db)])
    return { agencies, colleagues: others }
  },
  may: () => true,
  run: async reply => reply,
})
