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
