import * as contract from '../../../contract/agreement/partner-roles.ts'
import { action } from '../../platform/action.ts'
import { currentContacts } from '../conventions/contacts.queries.ts'
import { mayNameContact } from '../conventions/conventions.policy.ts'
import { mayGive, mayGivePartnerRole, mayReadPartnerRoles } from './partner-roles.policy.ts'
import { holdersOf, takersAt } from './partner-roles.queries.ts'

/** Annex 2 beside the roles held here: from a contact to the role, and back (AGR-9, AGR-16). */
export const listPartnerSeats = action(contract.listPartnerSeats, {
  load: async () => undefined,
  may: viewer => mayReadPartnerRoles(viewer),
  run: async (_subject, _input, { db, viewer }) => {
    const [contacts, holders] = await Promise.all([
      currentContacts(db, viewer.organisationId),
      holdersOf(db, viewer.organisationId),
    ])
    const known = await takersAt(
      db,
      viewer.organisationId,
      contacts.map(({ email }) => email),
    )
    const names = mayNameContact(viewer, null) === true
    return {
      items: contract.partnerRoles.map(role => {
        const contact = contacts.find(one => one.role === role)
        const account = known.find(({ email }) => email === contact?.email) ?? null
        const held = holders.filter(one => one.role === role)
        const holds = held.some(({ id }) => id === account?.id)
        const offered = account !== null && !holds && mayGivePartnerRole(viewer, role, account) === true
        return {
          role,
          contact: contact
            ? { name: contact.name, email: contact.email, startsAt: contact.startsAt.toISOString(), account, holds }
            : null,
          holders: held,
          allowed: [
            ...(mayGive(viewer, role) === true ? ['give' as const] : []),
            ...(offered ? ['give-to-contact' as const] : []),
            ...(names ? ['name' as const] : []),
          ],
        }
      }),
    }
  },
})
