import type pg from 'pg'

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
      with ordinality e (r, rank), jsonb_to_record(r) x ("oldCode" text, "newCode" text, kind text, name text),
      lateral (select x."oldCode" as old_code, x."newCode" as new_code) codes
    where not exists (select from commune_successions s where s.old_code = x."oldCode" and s.new_code = x."newCode")
    order by old_code, new_code, rank`,
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
