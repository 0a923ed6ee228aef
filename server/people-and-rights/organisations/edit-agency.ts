import * as contract from '../../../contract/people-and-rights/organisations.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action, type Entry } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { agencyFault, widens } from './agency-rules.ts'
import { askedTerritories, grantsOn, rightsThere } from './ceiling.queries.ts'
import { widenedNotice } from './organisations.mails.ts'
import { findAgency, lockAgency, saveAgency } from './structure.queries.ts'

/**
 * Grants on an agency follow its territories at once. A holder of one changes only its name (ACC-4).
 * A wider agency is told to the operator's security officer and to the signatory.
 */
export const editAgency = action(contract.editAgency, {
  load: async ({ params, body }, { db }) => {
    const [agency, asked, own, grants] = await Promise.all([
      lockAgency(db, params.agencyId),
      askedTerritories(db, body.territories, params.agencyId),
      rightsThere(db, params.agencyId),
      grantsOn(db, params.agencyId),
    ])
    const served = found(agency).territories.map(t => t.id)
    const same = served.length === body.territories.length && served.every(id => body.territories.includes(id))
    return { agency: found(agency), served, asked, own, grants, same }
  },
  may: (_viewer, { own, same }) => !own || same || 'agency/own', // as the policies not_own of agency_territories
  run: async ({ agency, served, asked, grants }, { body, ifMatch }, { db, viewer, now, newId }) => {
    if (agency.closed) throw new Refused('agency/closed')
    if (ifMatch !== agency.version) throw new Refused('request/changed-meanwhile', { current: agency })
    const fault = agencyFault(asked, body.territories.length, served)
    if (fault) throw new Refused(fault)
    const after = { name: body.name.trim(), territories: body.territories }
    await saveAgency(db, agency.id, after.name, after.territories)
    const edited = found(await findAgency(db, agency.id))
    const entry: Entry = {
      action: 'agency.edited',
      subject: ['agency', agency.id],
      detail: { before: { name: agency.name, territories: served }, after },
    }
    const added = widens(asked)
    if (added.length === 0) return { reply: { ...edited, told: null }, audit: [entry] }
    const told = await tellRoles(
      db,
      { organisationId: viewer.organisationId, but: [viewer.accountId] },
      widenedNotice(
        agency.id,
        viewer.organisationName,
        edited.territories.filter(t => added.includes(t.id)).map(t => t.name),
        grants,
      ),
      { newId, now },
    )
    return {
      reply: { ...edited, told },
      audit: [
        entry,
        {
          action: 'agency.widened',
          subject: ['organisation', viewer.organisationId],
          detail: { agency: agency.id, name: after.name, added, grants, told },
        },
      ],
    }
  },
})
