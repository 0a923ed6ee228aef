import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { PersonRef, TerritoryRef } from '../../../contract/common.ts'
import { type Db, k } from '../../platform/database.ts'

type Ref = Static<typeof TerritoryRef>
type Person = Static<typeof PersonRef>
/**
 * What a structure may open, and since when. Ones within the region of the convention alone are that regional
 * direction's to change.
 */
export interface CeilingRow {
  readonly id: string
  readonly territory: Ref
  readonly since: Date
  readonly until: Date | null
  readonly setBy: Person | null
  readonly endedBy: Person | null
  readonly reason: string
  readonly endReason: string | null
  readonly inRegion: boolean
  /** The number of the amendment that gave it. */
  readonly amendment: number | null
  /** Of the structure there, the same in each row: others are added by an amendment (ACC-15). */
  readonly byAmendment: boolean
  /** Of the whole list, the same in each row: each opening and each end makes one more. */
  readonly version: number
}
const person = (column: string) =>
  sql`(select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
    a.organisation_id) from accounts a where a.id = ${sql.ref(column)})`
export const ceilingRows = (db: Db, conventionId: string) =>
  db.all(sql<CeilingRow>`
  select x.id, jsonb_build_object('id', t.id, 'kind', t.kind, 'code', t.code, 'name', t.name) as territory,
    x.from_at as since, x.until_at as until, ${person('x.set_by')} as set_by, ${person('x.ended_by')} as ended_by,
    x.reason, x.end_reason,
    ctx.lies_within(t.id, array[c.region_id]) as in_region,
    (select a.number from convention_amendments a where a.id = x.amendment_id) as amendment,
    ctx.widened_by_amendment(c.organisation_id, c.region_id) as by_amendment,
    (count(*) over () + count(x.until_at) over ())::int as version
  from conventions c join organisation_territories x on x.organisation_id = c.organisation_id
    join territories t on t.id = x.territory_id
  where c.id = ${conventionId}::uuid order by x.until_at desc nulls first, t.name collate "fr-x-icu", x.id limit 500`)
/** Of these territories, those that lie in the region; the national one never does. */
export const territoriesOfRegion = (db: Db, ids: readonly number[], regionId: number) =>
  db.all(
    sql<
      Ref & { inRegion: boolean }
    >`select t.id, t.kind, t.code, t.name, t.id <> 0 and ctx.lies_within(t.id, array[${regionId}::int]) as in_region
      from territories t where t.id = any (${[...ids]}::int[])`,
  )
/** From the database's instant, by which rights are judged. */
export const closeTerritories = (db: Db, ids: readonly string[], by: string, reason: string) =>
  db.run(
    sql`update organisation_territories
      set until_at = greatest(ctx.clock(), from_at), ended_by = ${by}::uuid, end_reason = ${reason}
      where id = any (${[...ids]}::uuid[]) and until_at is null`,
  )
export interface NewTerritory {
  readonly id: string
  readonly organisationId: string
  readonly territoryId: number
  readonly setBy: string | null
  readonly reason: string
}
export const openTerritory = (db: Db, row: NewTerritory, from?: Date) =>
  db.run(k.insertInto('organisationTerritories').values({ ...row, fromAt: from ?? sql`ctx.clock()` }))
