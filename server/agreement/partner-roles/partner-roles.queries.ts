import { sql } from 'kysely'
import type { Static } from 'typebox'
import { type PartnerRole, type PartnerRoleShown, partnerRoles } from '../../../contract/agreement/partner-roles.ts'
import { named } from '../../people-and-rights/accounts/references.queries.ts'
import type { Db } from '../../platform/database.ts'
import type { Held, Taker } from './partner-role-rules.ts'

type Reply = Static<typeof PartnerRoleShown>
export interface RoleRow extends Omit<Reply, 'startsAt' | 'endsAt' | 'allowed'>, Held {
  readonly role: PartnerRole
  readonly startsAt: Date
  readonly endsAt: Date | null
}
const running = sql`(r.ends_at is null or r.ends_at > ctx.clock())`
const given = sql`r.role = any (${[...partnerRoles]}::text[])`
const roles = sql`
  select r.id, r.account_id, r.organisation_id, r.role, r.starts_at, r.ends_at, r.reason, r.end_reason,
    ${named('r.account_id')} as person, ${named('r.assigned_by')} as given_by, ${named('r.ended_by')} as ended_by,
    (select a.function from accounts a where a.id = r.account_id) as function,
    case when r.ends_at <= ctx.clock() then 'over' when r.starts_at > ctx.clock() then 'to-come' else 'in-effect' end
      as state
  from role_assignments r`
const own = (organisationId: string, over: boolean) =>
  sql`${given} and r.organisation_id = ${organisationId}::uuid
    and ${over ? sql`r.ends_at <= ctx.clock()` : running}`
/** In effect or to come, or over: the last given first; one row more than asked. */
export const listRoles = (
  db: Db,
  organisationId: string,
  over: boolean,
  after: readonly string[] | undefined,
  limit: number,
) =>
  db.all(
    sql<RoleRow>`${roles} where ${own(organisationId, over)}
      ${after ? sql`and (r.starts_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by r.starts_at desc, r.id desc limit ${limit + 1}`,
  )
export const countRoles = async (db: Db, organisationId: string, over: boolean): Promise<number> =>
  (await db.first(
    sql<{ n: number }>`select count(*)::int as n from role_assignments r where ${own(organisationId, over)}`,
  ))!.n
export const findRole = (db: Db, id: string) => db.first(sql<RoleRow>`${roles} where ${given} and r.id = ${id}::uuid`)

export interface TakerRow extends Taker {
  readonly name: string
  readonly function: string
  readonly email: string | null
}
const takers = sql`select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id, a.function, a.status,
    a.attachment, (select k.email from account_contacts k where k.account_id = a.id) as email from accounts a`
export const findTaker = (db: Db, id: string) => db.first(sql<TakerRow>`${takers} where a.id = ${id}::uuid`)
/** Whom the words name, by name or function. */
export const searchTakers = (db: Db, role: PartnerRole, words: string) =>
  db.all(
    sql<TakerRow>`${takers} where a.id in (select t.id from ctx.partner_role_takers() t where t.role = ${role})
      and position(search_words(${words}) in search_words(a.given_name || ' ' || a.family_name || ' ' || a.function)) > 0
      order by a.family_name collate "fr-x-icu", a.given_name collate "fr-x-icu", a.id limit 20`,
  )
/** Of these addresses, the accounts of a structure. */
export const takersAt = (db: Db, organisationId: string, emails: readonly string[]) =>
  db.all(
    sql<TakerRow>`${takers} where a.organisation_id = ${organisationId}::uuid and a.id in
      (select k.account_id from account_contacts k where k.email = any (${[...emails]}::text[]))`,
  )
export interface HolderRow extends TakerRow {
  readonly role: PartnerRole
}
/** Who holds one of these roles, or will. */
export const holdersOf = (db: Db, organisationId: string) =>
  db.all(
    sql<HolderRow>`select t.*, r.role from (select distinct r.account_id, r.role from role_assignments r
        where ${own(organisationId, false)}) r join (${takers}) t on t.id = r.account_id
      order by t.name collate "fr-x-icu", t.id`,
  )

export interface Given {
  readonly id: string
  readonly accountId: string
  readonly role: PartnerRole
  /** Null: now. */
  readonly startsAt: Date | null
  readonly endsAt: Date | null
  readonly reason: string
}
export const giveRole = async (db: Db, r: Given) =>
  (await db.first(
    sql<{ outcome: 'given' | 'held' | 'refused' }>`select ctx.give_partner_role(${r.id}::uuid, ${r.accountId}::uuid,
      ${r.role}, ${r.startsAt}::timestamptz, ${r.endsAt}::timestamptz, ${r.reason}) as outcome`,
  ))!.outcome
export const endRole = async (db: Db, id: string, reason: string) =>
  (await db.first(
    sql<{ outcome: 'ended' | 'over' | 'refused' }>`select ctx.end_partner_role(${id}::uuid, ${reason}) as outcome`,
  ))!.outcome
