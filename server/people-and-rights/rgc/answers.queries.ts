import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { type OrganisationRow, organisation, type PersonRow, person } from './rgc.queries.ts'

export interface RevocationRow {
  readonly id: string
  readonly person: PersonRow
  readonly organisation: OrganisationRow
  readonly reason: string
  readonly requiredAt: Date
  readonly madeAt: Date | null
}
const revocations = sql`select r.id, ${person('r.account_id')} as person,
  ${organisation('r.organisation_id')} as organisation, r.reason, r.required_at, r.made_at from rgc_revocations r`
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
      ${r.requiredAt}) on conflict (account_id) where made_at is null do nothing`,
  )
export const saveMade = (db: Db, id: string, madeBy: string, madeAt: Date) =>
  db.run(
    sql`update rgc_revocations set made_by = ${madeBy}::uuid, made_at = greatest(${madeAt}::timestamptz, required_at)
      where id = ${id}::uuid and made_at is null`,
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
export const settleRoles = (db: Db, deedId: string, at: Date) =>
  db.run(sql`select settle_rgc_roles(${deedId}::uuid, ${at}::timestamptz)`)
/** Whether the operator refused them under that convention. */
export const isRefused = async (
  db: Db,
  conventionId: string,
  m: { accountId: string; givenName: string; familyName: string; bornOn: string },
) =>
  (await db.first(
    sql<{ refused: boolean }>`select rgc_refused_before(${conventionId}::uuid, ${m.accountId}::uuid, ${m.givenName},
      ${m.familyName}, ${m.bornOn}::date) as refused`,
  ))!.refused
