import * as contract from '../../../contract/people-and-rights/organisations.ts'
import { action } from '../../platform/action.ts'
import { holdsRole } from '../../platform/viewer.ts'
import { ownTerritories } from './ceiling.queries.ts'
import { listAgencies, listThirdParties } from './structure.queries.ts'
import { thirdPartyReply } from './structure-rules.ts'

export const getStructure = action(contract.getStructure, {
  load: async (_input, { db }) => {
    const [territories, agencies, thirdParties] = await Promise.all([
      ownTerritories(db),
      listAgencies(db),
      listThirdParties(db),
    ])
    return { territories, agencies, thirdParties }
  },
  may: viewer => holdsRole(viewer, 'rgc', 'signataire') || 'access/role-required',
  run: async ({ territories, agencies, thirdParties }, _input, { viewer }) => ({
    territories,
    agencies,
    thirdParties: thirdParties.map(thirdPartyReply),
    allowed: holdsRole(viewer, 'rgc') ? ['edit' as const] : [],
  }),
})
