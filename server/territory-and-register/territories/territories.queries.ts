import { sql } from 'kysely'
import type pg from 'pg'
import type { Db } from '../../platform/database.ts'
import { found } from '../../platform/errors.ts'

/* Imports: as the owner, in the transaction of the caller. */

export interface TerritoryRow {
  id: number
  kind: 'region' | 'departement' | 'epci'
  code: string
  name: string
  nature?: string
  parentId?: number
}
export interface CommuneRow {
  code: string
  name: string
  departementId: number
  regionId: number
  epciId: number | null
  population: number | null
  postalCodes: string[]
}
export interface SuccessionRow {
  oldCode: string
  newCode: string
  kind: 'retired' | 'delegated' | 'municipal-district'
  name?: string
}
export interface NafRow {
  nomenclature: string
  code: string
  label: string
  section: string | null
}
interface Edition {
  readonly edition: string
  readonly inForceFrom: string
}

export const saveTerritories = async (owner: pg.ClientBase, rows: TerritoryRow[]) => {
  const json = JSON.stringify(rows)
  await owner.query(
    `update territories set current = false where kind = 'epci'
      and id not in (select (r ->> 'id')::int from jsonb_array_elements($1::jsonb) r)`,
    [json],
  )
  await owner.query(
    `
    insert into territories (id, kind, code, name, nature, parent_id)
    select id, kind, code, name, nature, "parentId"
      from jsonb_to_recordset($1::jsonb) r (id int, kind text, code text, name text, nature text, "parentId" int)
    on conflict (id) do update set name = excluded.name, nature = excluded.nature, parent_id = excluded.parent_id,
      current = true`,
    [json],
  )
}

/**
 * A code the edition no longer has ends on its first day; a new one begins on it, except at the first import, which
 * knows no beginning.
 */
export const saveCommunes = async (owner: pg.ClientBase, cog: Edition, rows: CommuneRow[]) => {
  const json = JSON.stringify(rows)
  const {
    rows: [first],
  } = await owner.query<{ empty: boolean }>('select not exists (select from communes) as empty')
  await owner.query(
    `
    insert into communes (code, name, departement_id, region_id, epci_id, population, postal_codes, valid_from)
    select code, name, "departementId", "regionId", "epciId", population, "postalCodes", $2::date
    from jsonb_to_recordset($1::jsonb) r (code text, name text, "departementId" int, "regionId" int, "epciId" int,
      population int, "postalCodes" text[])
    on conflict (code) do update set name = excluded.name, departement_id = excluded.departement_id,
      region_id = excluded.region_id, epci_id = excluded.epci_id,
      population = excluded.population, postal_codes = excluded.postal_codes, valid_to = null`,
    [json, first!.empty ? null : cog.inForceFrom],
  )
  await owner.query(
    "update communes set valid_to = $2 where valid_to is null and code not in (select r ->> 'code' from jsonb_array_elements($1::jsonb) r)",
    [json, cog.inForceFrom],
  )
}

/**
 * The source gives no day: a succession is dated by the edition that retires the code, when we held the edition before.
 * The first kind given for a code is kept.
 */
export const saveSuccessions = async (owner: pg.ClientBase, cog: Edition, rows: SuccessionRow[]) => {
  await owner.query(
    `
    insert into commune_successions (old_code, new_code, on_day, kind, name)
    select distinct on (old_code, new_code) old_code, new_code, (select c.valid_to from communes c
      where c.code = old_code and c.valid_to = $2::date), kind, name
    from jsonb_array_elements($1::jsonb)
      with ordinality e (r, place), jsonb_to_record(r) x ("oldCode" text, "newCode" text, kind text, name text),
      lateral (select x."oldCode" as old_code, x."newCode" as new_code) codes
    where not exists (select from commune_successions s where s.old_code = x."oldCode" and s.new_code = x."newCode")
    order by old_code, new_code, place`,
    [JSON.stringify(rows), cog.inForceFrom],
  )
}

export const saveEdition = async (
  owner: pg.ClientBase,
  kind: 'cog' | 'clpe',
  edition: string,
  publishedOn: string,
  inForceFrom: string,
) => {
  await owner.query(
    `
    insert into territory_editions (kind, edition, published_on, in_force_from) values ($1, $2, $3, $4)
    on conflict (kind, edition) do update
      set published_on = excluded.published_on, in_force_from = excluded.in_force_from, imported_at = now()`,
    [kind, edition, publishedOn, inForceFrom],
  )
}

/** Every code that means a commune on that day, retired ones included, with the commune it means. */
export const communesToday = async (owner: pg.ClientBase, today: string): Promise<Map<string, string>> => {
  // The same walk as commune_on, for all codes at once.
  const { rows } = await owner.query<{ asked: string; code: string }>(
    `
    with recursive living as materialized (select code from communes where (valid_from is null or valid_from <= $1)
      and (valid_to is null or valid_to > $1)),
    step as (
      select distinct old_code as asked, old_code as code, 0 as depth from commune_successions
      union all
      select asked, s.new_code, depth + 1 from step join commune_successions s on s.old_code = step.code
      where depth < 5 and (s.on_day is null or s.on_day <= $1)
        and not exists (select from living l where l.code = step.code)
    )
    select code as asked, code from living
    union
    (select distinct on (asked) asked, step.code from step join living using (code) order by asked, depth)`,
    [today],
  )
  return new Map(rows.map(r => [r.asked, r.code]))
}

export const knownCompositions = async (owner: pg.ClientBase, current: ReadonlyMap<string, string>) => {
  const { rows } = await owner.query<{ edition: string; in_force_from: string; members: Record<string, string[]> }>(`
    select e.edition, e.in_force_from::text, jsonb_object_agg(c.clpe_id, c.codes) as members
    from territory_editions e join (select edition, clpe_id, jsonb_agg(commune_code) as codes from clpe_communes
      group by 1, 2) c using (edition)
    where e.kind = 'clpe' group by 1, 2`)
  return rows.map(r => ({
    edition: r.edition,
    inForceFrom: r.in_force_from,
    communes: new Map(
      Object.entries(r.members).map(([id, codes]) => [Number(id), new Set(codes.map(c => current.get(c) ?? c))]),
    ),
  }))
}

export const newClpe = async (owner: pg.ClientBase, code: string, name: string): Promise<number> => {
  const { rows } = await owner.query<{ id: number }>(
    `insert into territories (id, kind, code, name, current) values (nextval('clpe_ids'), 'clpe', $1, $2, false)
      returning id`,
    [code, name],
  )
  return rows[0]!.id
}

export const saveClpeEdition = async (
  owner: pg.ClientBase,
  edition: string,
  clpes: { clpeId: number; code: string; name: string }[],
  communes: { commune: string; clpeId: number }[],
) => {
  await owner.query('delete from clpe_in_edition where edition = $1', [edition])
  await owner.query(
    `insert into clpe_in_edition (edition, clpe_id, code, name)
    select $1, "clpeId", code, name from jsonb_to_recordset($2::jsonb) r ("clpeId" int, code text, name text)`,
    [edition, JSON.stringify(clpes)],
  )
  await owner.query(
    `insert into clpe_communes (edition, commune_code, clpe_id)
    select $1, commune, "clpeId" from jsonb_to_recordset($2::jsonb) r (commune text, "clpeId" int)`,
    [edition, JSON.stringify(communes)],
  )
}

/**
 * Puts in force the CLPE edition of the day: each commune's CLPE, the names and codes of the day, and which territories
 * share communes. Says which edition it is.
 */
export const applyEditions = async (owner: pg.ClientBase, today: string): Promise<string | null> => {
  await owner.query('analyze communes, commune_successions, clpe_communes, clpe_in_edition, territories')
  const {
    rows: [edition],
  } = await owner.query<{ edition: string }>(
    `
    select edition from territory_editions where kind = 'clpe' and in_force_from <= $1
      order by in_force_from desc, published_on desc, edition desc limit 1`,
    [today],
  )
  if (edition) {
    // Municipal districts of one city could stand in several: the city goes where most of them are.
    await owner.query(
      `
      with home as (
        select code, mode() within group (order by clpe_id) as clpe_id
        from (select coalesce((select c.code from communes c where c.code = m.commune_code
          and c.valid_to is null), commune_on(m.commune_code, $2)) as code, m.clpe_id from clpe_communes m
          where m.edition = $1) m
        where code is not null group by code)
      update communes c set clpe_id = h.clpe_id
      from communes x left join home h using (code) where c.code = x.code and c.clpe_id is distinct from h.clpe_id`,
      [edition.edition, today],
    )
    // In two steps: codes are exchanged between identities, and no two current ones may share one even for a moment.
    await owner.query(`update territories set current = false where kind = 'clpe'`)
    await owner.query(
      `update territories t set current = true, code = e.code, name = e.name from clpe_in_edition e
        where e.clpe_id = t.id and e.edition = $1`,
      [edition.edition],
    )
  }
  await refreshOverlaps(owner)
  await refreshContents(owner)
  return edition?.edition ?? null
}

/**
 * A CLPE no longer current overlaps through the communes of its last edition: what was done there stays visible to its
 * neighbours.
 */
const refreshOverlaps = (owner: pg.ClientBase) =>
  owner.query(`
  with member as (
    select c.code, t.id from communes c, lateral (values (c.region_id), (c.departement_id), (c.epci_id),
      (c.clpe_id)) t (id) where t.id is not null and c.valid_to is null
    union
    select m.commune_code, m.clpe_id from clpe_communes m join (
      select distinct on (c.clpe_id) c.clpe_id, c.edition from clpe_in_edition c join territories t on t.id = c.clpe_id
        and not t.current
      join territory_editions e on e.kind = 'clpe' and e.edition = c.edition
        order by c.clpe_id, e.in_force_from desc) last using (clpe_id, edition)
  ), fresh as (
    select a.id as territory_id, b.id as other_id from member a join member b using (code)
    union select id, id from territories
    union select 0, id from territories
    union select id, 0 from territories
  ), gone as (
    delete from territory_overlaps o where not exists (select from fresh f where f.territory_id = o.territory_id
      and f.other_id = o.other_id)
  )
  insert into territory_overlaps select territory_id, other_id from fresh on conflict do nothing`)

/**
 * What lies wholly in another: all its communes are there. A CLPE no longer current keeps what it lay in, by those of
 * its last edition.
 */
export const refreshContents = (owner: pg.ClientBase | pg.Pool) =>
  owner.query(`
  with member as (
    select c.code, t.id from communes c, lateral (values (c.region_id), (c.departement_id), (c.epci_id),
      (c.clpe_id)) t (id) where t.id is not null and c.valid_to is null
    union
    select m.commune_code, m.clpe_id from clpe_communes m join (
      select distinct on (c.clpe_id) c.clpe_id, c.edition from clpe_in_edition c join territories t on t.id = c.clpe_id
        and not t.current
      join territory_editions e on e.kind = 'clpe' and e.edition = c.edition
        order by c.clpe_id, e.in_force_from desc) last using (clpe_id, edition)
  ), size as (select id, count(*) as n from member group by id
  ), fresh as (
    select a.id as inner_id, b.id as outer_id from member a join member b using (code) join size s on s.id = a.id
      where a.id <> b.id group by a.id, b.id, s.n having count(*) = s.n
  ), gone as (
    delete from territory_contents c where not exists (select from fresh f where f.inner_id = c.inner_id
      and f.outer_id = c.outer_id)
  )
  insert into territory_contents select inner_id, outer_id from fresh on conflict do nothing`)

export const saveAlias = async (
  owner: pg.ClientBase,
  kind: string,
  code: string,
  alias: string | null,
): Promise<boolean> =>
  (
    await owner.query('update territories set alias = $3 where kind = $1 and code = $2 and current', [
      kind,
      code,
      alias,
    ])
  ).rowCount === 1

export const saveNaf = async (owner: pg.ClientBase, rows: NafRow[]) => {
  await owner.query(
    `insert into naf (nomenclature, code, label, section)
    select distinct on (nomenclature, code) nomenclature, code, label, section
      from jsonb_to_recordset($1::jsonb) r (nomenclature text, code text, label text, section text)
    on conflict (nomenclature, code) do update set label = excluded.label, section = excluded.section`,
    [JSON.stringify(rows)],
  )
}

/**
 * A current territory by what an operator types: a department number, an EPCI's SIREN, a CLPE's code of the edition in
 * force.
 */
export const currentTerritory = async (
  owner: pg.ClientBase,
  kind: string,
  code: string,
): Promise<{ id: number; name: string } | undefined> =>
  (
    await owner.query<{ id: number; name: string }>(
      'select id, name from territories where kind = $1 and code = $2 and current',
      [kind, code],
    )
  ).rows[0]

/* Reads of the application. */

export interface Ref {
  id: number
  kind: 'national' | 'region' | 'departement' | 'clpe' | 'epci'
  code: string
  name: string
}
export interface TerritoryRead extends Ref {
  alias: string | null
  edition: string | null
  communeCount: number
}

const inForce = sql`(select edition from territory_editions e where e.kind = 'clpe'
  and e.in_force_from <= (now() at time zone 'Europe/Paris')::date
  order by in_force_from desc, published_on desc, edition desc limit 1)`
const territoryColumns = sql`t.id, t.kind, t.code, t.name, t.alias,
  case t.kind when 'clpe' then coalesce((select x.edition from clpe_in_edition x where x.clpe_id = t.id
    and x.edition = ${inForce}), (select max(x.edition) from clpe_in_edition x where x.clpe_id = t.id))
    else (select max(edition) from territory_editions e where e.kind = 'cog') end as edition,
  case t.kind when 'national' then (select count(*) from communes c where c.valid_to is null)
    when 'region' then (select count(*) from communes c where c.region_id = t.id and c.valid_to is null)
    when 'departement' then (select count(*) from communes c where c.departement_id = t.id and c.valid_to is null)
    when 'epci' then (select count(*) from communes c where c.epci_id = t.id and c.valid_to is null)
    else (select count(*) from communes c where c.clpe_id = t.id and c.valid_to is null) end::int as commune_count`

export interface TerritoryFilter {
  q?: string
  kind?: Ref['kind']
  within?: number
  own?: boolean
  limit: number
  after?: { rank: number; key: string; id: number }
}
export interface TerritoryLineRead extends TerritoryRead {
  rank: number
  key: string
}

// National first, then the larger kinds; within a kind by name.
const rank = sql`case t.kind when 'national' then 0 when 'region' then 1 when 'departement' then 2 when 'clpe' then 3
  else 4 end`
const matching = (f: TerritoryFilter) => sql`t.current
  and (${f.kind ?? null}::text is null or t.kind = ${f.kind ?? null})
  and (${f.within ?? null}::int is null
    or exists (select from territory_overlaps o where o.territory_id = ${f.within ?? null} and o.other_id = t.id))
  ${f.own ? sql`and ctx.lies_within(t.id, (select ctx.own_ceiling()))` : sql``}
  and (${f.q ?? null}::text is null or t.code ilike ${f.q ?? ''} || '%'
    or search_vector(t.name || ' ' || coalesce(t.alias, '') || ' ' || t.code, '{}') @@ search_query(${f.q ?? ''},
      '{}'))`

export const listTerritories = (db: Db, f: TerritoryFilter) =>
  db.all<TerritoryLineRead>(sql`
  select ${territoryColumns}, t.rank, t.key from (
    select t.*, ${rank} as rank, search_words(t.name) as key from territories t
    where ${matching(f)} and (${f.after?.id ?? null}::int is null
      or (${rank}, search_words(t.name), t.id) > (${f.after?.rank ?? 0}, ${f.after?.key ?? ''}, ${f.after?.id ?? 0}))
    order by rank, key, id limit ${f.limit}) t order by t.rank, t.key, t.id`)
export const countTerritories = async (db: Db, f: TerritoryFilter): Promise<number> =>
  (await db.first<{ n: number }>(sql`select count(*)::int as n from territories t where ${matching(f)}`))!.n

export const readTerritory = async (db: Db, id: number): Promise<TerritoryRead> =>
  found(await db.first<TerritoryRead>(sql`select ${territoryColumns} from territories t where t.id = ${id}`))

const home = sql`${sql.raw('(c.region_id, c.departement_id, c.epci_id, c.clpe_id)')}`
/** The larger territories that hold or cross it, and the EPCIs it is made of. */
export const readLinks = (db: Db, id: number) =>
  db.all<Ref>(sql`
  select t.id, t.kind, t.code, t.name from territory_overlaps o join territories t on t.id = o.other_id
  where o.territory_id = ${id} and t.id <> ${id} and t.current and ${id} <> 0 order by ${rank}, t.code`)
export const readCommunes = (db: Db, id: number) =>
  db.all<{ code: string; name: string; epciId: number | null }>(sql`
  select c.code, c.name, c.epci_id from communes c where c.valid_to is null and ${id} <> 0 and ${id} in ${home}
    order by c.code limit 2000`)
export const readEditions = (db: Db, id: number) =>
  db.all<{ edition: string; code: string; name: string; communeCount: number }>(sql`
  select x.edition, x.code, x.name, (select count(*)::int from clpe_communes m where m.edition = x.edition
    and m.clpe_id = x.clpe_id) as commune_count
  from clpe_in_edition x where x.clpe_id = ${id} order by x.edition desc`)

export interface CommuneRead {
  code: string
  name: string
  how: string | null
  day: string | null
  territories: Ref[]
}
export const readCommune = async (db: Db, asked: string, day: string): Promise<CommuneRead> =>
  found(
    await db.first<CommuneRead>(sql`
    select c.code, c.name, s.kind as how, s.on_day as day,
      (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'code', t.code, 'name', t.name)
        order by ${rank}), '[]') from territories t where t.id in ${home}) as territories
    from communes c left join lateral (select kind, on_day from commune_successions where old_code = ${asked}
      and c.code <> ${asked} order by new_code = c.code desc limit 1) s on true
    where c.code = commune_on(${asked}, ${day}::date)`),
  )

/** The commune that a code means on that day, with the territories that a row of it carries. */
export interface CommunePlace {
  readonly code: string
  readonly name: string
  readonly regionId: number
  readonly departementId: number
  readonly epciId: number | null
  readonly clpeId: number | null
}
export const communePlace = (db: Db, asked: string, day: string) =>
  db.first<CommunePlace>(
    sql`select c.code, c.name, c.region_id, c.departement_id, c.epci_id, c.clpe_id from communes c
      where c.code = commune_on(${asked}, ${day}::date)`,
  )
/** The largest first: the one most likely meant. */
export const findCommunes = (db: Db, words: string, limit: number) =>
  db.all<{ code: string; name: string; postalCodes: string[]; departement: string }>(sql`
  select c.code, c.name, c.postal_codes, t.name as departement from communes c
    join territories t on t.id = c.departement_id
  where c.valid_to is null and ${
    /^\d/.test(words)
      ? sql`(c.code = ${words.toUpperCase()}
    or c.postal_codes && array[${words}])`
      : sql`search_words(c.name) like search_words(${words}) || '%'`
  }
  order by c.population desc nulls last, c.code limit ${limit}`)

export const readRefs = (db: Db, ids: readonly number[]) =>
  db.all<Ref>(sql`
  select t.id, t.kind, t.code, t.name from territories t
    where t.id = any (${sql.lit(`{${ids.map(Number).join(',')}}`)}::int[]) order by ${rank}`)
