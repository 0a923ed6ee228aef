import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'

export interface PersonRow {
  readonly id: string
  readonly name: string
  readonly organisationId: string
}
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
export interface AwarenessFilter {
  readonly late: boolean
  /** Never made aware. */
  readonly never: boolean
}
/** Active accounts of one's structure, of all for the operator's overseers. */
const followed = ({ late, never }: AwarenessFilter) => sql`(${awareness} where a.status = 'active'
    and (a.organisation_id = ctx.organisation() or ctx.oversees())) x
  where (not ${late} or x.late) and (not ${never} or x.last_on is null)`
export const countAwareness = async (db: Db, filter: AwarenessFilter): Promise<number> =>
  (await db.first(sql<{ n: number }>`select count(*)::int as n from ${followed(filter)}`))!.n
/** Those due first. `after` is the due day and the id of the last one shown. */
export const listAwareness = (
  db: Db,
  { after, limit, ...filter }: AwarenessFilter & { after: readonly string[] | undefined; limit: number },
): Promise<AwarenessRow[]> =>
  db.all(sql<AwarenessRow>`
  select * from ${followed(filter)}
    ${after ? sql`and (x.due_on, x.id) > (${after[0]}::date, ${after[1]}::uuid)` : sql``}
    order by x.due_on, x.id limit ${limit + 1}`)
export interface AwarenessRecord {
  readonly id: string
  readonly accountId: string
  readonly organisationId: string
  readonly doneOn: string
  readonly modality: string
  readonly title: string
  readonly minutes: number | null
  readonly recordedBy: string
  readonly recordedAt: Date
}
export const insertAwareness = (db: Db, rows: readonly AwarenessRecord[]) =>
  db.run(k.insertInto('awarenessRecords').values(rows))
/** Accounts not deleted, of those that one may read. */
export const findPeople = (db: Db, ids: readonly string[]): Promise<PersonRow[]> =>
  db.all(sql<PersonRow>`select id, given_name || ' ' || family_name as name, organisation_id from accounts
    where id = any (${ids}::uuid[]) and status <> 'deleted' order by family_name collate "fr-x-icu", given_name collate "fr-x-icu", id`)
/** Of one's own structure: addresses are read no further. */
export const peopleAt = (db: Db, addresses: readonly string[]): Promise<(PersonRow & { email: string })[]> =>
  db.all(sql<PersonRow & { email: string }>`
    select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id, c.email
    from account_contacts c join accounts a on a.id = c.account_id
    where c.email = any (${addresses}) and a.status <> 'deleted' and a.organisation_id = ctx.organisation()
    order by a.family_name collate "fr-x-icu", a.given_name collate "fr-x-icu", a.id`)
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
