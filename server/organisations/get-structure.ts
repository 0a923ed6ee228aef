import * as contract from '../../contract/habilitations.ts'
import { action } from '../platform/action.ts'
import { holdsRole } from '../platform/viewer.ts'
import { listAgencies, listThirdParties } from './structure.queries.ts'
import { thirdPartyReply } from './structure-rules.ts'

export const getStructure = action(contract.getStructure, {
  load: async (_input, { db }) => {
    const [agencies, thirdParties] = await Promise.all([listAgencies(db), listThirdParties(db)])
    return { agencies, thirdParties }
  },
  may: viewer => holdsRole(viewer, 'rgc', 'signataire') || 'access/role-required',
  run: async ({ agencies, thirdParties }, _input, { viewer }) => ({ agencies, thirdParties: thirdParties.map(thirdPartyReply), allowed: holdsRole(viewer, 'rgc') ? ['edit' as const] : [] }),
})
