import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { DeedObstacle, Obstacle } from './deed-rules.ts'
import { type OrganisationRow, organisation, type PersonRow, person } from './rgc.queries.ts'

export interface RevocationRow {
  readonly id: string
  readonly person: PersonRow
  readonly organisation: OrganisationRow
  readonly reason: string
  readonly requiredAt: Date
  readonly madeAt: Date | null
  readonly withdrawn: { readonly reason: string; readonly at: string } | null
  readonly liftedAt: Date | null
}
const revocations = sql`select r.id, ${person('r.account_id')} as person,
  ${organisation('r.organisation_id')} as organisation, r.reason, r.required_at, r.made_at, r.lifted_at,
  case when r.withdrawn_at is not null then jsonb_build_object('reason', r.withdrawal_reason, 'at', r.withdrawn_at) end
  as withdrawn from rgc_revocations r`
export const listRevocations = (db: Db, ownOnly: boolean) =>
  db.all(
    sql<RevocationRow>`${revocations} ${ownOnly ? sql`where r.organisation_id = ctx.organisation()` : sql``}
      order by r.required_at desc limit 200`,
  )
export const revocationById = (db: Db, id: string) =>
  db.first(sql<RevocationRow>`${revocations} where r.id = ${id}::uuid`)
export const insertRevocation = (
  db: Db,
  r: { id: string; accountId: string; organisationId: string; reason: string; requiredBy: string; requiredAt: Date },
) =>
  db.run(
    sql`insert into rgc_revocations (id, account_id, organisation_id, reason, required_by, required_at)
      values (${r.id}::uuid, ${r.accountId}::uuid, ${r.organisationId}::uuid, ${r.reason}, ${r.requiredBy}::uuid,
      ${r.requiredAt}) on conflict (account_id) where made_at is null and withdrawn_at is null do nothing`,
  )
export const saveMade = (db: Db, id: string, madeBy: string, madeAt: Date) =>
  db.run(
    sql`update rgc_revocations set made_by = ${madeBy}::uuid, made_at = greatest(${madeAt}::timestamptz, required_at)
      where id = ${id}::uuid and made_at is null and withdrawn_at is null`,
  )
export const saveWithdrawn = (db: Db, id: string, by: string, reason: string, at: Date) =>
  db.run(
    sql`update rgc_revocations set withdrawn_by = ${by}::uuid, withdrawal_reason = ${reason},
      withdrawn_at = greatest(${at}::timestamptz, required_at)
      where id = ${id}::uuid and made_at is null and withdrawn_at is null`,
  )

export const insertDecision = (
  db: Db,
  d: { deedId: string; kind: string; reason: string | null; decidedBy: string; decidedAt: Date },
) =>
  db.run(
    sql`insert into rgc_decisions (deed_id, kind, reason, decided_by, decided_at)
      values (${d.deedId}::uuid, ${d.kind}, ${d.reason}, ${d.decidedBy}::uuid, ${d.decidedAt}) on conflict do nothing`,
  )
/** Whom a refusal is about; and what the answer does to roles. */
export const refusePeople = (db: Db, deedId: string, accountIds: readonly string[]) =>
  db.run(sql`insert into rgc_refused_people (deed_id, account_id)
    select ${deedId}::uuid, unnest(${accountIds}::uuid[])`)
export const settleRoles = (db: Db, deedId: string) => db.run(sql`select settle_rgc_roles(${deedId}::uuid)`)
/** Why the structure may not name this person; null: it may. */
export const obstacleOf = async (
  db: Db,
  organisationId: string,
  m: { accountId: string; givenName: string; familyName: string; bornOn: string },
) =>
  (await db.first(
    sql<{
      obstacle: Obstacle | null
    }>`select rgc_obstacle(${organisationId}::uuid, ${m.accountId}::uuid, ${m.givenName},
      ${m.familyName}, ${m.bornOn}::date) as obstacle`,
  ))!.obstacle
/** The same of all whom a deed names. */
export const obstacleOfDeed = async (db: Db, deedId: string) =>
  (await db.first(sql<{ obstacle: DeedObstacle | null }>`select rgc_deed_obstacle(${deedId}::uuid) as obstacle`))!
    .obstacle
export interface BarredRow {
  readonly person: PersonRow
  readonly organisation: OrganisationRow
  readonly cause: 'refused' | 'revoked'
  readonly reason: string
  readonly since: Date
}
/** Whom the operator refused or had revoked and lets be named no more, each once: the latest cause. */
export const listBarred = (db: Db) =>
  db.all(sql<BarredRow>`
  select ${person('b.account_id')} as person, ${organisation('b.organisation_id')} as organisation, b.cause, b.reason,
    b.since from (select distinct on (account_id) * from (
      select r.account_id, d.organisation_id, 'refused' as cause, x.reason, x.decided_at as since
        from rgc_refused_people r join rgc_deeds d on d.id = r.deed_id join rgc_decisions x on x.deed_id = r.deed_id
        where r.lifted_at is null
      union all select v.account_id, v.organisation_id, 'revoked', v.reason, v.made_at from rgc_revocations v
        where v.made_at is not null and v.lifted_at is null) every order by account_id, since desc) b
    order by b.since desc limit 200`)
/** How many refusals and revocations of this person it lifts. */
export const liftBars = async (db: Db, accountId: string, by: string, reason: string, at: Date) =>
  (await db.run(
    sql`update rgc_refused_people set lifted_at = ${at}, lifted_by = ${by}::uuid, lifted_reason = ${reason}
      where account_id = ${accountId}::uuid and lifted_at is null`,
  )) +
  (await db.run(
    sql`update rgc_revocations set lifted_at = greatest(${at}::timestamptz, made_at), lifted_by = ${by}::uuid,
      lifted_reason = ${reason} where account_id = ${accountId}::uuid and made_at is not null and lifted_at is null`,
  ))
/** False: it is not contested, or not by this viewer. */
export const saveContest = async (db: Db, deedId: string, reason: string) =>
  (await db.first(sql<{ done: boolean }>`select contest_rgc_deed(${deedId}::uuid, ${reason}) as done`))!.done
