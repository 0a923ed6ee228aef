import * as contract from '../../../contract/agreement/conventions.ts'
import { annexRoles } from '../../../contract/notices.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { contactReply, endContact, insertContact } from './contacts.queries.ts'
import { mayNameContact } from './conventions.policy.ts'
import type { Party } from './deadlines.ts'
import { tellOthers } from './tell-others.ts'

/** AGR-6: annex 2 is changed by either party alone, and the other is written to at once. */
export const nameContact = action(contract.nameContact, {
  load: async () => undefined,
  may: (viewer, _subject, { body }) => mayNameContact(viewer, body.regionId ?? null),
  run: async (_subject, { params: { role }, body }, context) => {
    const { db, newId, now, viewer } = context
    const party: Party = viewer.organisationKind === 'operateur' ? 'operateur' : 'partenaire'
    if (!annexRoles[party].includes(role)) throw new Refused('contact/role-of-other-party')
    const regionId = body.regionId ?? null
    const replaced = await endContact(db, viewer.organisationId, role, regionId, now)
    const contact = {
      id: newId(),
      organisationId: viewer.organisationId,
      party,
      regionId,
      role,
      name: body.name.trim(),
      email: body.email.trim().toLowerCase(),
      phone: body.telephone?.trim() || null,
      startsAt: now,
      endsAt: null,
    }
    const { endsAt: _none, ...row } = contact
    await insertContact(db, { ...row, recordedBy: viewer.accountId })
    const told = await tellOthers(party, regionId, role, context)
    return {
      reply: { contact: contactReply(contact), told },
      audit: [
        {
          action: 'contact.named',
          subject: ['organisation', viewer.organisationId],
          detail: {
            role,
            regionId,
            contact: contact.id,
            name: contact.name,
            email: contact.email,
            phone: contact.phone,
            replaced,
            told,
          },
        },
      ],
    }
  },
})
