import * as contract from '../../../contract/agreement/conventions.ts'
import { annexRoles } from '../../../contract/notices.ts'
import { action, type Entry } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { contactReply, endContact as end, insertContact, preparing } from './contacts.queries.ts'
import { mayNameContact, mayNameContactFor } from './conventions.policy.ts'
import type { ContactRole } from './conventions.queries.ts'
import type { Party } from './deadlines.ts'
import { tellNamed, tellOthers } from './tell-others.ts'

/**
 * AGR-6: annex 2 is changed by either party alone, and the other is written to at once. While a first convention is
 * prepared, its regional direction enters the partner's, who is told. In a small structure one person holds several
 * roles: they are named at once, and told in one mail.
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
    const asked = new Set([role, ...(body.alsoRoles ?? [])])
    // In the order of the annex: two acts that name the same roles wait for each other.
    const roles = annexRoles[party].filter(one => asked.has(one))
    if (roles.length < asked.size) throw new Refused('contact/role-of-other-party')
    const regionId = body.organisationId ? null : (body.regionId ?? null)
    const name = async (one: ContactRole) => {
      const replaced = await end(db, organisationId, one, regionId, now)
      const contact = {
        id: newId(),
        organisationId,
        party,
        regionId,
        role: one,
        name: body.name.trim(),
        email: body.email.trim().toLowerCase(),
        phone: body.telephone?.trim() || null,
        startsAt: now,
      }
      await insertContact(db, { ...contact, recordedBy: viewer.accountId })
      return { ...contact, replaced }
    }
    const named: Awaited<ReturnType<typeof name>>[] = []
    for (const one of roles) named.push(await name(one))
    const { told, partners } = body.organisationId
      ? await tellNamed(organisationId, roles, context)
      : await tellOthers(party, regionId, roles, context)
    const entry = (contact: (typeof named)[number]) =>
      ({
        action: body.organisationId ? 'contact.entered' : 'contact.named',
        subject: ['organisation', organisationId],
        detail: {
          role: contact.role,
          alsoRoles: roles.filter(one => one !== contact.role),
          regionId,
          contact: contact.id,
          name: contact.name,
          email: contact.email,
          phone: contact.phone,
          replaced: contact.replaced,
          told,
          partners,
        },
      }) satisfies Entry
    const [first, ...others] = named
    return {
      reply: {
        contact: contactReply({ ...named.find(contact => contact.role === role)!, endsAt: null }),
        told,
        partners,
      },
      audit: [entry(first!), ...others.map(entry)],
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
      [role],
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
