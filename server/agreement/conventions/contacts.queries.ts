import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Contact } from '../../../contract/agreement/conventions.ts'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'
import type { ContactRole, Known } from './convention-rules.ts'
import type { Party } from './deadlines.ts'

export type ContactRow = Known['contacts'][number] & { readonly organisationId: string }
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

/** Where the conventions of a partner are prepared; `inForce`: one's region prepares none, or one is in force. */
export const preparing = (db: Db, organisationId: string) =>
  db.first(sql<{ regionIds: number[]; inForce: boolean }>`select coalesce(array_agg(region_id), '{}') as region_ids,
      not ${organisationId}::uuid = any (ctx.prepared_partners()) as in_force
    from conventions where organisation_id = ${organisationId}::uuid and effective_from is null`)
/** The convention being prepared, of whom the partner is told. */
export const lastPrepared = (db: Db, organisationId: string) =>
  db.first(sql<Concerned>`select id, organisation_id, region_id, number from conventions
    where organisation_id = ${organisationId}::uuid and effective_from is null order by created_at desc, id desc limit 1`)

/** A partner's own convention in force. */
export const conventionsOf = (db: Db, organisationId: string) =>
  db.all(sql<Concerned>`select id, organisation_id, region_id, number from conventions
    where effective_from is not null and (ends_at is null or ends_at > ctx.clock())
      and organisation_id = ${organisationId}::uuid`)
export interface Concerned {
  readonly id: string
  readonly organisationId: string
  readonly regionId: number
  readonly number: string
}
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
/** Whom annexes 2 and 2 bis of a convention name, or named, and the territories that bound its grants (ACC-15). */
export const annexesUnder = async (db: Db, conventionId: string) => {
  const [contacts, bounds] = await Promise.all([
    db.all(
      sql<ContactRow>`select x.id, x.organisation_id, x.party, x.region_id, x.role, x.name, x.email, x.phone,
        x.starts_at, x.ends_at from convention_contacts x join conventions c on c.id = ${conventionId}::uuid
        and (x.organisation_id = c.organisation_id or x.party = 'operateur' and x.region_id in (c.region_id, 0))
        order by x.starts_at desc, x.id`,
    ),
    db.all(
      sql<{ name: string }>`select t.name from conventions c join organisation_territories x
        on x.organisation_id = c.organisation_id and x.until_at is null join territories t on t.id = x.territory_id
        where c.id = ${conventionId}::uuid order by t.name collate "fr-x-icu", t.id`,
    ),
  ])
  return { contacts, territories: bounds.map(({ name }) => name) }
}
/** Whether they were settled after that instant: a document composed then says others. */
export const territoriesChangedSince = async (
  db: Db,
  organisationId: string,
  since: Date,
  now: Date,
): Promise<boolean> =>
  (await db.first(
    sql<{ changed: boolean }>`select exists (select from organisation_territories x
      where x.organisation_id = ${organisationId}::uuid
      and (x.from_at > ${since} and x.from_at <= ${now} or x.until_at > ${since} and x.until_at <= ${now})) as changed`,
  ))!.changed
/** Whom annex 2 of a partner names today. */
export const currentContacts = (db: Db, organisationId: string) =>
  db.all(sql<Pick<ContactRow, 'role' | 'name' | 'email' | 'startsAt'>>`select x.role, x.name, x.email, x.starts_at
    from convention_contacts x where x.party = 'partenaire' and x.organisation_id = ${organisationId}::uuid
      and x.ends_at is null order by x.role`)
