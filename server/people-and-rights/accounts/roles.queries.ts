import { sql } from 'kysely'
import type { Role } from '../../../contract/route.ts'
import { type Db, k } from '../../platform/database.ts'

export interface NewRole {
  readonly id: string
  readonly accountId: string
  readonly organisationId: string
  readonly role: Role
  /** Of a regional direction; of a security officer or a signatory of one region. */
  readonly regionId: number | null
  readonly startsAt: Date
  readonly assignedBy: string | null
  readonly reason: string
  /** When its holder last came, where it is not given today. */
  readonly seenAt?: Date
}
/** The region of an official code. */
export const regionByCode = (db: Db, code: string) =>
  db.first(k.selectFrom('territories').select(['id', 'name']).where('kind', '=', 'region').where('code', '=', code))
/** Ends a role at once, from the command line, with its reason; how many were in force. */
export const endRoleOf = (
  db: Db,
  accountId: string,
  role: NewRole['role'],
  regionId: number | null,
  at: Date,
  endReason: string,
): Promise<number> =>
  db.run(
    k
      .updateTable('roleAssignments')
      .set({ endsAt: sql<Date>`greatest(${at}::timestamptz, starts_at)`, endReason })
      .where('accountId', '=', accountId)
      .where('role', '=', role)
      .where('regionId', 'is not distinct from', regionId)
      .where(e => e.or([e('endsAt', 'is', null), e('endsAt', '>', at)])),
  )
/** SEC-6: whether a role of the operator that this person holds sleeps, unused for six months. */
export const roleSleeps = async (
  db: Db,
  accountId: string,
  role: NewRole['role'],
  regionId: number | null,
  at: Date,
): Promise<boolean> =>
  (await db.first(
    sql`select from role_assignments r where r.account_id = ${accountId}::uuid and r.role = ${role}
      and r.region_id is not distinct from ${regionId}::int and r.starts_at <= ${at}
      and (r.ends_at is null or r.ends_at > ${at}) and ctx.is_operators(r.role) and ctx.role_sleeps(r, ${at})`,
  )) !== undefined
export const insertRole = (db: Db, role: NewRole) => db.run(k.insertInto('roleAssignments').values(role))
