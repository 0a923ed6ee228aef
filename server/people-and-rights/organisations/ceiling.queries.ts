import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { TerritoryRef } from '../../../contract/common.ts'
import type { Db } from '../../platform/database.ts'
import type { AskedTerritory } from './agency-rules.ts'

/**
 * The ceiling of one's own structure, now (ACC-15): no grant, request or agency goes beyond it. The database refuses
 * what does.
 */
const own = sql`(select ctx.own_ceiling())`

export const ownTerritories = (db: Db) =>
  db.all(
    sql<
      Static<typeof TerritoryRef>
    >`select t.id, t.kind, t.code, t.name from territories t where t.id = any (${own}::int[]) order by t.name collate "fr-x-icu"`,
  )
/** All of a territory, or of what an agency serves. */
export const perimeterWithin = async (
  db: Db,
  { territoryId, agencyId }: { readonly territoryId: number | null; readonly agencyId: string | null },
): Promise<boolean> =>
  (await db.first(
    sql<{ within: boolean }>`select ctx.perimeter_within(${territoryId}::int, ${agencyId}::uuid, ${own}) as within`,
  ))!.within
/** What an agency would serve: whether each lies within the ceiling, and in what it serves already. */
export const askedTerritories = (db: Db, ids: readonly number[], agencyId: string | null) =>
  db.all(sql<AskedTerritory>`
  select t.id, t.kind, ctx.lies_within(t.id, ${own}) as within, ctx.lies_within(t.id, array(select y.territory_id
    from agency_territories y where y.agency_id = ${agencyId}::uuid)) as served
  from territories t where t.id = any (${[...ids]}::int[]) order by t.id`)
/** Beyond what one person decides alone: a region, the country, more than two departments. */
export const isWide = async (db: Db, ids: readonly number[]): Promise<boolean> =>
  (await db.first(sql<{ wide: boolean }>`select ctx.is_wide(${[...ids]}::int[]) as wide`))!.wide
/** The viewer holds a right on this agency, or to come, or asks for one. */
export const rightsThere = async (db: Db, agencyId: string): Promise<boolean> =>
  (await db.first(sql`select from ctx.own_agencies() y (id) where y.id = ${agencyId}::uuid`)) !== undefined
/** Rights given on an agency, that follow what it serves. */
export const grantsOn = async (db: Db, agencyId: string): Promise<number> =>
  (await db.first(
    sql<{
      n: number
    }>`select count(*)::int as n from grants where agency_id = ${agencyId}::uuid and revoked_at is null
      and (ends_on is null or ends_on >= ctx.paris_day(ctx.clock()))`,
  ))!.n
