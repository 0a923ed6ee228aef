import { sql } from 'kysely'
import type { Profile, Tool } from '../../../contract/route.ts'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'

export interface NewGrant {
  readonly id: string
  readonly accountId: string
  readonly organisationId: string
  readonly tool: Tool
  readonly profile: Profile
  readonly territoryId: number
  readonly reason: string
  readonly startsOn: string
  readonly endsOn?: string | null
  readonly grantedBy: string | null
  readonly grantedAt: Date
}
export const insertGrant = (db: Db, grant: NewGrant) => db.run(k.insertInto('grants').values(grant))

export interface DecidedGrant {
  readonly id: string
  readonly accountId: string
  readonly organisationId: string
  readonly tool: Tool
  readonly profile: Profile
  readonly territoryId: number | null
  readonly agencyId: string | null
  /** None on the oldest ones. */
  readonly purpose: 'prospection' | 'recrutement' | 'insertion' | 'suivi' | null
  readonly reason: string
  readonly duties: string | null
  readonly startsOn: string
  readonly endsOn: string | null
  readonly beyondFunction: boolean
  readonly grantedBy: string
  readonly replaces: string | null
}
/**
 * At the database's own instant, by which rights are judged: held from this very transaction on, whatever the clock of
 * the process says.
 */
export const insertDecided = (db: Db, grant: DecidedGrant) =>
  db
    .run(k.insertInto('grants').values({ ...grant, grantedAt: sql`ctx.clock()` }))
    .catch(refusedBy('agency_closed', 'agency/closed'))

export interface GrantRow extends Omit<DecidedGrant, 'grantedBy'> {
  readonly grantedAt: Date
  readonly revokedAt: Date | null
  readonly suspended: boolean
}
/** Given back already, by another of the same person that follows it. */
export const isFollowed = async (db: Db, { id, accountId }: Pick<GrantRow, 'id' | 'accountId'>): Promise<boolean> =>
  (await db.first(sql`select from grants where account_id = ${accountId}::uuid and replaces = ${id}::uuid`)) !==
  undefined
export const findGrant = (db: Db, id: string): Promise<GrantRow | undefined> =>
  db.first(
    k
      .selectFrom('grants')
      .select([
        'id',
        'accountId',
        'organisationId',
        'tool',
        'profile',
        'territoryId',
        'agencyId',
        'purpose',
        'reason',
        'duties',
        'startsOn',
        'endsOn',
        'beyondFunction',
        'grantedAt',
        'replaces',
        'revokedAt',
        'suspended',
      ])
      .where('id', '=', id),
  ) as Promise<GrantRow | undefined>
export const endGrants = (db: Db, ids: readonly string[], by: string, reason: string, suspended = false) =>
  db.run(
    k
      .updateTable('grants')
      .set({ revokedAt: sql`ctx.clock()`, revokedBy: by, revokeReason: reason, ...(suspended ? { suspended } : {}) })
      .where('id', 'in', [...ids])
      .where('revokedAt', 'is', null),
  )
/** One like it, not over, that the same person holds already: the same tool over the same perimeter. */
export const alikeHeld = (
  db: Db,
  { accountId, tool, territoryId, agencyId }: Pick<DecidedGrant, 'accountId' | 'tool' | 'territoryId' | 'agencyId'>,
  but: string | null,
  today: string,
) =>
  db.first(sql<{
    id: string
    profile: Profile
  }>`select id, profile from grants where account_id = ${accountId}::uuid and tool = ${tool}
    and territory_id is not distinct from ${territoryId}::int and agency_id is not distinct from ${agencyId}::uuid
    and revoked_at is null and (ends_on is null or ends_on >= ${today}::date) and id is distinct from ${but}::uuid
      order by starts_on desc, id limit 1`)
/** The territory or the agency, when it is known and, for an agency, the organisation's own. */
export const perimeterKnown = async (
  db: Db,
  territoryId: number | null,
  agencyId: string | null,
  organisationId: string,
): Promise<boolean> =>
  (await db.first(
    territoryId !== null
      ? sql`select from territories where id = ${territoryId}`
      : sql`select from agencies where id = ${agencyId}::uuid and organisation_id = ${organisationId}::uuid
          and closed_at is null`,
  )) !== undefined
