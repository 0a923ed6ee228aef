import { sql } from 'kysely'
import type pg from 'pg'
import type { Db } from '../../platform/database.ts'

/**
 * As the owner, in the transaction of the caller. Says how many are new or different, and the codes that no territory
 * has today.
 */
export const saveContours = async (
  owner: pg.ClientBase,
  kind: string,
  contours: readonly { code: string; polygons: number[][][][] }[],
  source: string | null,
) => {
  let changed = 0
  for (let at = 0; at < contours.length; at += 500) {
    const { rowCount } = await owner.query(
      `
      insert into contours (kind, code, polygons, source) select $1, code, polygons, $3
        from jsonb_to_recordset($2::jsonb) r (code text, polygons json)
      on conflict (kind, code) do update set polygons = excluded.polygons, source = excluded.source,
        imported_at = now()
        where contours.polygons::jsonb <> excluded.polygons::jsonb or contours.source is distinct from excluded.source`,
      [kind, JSON.stringify(contours.slice(at, at + 500)), source],
    )
    changed += rowCount ?? 0
  }
  await owner.query('analyze contours')
  const { rows } = await owner.query<{ code: string }>(
    `
    select code from contours k where kind = $1 and code = any ($2)
      and not exists (select from communes c where k.kind = 'commune' and c.code = k.code and c.valid_to is null)
      and not exists (select from territories t where t.kind = k.kind and t.code = k.code and t.current) order by code`,
    [kind, contours.map(c => c.code)],
  )
  return { changed, unknown: rows.map(r => r.code) }
}

export interface ContourRead {
  code: string
  name: string
  territoryIds: number[]
  polygons: number[][][][]
  source: string | null
}

/** Contours of the departments or EPCIs that share communes with a territory. */
export const territoryContours = (db: Db, within: number, kind: 'departement' | 'epci') =>
  db.all<ContourRead>(sql`
  select t.code, t.name, array_remove(array[t.id, t.parent_id], null) as territory_ids, k.polygons, k.source
  from territory_overlaps o join territories t on t.id = o.other_id and t.kind = ${kind} and t.current
    join contours k on k.kind = t.kind and k.code = t.code
  where o.territory_id = ${within} order by t.code`)
export const communeContours = (db: Db, within: number) =>
  db.all<ContourRead>(sql`
  select c.code, c.name, array_remove(array[c.region_id, c.departement_id, c.epci_id, c.clpe_id],
    null) as territory_ids, k.polygons, k.source
  from communes c join contours k on k.kind = 'commune' and k.code = c.code
  where c.valid_to is null and ${within} in (c.region_id, c.departement_id, c.epci_id, c.clpe_id) order by c.code`)

export interface CommunePlace {
  name: string
  lat: number
  lon: number
}
/** Establishments that tell where a commune lies: their middle moves little past these. */
const sampled = 50
/**
 * Where the communes of a territory lie, by the middle of their establishments. `drawn`: only those whose contour, not
 * imported, does not carry the name.
 */
export const communePlaces = (db: Db, within: number, drawn: boolean) =>
  db.all<CommunePlace>(sql`
  select c.name, m.lat::float8 as lat, m.lon::float8 as lon
  from communes c, lateral (select percentile_cont(0.5) within group (order by e.latitude) as lat,
      percentile_cont(0.5) within group (order by e.longitude) as lon
    from (select latitude, longitude from establishments where commune_code = c.code and latitude is not null
      and longitude is not null and not partial_diffusion limit ${sampled}) e) m
  where c.valid_to is null and ${within} in (c.region_id, c.departement_id, c.epci_id, c.clpe_id) and m.lat is not null
    and not (${drawn} and exists (select from contours k where k.kind = 'commune' and k.code = c.code))
  order by c.code`)
