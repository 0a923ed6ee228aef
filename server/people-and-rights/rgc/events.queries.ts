import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'
import {
  type CorrectionRow,
  corrections,
  type OrganisationRow,
  organisation,
  type PersonRow,
  person,
} from './rgc.queries.ts'

export interface EventRow {
  readonly id: string
  readonly person: PersonRow
  readonly organisation: OrganisationRow
  /** The region that answers for the structure. */
  readonly regionId: number | null
  readonly kind: 'depart' | 'changement-de-fonction' | 'absence'
  readonly lastDay: string | null
  readonly absentFrom: string | null
  readonly backOn: string | null
  readonly knownOn: string
  readonly declareBy: string
  readonly late: boolean
  readonly rightsEndAt: Date
  readonly declaredAt: Date
  readonly receivedOn: string | null
  readonly signedOn: string | null
  readonly endsAccount: boolean
  readonly declaredBy: string
  readonly withdrawn: { readonly reason: string; readonly by: PersonRow; readonly at: string } | null
  /** Whether what was received is kept. */
  readonly hasPaper: boolean
  readonly corrections: readonly CorrectionRow[]
}
const events = sql`select e.id, ${person('e.account_id')} as person,
  ${organisation('e.organisation_id')} as organisation, rgc_region(e.organisation_id) as region_id, e.kind, e.last_day, e.absent_from, e.back_on, e.known_on,
  e.declare_by, e.late, e.rights_end_at, e.declared_at, e.received_on, e.signed_on, e.ends_account, e.declared_by,
  case when e.withdrawn_at is not null then jsonb_build_object('reason', e.withdrawal_reason,
    'by', ${person('e.withdrawn_by')}, 'at', e.withdrawn_at) end as withdrawn,
  exists (select from rgc_event_papers y where y.event_id = e.id) as has_paper,
  ${corrections('event_id', 'e.id')} as corrections from rgc_events e`
export const listEvents = (db: Db, ownOnly: boolean) =>
  db.all(
    sql<EventRow>`${events} ${ownOnly ? sql`where e.organisation_id = ctx.organisation()` : sql``}
      order by e.declared_at desc limit 200`,
  )
/** What the viewer entered as received from structures, the last first. */
export const enteredEvents = (db: Db) =>
  db.all(
    sql<EventRow>`${events} where e.declared_by = ctx.account() and e.received_on is not null
      order by e.declared_at desc, e.id limit 200`,
  )
export const eventById = (db: Db, id: string) => db.first(sql<EventRow>`${events} where e.id = ${id}::uuid`)
type Read = 'person' | 'organisation' | 'regionId' | 'hasPaper' | 'corrections' | 'withdrawn'
export interface NewEvent extends Omit<EventRow, Read> {
  readonly accountId: string
  readonly organisationId: string
}
export const insertEvent = (db: Db, event: NewEvent) => db.run(k.insertInto('rgcEvents').values(event))
export interface UndeclaredRow {
  readonly id: string
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
export interface UnseenRow {
  readonly person: PersonRow
  readonly organisation: OrganisationRow
  readonly since: string
}
/** Without an act for two months: of one's own structure, or of all for who oversees. */
export const listUnseen = (db: Db, own: boolean) =>
  db.all(sql<UnseenRow>`
  select ${person('u.account_id')} as person, ${organisation('u.organisation_id')} as organisation, u.since
    from rgc_unseen(${own ? sql`ctx.organisation()` : sql`null`}) u order by u.since, u.account_id limit 200`)
export const insertPresence = (
  db: Db,
  p: { id: string; accountId: string; organisationId: string; saidBy: string; saidAt: Date },
) => db.run(k.insertInto('rgcPresences').values(p))
/** Of whom one answers at the same instant, the other waits. */
export const oneAnswerAtATime = (db: Db, accountId: string) =>
  db.run(sql`select pg_advisory_xact_lock(hashtextextended('presence of ' || ${accountId}, 0))`)
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
export const settleKnown = (db: Db, eventId: string) => db.first(sql`select settle_rgc_known(${eventId}::uuid)`)
export const withdrawKnown = (db: Db, id: string, by: string, reason: string, at: Date) =>
  db.run(
    sql`update rgc_known_events set withdrawn_at = greatest(${at}::timestamptz, noted_at), withdrawn_by = ${by}::uuid,
      withdrawal_reason = ${reason} where id = ${id}::uuid and withdrawn_at is null and declared_as is null`,
  )
/** The last day of the account; null: this event ends none. */
export const endAccess = async (db: Db, eventId: string): Promise<string | null> =>
  (await db.first(sql<{ ends: string | null }>`select end_rgc_access(${eventId}::uuid) as ends`))!.ends
export const endRole = (db: Db, accountId: string, ends: Date) =>
  db.first(sql`select end_rgc_role(${accountId}::uuid, ${ends}::timestamptz)`)
export interface TakenBack {
  readonly refused?: undefined
  readonly role: boolean
  readonly account: boolean
  readonly grants: number
  readonly waiting: number
}
export type TakenBackOrNot =
  | TakenBack
  | { readonly refused: 'rgc/event-taken-back' | 'person/undo-too-late' | 'person/departure-declared' }
/** What came back, or why nothing does; null: not the viewer's to take back. */
export const takeBackEvent = async (db: Db, id: string, reason: string) =>
  (await db
    .first(sql<{ back: TakenBackOrNot | null }>`select take_back_rgc_event(${id}::uuid, ${reason}) as back`)
    .catch(refusedBy('departed_address_taken', 'person/address-taken')))!.back
