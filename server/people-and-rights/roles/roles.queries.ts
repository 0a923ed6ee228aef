import { sql } from 'kysely'
import type { Static } from 'typebox'
import { type OperatorRoleShown, operatorRoles } from '../../../contract/people-and-rights/roles.ts'
import type { Db } from '../../platform/database.ts'
import type { Held, Taker } from './role-rules.ts'

type Reply = Static<typeof OperatorRoleShown>
export interface RoleRow extends Omit<Reply, 'startsAt' | 'endsAt' | 'allowed'>, Held {
  readonly role: Reply['role']
  readonly regionId: number | null
  readonly startsAt: Date
  readonly endsAt: Date | null
}
const person = (column: string) =>
  sql`(select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
    a.organisation_id) from accounts a where a.id = ${sql.ref(column)})`
const roles = sql`
  select r.id, r.account_id, o.kind as organisation_kind, r.role, r.region_id, r.starts_at, r.ends_at, r.reason, r.end_reason,
    ${person('r.account_id')} as person, ${person('r.assigned_by')} as given_by, ${person('r.ended_by')} as ended_by,
    (select a.function from accounts a where a.id = r.account_id) as function,
    (select jsonb_build_object('id', t.id, 'kind', t.kind, 'code', t.code, 'name', t.name) from territories t
      where t.id = r.region_id) as region,
    case when r.ends_at <= ctx.clock() then 'over' when r.starts_at > ctx.clock() then 'to-come'
      when r.id in (select ctx.sleeping_roles()) then 'asleep' else 'in-effect' end as state,
    (select h.last_day from ctx.departures_shown() h where h.account_id = r.account_id and r.role = any (h.roles)
      and r.region_id is null and (r.ends_at is null or r.ends_at > ctx.clock())) as left_on
  from role_assignments r join organisations o on o.id = r.organisation_id and o.kind = 'operateur'
  where r.role = any (${[...operatorRoles]}::text[])`
const running = (over: boolean) =>
  over ? sql`r.ends_at <= ctx.clock()` : sql`(r.ends_at is null or r.ends_at > ctx.clock())`
/** Those in effect or to come, or those that are over: the last given first; one row more than asked. */
export const listRoles = (db: Db, over: boolean, after: readonly string[] | undefined, limit: number) =>
  db.all(
    sql<RoleRow>`${roles} and ${running(over)}
      ${after ? sql`and (r.starts_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by r.starts_at desc, r.id desc limit ${limit + 1}`,
  )
export const countRoles = async (db: Db, over: boolean): Promise<number> =>
  (await db.first(
    sql<{
      n: number
    }>`select count(*)::int as n from role_assignments r join organisations o on o.id = r.organisation_id
      and o.kind = 'operateur' where r.role = any (${[...operatorRoles]}::text[]) and ${running(over)}`,
  ))!.n
export const findRole = (db: Db, id: string) => db.first(sql<RoleRow>`${roles} and r.id = ${id}::uuid`)

export interface TakerRow extends Taker {
  readonly name: string
  readonly organisationId: string
  readonly function: string
  readonly email: string | null
}
const takers = sql`select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id, a.function, a.status,
    a.attachment, o.kind as organisation_kind, (select k.email from account_contacts k where k.account_id = a.id) as email
  from accounts a join organisations o on o.id = a.organisation_id`
export const findTaker = (db: Db, id: string) => db.first(sql<TakerRow>`${takers} where a.id = ${id}::uuid`)
/** Whom the words name, by name or function. */
export const searchTakers = (db: Db, words: string) =>
  db.all(
    sql<TakerRow>`${takers} where a.id in (select ctx.role_takers())
      and (a.given_name || ' ' || a.family_name || ' ' || a.function) ilike '%' || ${words.replace(/[\\%_]/g, '\\$&')} || '%'
      order by a.family_name collate "fr-x-icu", a.given_name collate "fr-x-icu", a.id limit 20`,
  )
export const findRegion = (db: Db, id: number) =>
  db.first(sql<{ name: string }>`select t.name from territories t where t.id = ${id}::int and t.kind = 'region'`)

export interface Given {
  readonly id: string
  readonly accountId: string
  readonly role: string
  readonly regionId: number | null
  /** Null: now. */
  readonly startsAt: Date | null
  readonly endsAt: Date | null
  readonly reason: string
}
export const giveRole = async (db: Db, r: Given) =>
  (await db.first(
    sql<{ outcome: 'given' | 'held' | 'refused' }>`select ctx.give_role(${r.id}::uuid, ${r.accountId}::uuid, ${r.role},
      ${r.regionId}::int, ${r.startsAt}::timestamptz, ${r.endsAt}::timestamptz, ${r.reason}) as outcome`,
  ))!.outcome
export const endRole = async (db: Db, id: string, reason: string) =>
  (await db.first(
    sql<{ outcome: 'ended' | 'over' | 'last' | 'refused' }>`select ctx.end_role(${id}::uuid, ${reason}) as outcome`,
  ))!.outcome
