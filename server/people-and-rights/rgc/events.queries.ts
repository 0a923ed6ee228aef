import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import { type OrganisationRow, organisation, type PersonRow, person } from './rgc.queries.ts'

export interface EventRow {
  readonly id: string
  readonly person: PersonRow
  readonly organisation: OrganisationRow
  readonly kind: 'depart' | 'changement-de-fonction' | 'absence'
  readonly lastDay: string | null
  readonly absentFrom: string | null
  readonly backOn: string | null
  readonly knownOn: string
  readonly declareBy: string
  readonly late: boolean
  readonly rightsEndAt: Date
  readonly declaredAt: Date
}
const events = sql`select e.id, ${person('e.account_id')} as person,
  ${organisation('e.organisation_id')} as organisation, e.kind, e.last_day, e.absent_from, e.back_on, e.known_on,
  e.declare_by, e.late, e.rights_end_at, e.declared_at from rgc_events e`
export const listEvents = (db: Db, ownOnly: boolean) =>
  db.all(
    sql<EventRow>`${events} ${ownOnly ? sql`where e.organisation_id = ctx.organisation()` : sql``}
      order by e.declared_at desc limit 200`,
  )
export const eventById = (db: Db, id: string) => db.first(sql<EventRow>`${events} where e.id = ${id}::uuid`)
export interface NewEvent extends Omit<EventRow, 'person' | 'organisation'> {
  readonly accountId: string
  readonly organisationId: string
  readonly declaredBy: string
}
export const insertEvent = (db: Db, event: NewEvent) => db.run(k.insertInto('rgcEvents').values(event))
export interface UndeclaredRow {
  readonly id: string | null
  readonly person: PersonRow
  readonly organisation: OrganisationRow
  readonly kind: EventRow['kind']
  readonly knownOn: string
  readonly declareBy: string
}
/** Known and not declared: of one's own structure, or of all for who oversees. The nearest limit first. */
export const listUndeclared = (db: Db, own: boolean) =>
  db.all(sql<UndeclaredRow>`
  select u.id, ${person('u.account_id')} as person, ${organisation('u.organisation_id')} as organisation, u.kind,
    u.known_on, u.declare_by from rgc_undeclared(${own ? sql`ctx.organisation()` : sql`null`}) u
    order by u.declare_by, u.account_id limit 200`)
export const insertKnown = async (
  db: Db,
  e: {
    id: string
    accountId: string
    organisationId: string
    kind: string
    knownOn: string
    notedBy: string
    notedAt: Date
  },
) =>
  (await db.run(
    k
      .insertInto('rgcKnownEvents')
      .values(e)
      .onConflict(c => c.doNothing()),
  )) === 1
export const knownEventById = (db: Db, id: string) =>
  db.first(k.selectFrom('rgcKnownEvents').select(['id', 'accountId', 'organisationId']).where('id', '=', id))
/** The declaration ends what was noted of the person. */
export const settleKnown = (db: Db, accountId: string, eventId: string) =>
  db.run(
    sql`update rgc_known_events set declared_as = ${eventId}::uuid where account_id = ${accountId}::uuid
      and withdrawn_at is null and declared_as is null`,
  )
export const withdrawKnown = (db: Db, id: string, by: string, reason: string, at: Date) =>
  db.run(
    sql`update rgc_known_events set withdrawn_at = greatest(${at}::timestamptz, noted_at), withdrawn_by = ${by}::uuid,
      withdrawal_reason = ${reason} where id = ${id}::uuid and withdrawn_at is null and declared_as is null`,
  )
export const endRole = (db: Db, accountId: string, ends: Date) =>
  db.first(sql`select end_rgc_role(${accountId}::uuid, ${ends}::timestamptz)`)
