import { sql } from 'kysely'
import type { MissingTerm, Profile, Role, Tool } from '../../../contract/route.ts'
import { type Db, k } from '../../platform/database.ts'

export interface PersonRow {
  readonly id: string
  readonly name: string
  readonly organisationId: string
}
export interface HeldRight {
  readonly tool: Tool
  readonly profile: Profile
  readonly reason: string
  readonly startsOn: string
  readonly endsOn: string | null
  readonly missing: readonly MissingTerm[]
  readonly id: number
  readonly kind: string
  readonly code: string
  readonly name: string
}
export const ownHeldRights = (db: Db): Promise<HeldRight[]> =>
  db.all(sql<HeldRight>`
  select g.tool, g.profile, g.reason, g.starts_on, g.ends_on, g.missing, t.id, t.kind, t.code, t.name
  from ctx.own_grants() g join territories t on t.id = g.territory_id order by g.tool, t.name, g.starts_on`)

/** Who holds a role in the viewer's own structure. */
export const ownHolders = (db: Db, role: Role): Promise<PersonRow[]> =>
  db.all(sql<PersonRow>`
  select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id from accounts a
  where a.status = 'active' and exists (select from role_assignments r where r.account_id = a.id and r.role = ${role}
    and r.organisation_id = ctx.organisation() and r.starts_at <= ctx.clock()
    and (r.ends_at is null or r.ends_at > ctx.clock())) order by a.family_name, a.given_name`)

/** Active accounts of the viewer's own structure, for its signatory; nobody for others. */
export const ownColleagues = (db: Db): Promise<PersonRow[]> =>
  db.all(sql<PersonRow>`
  select id, given_name || ' ' || family_name as name, organisation_id from accounts
    where (select ctx.holds_role('signataire')) and organisation_id = ctx.organisation() and status = 'active'
    order by family_name, given_name, id limit 1000`)

export const findPerson = (db: Db, id: string) =>
  db.first(
    sql<
      PersonRow & { status: string }
    >`select id, given_name || ' ' || family_name as name, organisation_id, status from accounts where id = ${id}`,
  )

export interface AwarenessRow extends PersonRow {
  readonly organisationName: string
  readonly organisationKind: string
  readonly lastOn: string | null
  readonly modality: string | null
  readonly dueOn: string
  readonly late: boolean
}
// As ctx.held_grants counts it: a year after the last one, or after the account's creation.
const awareness = sql`
  select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id, o.name as organisation_name,
    o.kind as organisation_kind, l.done_on as last_on, l.modality,
    (coalesce(l.done_on, ctx.paris_day(a.created_at)) + interval '1 year')::date as due_on,
      (coalesce(l.done_on, ctx.paris_day(a.created_at)) + interval '1 year')::date < ctx.paris_day(ctx.clock()) as late
  from accounts a join organisations o on o.id = a.organisation_id
  left join lateral (select r.done_on, r.modality from awareness_records r where r.account_id = a.id
    and r.done_on <= ctx.paris_day(ctx.clock()) order by r.done_on desc limit 1) l on true`
export const awarenessOf = (db: Db, accountId: string) =>
  db.first(sql<AwarenessRow>`${awareness} where a.id = ${accountId}`)
export const ownAwareness = (db: Db) => db.first(sql<AwarenessRow>`${awareness} where a.id = ctx.account()`)
/**
 * Active accounts of one's structure, of all for the operator's overseers; those due first. `after` is the due day and
 * the id of the last one shown.
 */
export const listAwareness = (
  db: Db,
  { late, after, limit }: { late: boolean; after: readonly string[] | undefined; limit: number },
): Promise<AwarenessRow[]> =>
  db.all(sql<AwarenessRow>`
  select * from (${awareness} where a.status = 'active'
    and (a.organisation_id = ctx.organisation() or ctx.oversees())) x
  where (not ${late} or x.late) ${after ? sql`and (x.due_on, x.id) > (${after[0]}::date, ${after[1]}::uuid)` : sql``}
    order by x.due_on, x.id limit ${limit + 1}`)
export const insertAwareness = (
  db: Db,
  row: {
    id: string
    accountId: string
    organisationId: string
    doneOn: string
    modality: string
    title: string
    minutes: number | null
    recordedBy: string
    recordedAt: Date
  },
) => db.run(k.insertInto('awarenessRecords').values(row))
/** Whether an awareness past due cuts rather than warns. */
export const awarenessCuts = async (db: Db): Promise<boolean> =>
  (
    await db.first(
      sql<{
        cuts: boolean
      }>`select cuts from awareness_policies where in_force_from <= ctx.clock() order by in_force_from desc limit 1`,
    )
  )?.cuts ?? false
export const insertAwarenessPolicy = (db: Db, row: { inForceFrom: Date; cuts: boolean; setBy: string }) =>
  db.run(k.insertInto('awarenessPolicies').values(row))

interface OfOrganisation {
  readonly organisationId: string
  readonly organisationName: string
  readonly organisationKind: string
}
export interface EquipmentRow extends OfOrganisation {
  readonly id: string
  readonly hardware: boolean
  readonly network: boolean
  readonly secondFactor: boolean
  readonly validatedOn: string
  readonly note: string
  readonly byId: string
  readonly byName: string
  readonly byOrganisationId: string
  readonly recordedAt: Date
}
export const listEquipment = (db: Db): Promise<EquipmentRow[]> =>
  db.all(sql<EquipmentRow>`
  select e.id, e.organisation_id, o.name as organisation_name, o.kind as organisation_kind, e.hardware, e.network,
    e.second_factor, e.validated_on, e.note, a.id as by_id, a.given_name || ' ' || a.family_name as by_name,
    a.organisation_id as by_organisation_id, e.recorded_at
  from equipment_validations e join organisations o on o.id = e.organisation_id join accounts a on a.id = e.recorded_by
    order by e.validated_on desc, e.id desc limit 200`)
/** What the viewer's own structure has validated at least once. */
export const ownEquipment = async (db: Db): Promise<Pick<EquipmentRow, 'hardware' | 'network' | 'secondFactor'>> =>
  (await db.first(sql<Pick<EquipmentRow, 'hardware' | 'network' | 'secondFactor'>>`
  select coalesce(bool_or(hardware), false) as hardware, coalesce(bool_or(network), false) as network,
    coalesce(bool_or(second_factor), false) as second_factor
  from equipment_validations where organisation_id = ctx.organisation()`))!
export const insertEquipment = (
  db: Db,
  row: {
    id: string
    organisationId: string
    hardware: boolean
    network: boolean
    secondFactor: boolean
    validatedOn: string
    note: string
    recordedBy: string
    recordedAt: Date
  },
) => db.run(k.insertInto('equipmentValidations').values(row))

export interface Designated {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly organisationId: string
  readonly since: Date
}
/** Locked when it is about to be replaced. */
export const designatedRequester = (db: Db, { lock = false } = {}) =>
  db.first(sql<Designated>`
  select d.id, d.account_id, a.given_name || ' ' || a.family_name as name, d.organisation_id, d.designated_at as since
  from access_requesters d join accounts a on a.id = d.account_id where d.organisation_id = ctx.organisation()
    and d.ended_at is null ${lock ? sql`for update of d` : sql``}`)
/** Never before it began: it may have been written by a transaction that started after ours. */
export const endRequester = (db: Db, id: string, endedAt: Date) =>
  db.run(
    k
      .updateTable('accessRequesters')
      .set({ endedAt: sql`greatest(designated_at, ${endedAt})` })
      .where('id', '=', id),
  )
export const insertRequester = (
  db: Db,
  row: { id: string; organisationId: string; accountId: string; designatedBy: string; designatedAt: Date },
): Promise<number> =>
  db.run(
    k
      .insertInto('accessRequesters')
      .values(row)
      .onConflict(c => c.doNothing()),
  )

export interface AccessRequestRow extends OfOrganisation {
  readonly id: string
  readonly byId: string
  readonly byName: string
  readonly byOrganisationId: string
  readonly people: number
  readonly message: string
  readonly requestedAt: Date
  readonly decision: 'accepted' | 'refused' | null
  readonly decidedAt: Date | null
  readonly reason: string | null
}
const requests = sql`
  select r.id, r.organisation_id, o.name as organisation_name, o.kind as organisation_kind, a.id as by_id,
    a.given_name || ' ' || a.family_name as by_name, a.organisation_id as by_organisation_id, r.people, r.message,
    r.requested_at, r.decision, r.decided_at, r.reason
  from access_requests r join organisations o on o.id = r.organisation_id join accounts a on a.id = r.requested_by`
/** Those that wait, the oldest first, so that none stays past the bound; then those answered, the last first. */
export const listAccessRequests = (db: Db): Promise<AccessRequestRow[]> =>
  db.all(sql<AccessRequestRow>`
  ${requests} order by r.decided_at is not null, case when r.decided_at is null
    then r.requested_at end, r.requested_at desc, r.id desc limit 200`)
export const findAccessRequest = (db: Db, id: string) => db.first(sql<AccessRequestRow>`${requests} where r.id = ${id}`)
/** Rows written: none when another request of the structure waits already. */
export const insertAccessRequest = (
  db: Db,
  row: { id: string; organisationId: string; requestedBy: string; people: number; message: string; requestedAt: Date },
): Promise<number> =>
  db.run(
    k
      .insertInto('accessRequests')
      .values(row)
      .onConflict(c => c.doNothing()),
  )
export const decideAccessRequest = (
  db: Db,
  id: string,
  decided: { decision: string; reason: string; decidedBy: string; decidedAt: Date },
): Promise<number> =>
  db.run(k.updateTable('accessRequests').set(decided).where('id', '=', id).where('decidedAt', 'is', null))
