import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Contact } from '../../../contract/agreement/conventions.ts'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'
import type { ContactRole, Known } from './convention-rules.ts'
import type { Party } from './deadlines.ts'

export type ContactRow = Known['contacts'][number] & { readonly organisationId: string }
export const contactColumns = sql`x.id, x.organisation_id, x.party, x.region_id, x.role, x.name, x.email, x.phone, x.starts_at,
  x.ends_at`

export const endContact = (
  db: Db,
  organisationId: string,
  role: ContactRole,
  regionId: number | null,
  at: Date,
): Promise<number> =>
  db.run(
    sql`update convention_contacts set ends_at = greatest(${at}::timestamptz, starts_at)
      where organisation_id = ${organisationId}::uuid and role = ${role} and region_id is not distinct
      from ${regionId}::int and ends_at is null`,
  )

export interface NewContact {
  readonly id: string
  readonly organisationId: string
  readonly party: Party
  readonly regionId: number | null
  readonly role: ContactRole
  readonly name: string
  readonly email: string
  readonly phone: string | null
  readonly startsAt: Date
  readonly recordedBy: string | null
}

export const insertContact = (db: Db, contact: NewContact) =>
  db
    .run(k.insertInto('conventionContacts').values(contact))
    .catch(refusedBy('one_at_a_time', 'contact/changed-meanwhile'))

/** Conventions that a change of contacts is told of: the partner's own, or all of a region. */
export const conventionsConcerned = (db: Db, of: { readonly organisationId: string } | { readonly regionId: number }) =>
  db.all(sql<{
    id: string
    organisationId: string
    regionId: number
    number: string
  }>`select id, organisation_id, region_id, number from conventions
    where effective_from is not null and (ends_at is null or ends_at > now())
      and ${
        'organisationId' in of
          ? sql`organisation_id =
      ${of.organisationId}::uuid`
          : of.regionId === 0
            ? sql`true`
            : sql`region_id = ${of.regionId}`
      }`)

export const contactReply = (c: ContactRow): Static<typeof Contact> => ({
  id: c.id,
  party: c.party,
  role: c.role,
  name: c.name,
  email: c.email,
  telephone: c.phone,
  startsAt: c.startsAt.toISOString(),
  endsAt: c.endsAt?.toISOString() ?? null,
  regionId: c.regionId,
})
