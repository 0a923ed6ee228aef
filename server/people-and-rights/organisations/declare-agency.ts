import * as contract from '../../../contract/people-and-rights/organisations.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { agencyFault } from './agency-rules.ts'
import { askedTerritories } from './ceiling.queries.ts'
import { findAgency, insertAgency } from './structure.queries.ts'

export const declareAgency = action(contract.declareAgency, {
  load: async ({ body }, { db }) => askedTerritories(db, body.territories, null),
  may: () => true, // the role is asked by the route; row-level security keeps to one's own organisation
  run: async (asked, { body }, { db, viewer, newId }) => {
    const fault = agencyFault(asked, body.territories.length)
    if (fault) throw new Refused(fault)
    const id = newId()
    const agency = { id, name: body.name.trim(), territories: body.territories }
    await insertAgency(db, { ...agency, organisationId: viewer.organisationId })
    return {
      reply: (await findAgency(db, id))!,
      audit: [{ action: 'agency.declared', subject: ['agency', id], detail: agency }],
    }
  },
})
