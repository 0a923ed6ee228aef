import { sql } from 'kysely'
import type pg from 'pg'
import type { Db } from '../../platform/database.ts'
import { found } from '../../platform/errors.ts'

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

export const home = sql`${sql.raw('(c.region_id, c.departement_id, c.epci_id, c.clpe_id)')}`
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
export interface CommuneTerritories {
  readonly code: string
  readonly name: string
  readonly regionId: number
  readonly departementId: number
  readonly epciId: number | null
  readonly clpeId: number | null
}
export const communeTerritories = (db: Db, asked: string, day: string) =>
  db.first<CommuneTerritories>(
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
  select t.id, t.kind, t.code, t.name from territories t where t.id = any (${ids}::int[]) order by ${rank}`)

/** Of an establishment of the register. */
export const readRefsOf = (db: Db, siret: number) =>
  db.all<Ref>(sql`
  select t.id, t.kind, t.code, t.name from establishments e
    cross join lateral unnest(array[e.region_id, e.departement_id, e.epci_id, e.clpe_id]) own (id)
    join territories t on t.id = own.id where e.siret = ${siret} order by ${rank}`)
