import * as contract from '../../../contract/people-and-rights/organisations.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { agencyFault } from './agency-rules.ts'
import { askedTerritories, isWide } from './ceiling.queries.ts'
import { widenedNotice } from './organisations.mails.ts'
import { findAgency, insertAgency } from './structure.queries.ts'

/** A wide agency is told at its birth as a widened one is: to the operator's security officer and to the signatory. */
export const declareAgency = action(contract.declareAgency, {
  load: async ({ body }, { db }) => ({
    asked: await askedTerritories(db, body.territories, null),
    wide: await isWide(db, body.territories),
  }),
  may: () => true, // the role is asked by the route; row-level security keeps to one's own organisation
  run: async ({ asked, wide }, { body }, { db, viewer, now, newId }) => {
    const fault = agencyFault(asked, body.territories.length)
    if (fault) throw new Refused(fault)
    const id = newId()
    const agency = { id, name: body.name.trim(), territories: body.territories }
    await insertAgency(db, { ...agency, organisationId: viewer.organisationId })
    const declared = found(await findAgency(db, id))
    const told = wide
      ? await tellRoles(
          db,
          { organisationId: viewer.organisationId, but: [viewer.accountId] },
          widenedNotice(
            id,
            viewer.organisationName,
            declared.territories.map(t => t.name),
            null,
          ),
          { newId, now },
        )
      : null
    return {
      reply: { ...declared, told },
      audit: [{ action: 'agency.declared', subject: ['agency', id], detail: { ...agency, ...(told ? { told } : {}) } }],
    }
  },
})
