import * as contract from '../../../contract/agreement/conventions.ts'
import { annexRoles } from '../../../contract/notices.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { contactReply, endContact as end, insertContact, preparing } from './contacts.queries.ts'
import { mayNameContact, mayNameContactFor } from './conventions.policy.ts'
import type { Party } from './deadlines.ts'
import { tellNamed, tellOthers } from './tell-others.ts'

/**
 * AGR-6: annex 2 is changed by either party alone, and the other is written to at once. While a first convention is
 * prepared, its regional direction enters the partner's, who is told.
 */
export const nameContact = action(contract.nameContact, {
  load: async ({ body }, { db }) => (body.organisationId ? ((await preparing(db, body.organisationId)) ?? null) : null),
  may: (viewer, partner, { body }) =>
    body.organisationId ? mayNameContactFor(viewer, partner) : mayNameContact(viewer, body.regionId ?? null),
  run: async (_partner, { params: { role }, body }, context) => {
    const { db, newId, now, viewer } = context
    const own: Party = viewer.organisationKind === 'operateur' ? 'operateur' : 'partenaire'
    const party: Party = body.organisationId ? 'partenaire' : own
    const organisationId = body.organisationId ?? viewer.organisationId
    if (!annexRoles[party].includes(role)) throw new Refused('contact/role-of-other-party')
    const regionId = body.organisationId ? null : (body.regionId ?? null)
    const replaced = await end(db, organisationId, role, regionId, now)
    const contact = {
      id: newId(),
      organisationId,
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
    const { told, partners } = body.organisationId
      ? await tellNamed(organisationId, role, context)
      : await tellOthers(party, regionId, role, context)
    return {
      reply: { contact: contactReply(contact), told, partners },
      audit: [
        {
          action: body.organisationId ? 'contact.entered' : 'contact.named',
          subject: ['organisation', organisationId],
          detail: {
            role,
            regionId,
            contact: contact.id,
            name: contact.name,
            email: contact.email,
            phone: contact.phone,
            replaced,
            told,
            partners,
          },
        },
      ],
    }
  },
})

export const endContact = action(contract.endContact, {
  load: async () => undefined,
  may: (viewer, _subject, { query }) => mayNameContact(viewer, query.regionId ?? null),
  run: async (_subject, { params: { role }, query }, context) => {
    const { viewer } = context
    const regionId = query.regionId ?? null
    found((await end(context.db, viewer.organisationId, role, regionId, context.now)) || null)
    const { told, partners } = await tellOthers(
      viewer.organisationKind === 'operateur' ? 'operateur' : 'partenaire',
      regionId,
      role,
      context,
    )
    return {
      reply: { told, partners },
      audit: [
        {
          action: 'contact.ended',
          subject: ['organisation', viewer.organisationId],
          detail: { role, regionId, told, partners },
        },
      ],
    }
  },
})
