import { sql } from 'kysely'
import type pg from 'pg'
import type { Db } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { NotedField, NotedSought } from './noted-rules.ts'

export interface Typed extends TerritoryLine {
  readonly siret: number
  readonly name: string
  readonly activity: string | null
  readonly communeCode: string
  readonly organisationId: string
  readonly authorId: string
  readonly createdAt: Date
}
export interface Provisional extends Typed {
  readonly town: string | null
  readonly activityLabel: string | null
  readonly organisationName: string
  readonly organisationKind: string
  readonly authorName: string
  readonly lookedUpAt: Date | null
  readonly confirmedAt: Date | null
  readonly correctedAt: Date | null
  readonly correctedBy: string | null
  readonly correctorName: string | null
  /** The register has this SIRET, diffused or not. */
  readonly known: boolean
  /** Something was recorded with it, which the viewer perhaps may not read. */
  readonly used: boolean
}

const provisional = sql`
    select p.*, c.name as town, (select n.label from naf n where n.nomenclature = case when p.activity like 'NAF25:%'
      then 'NAF25' else 'NAFRev2' end and n.code = replace(p.activity, 'NAF25:', '')) as activity_label,
      o.name as organisation_name, o.kind as organisation_kind, a.given_name || ' ' || a.family_name as author_name,
        exists (select from establishments e where e.siret = p.siret) as known,
      provisional_used(p.siret) as used, (select b.given_name || ' ' || b.family_name from accounts b
        where b.id = p.corrected_by) as corrector_name
    from provisional_establishments p join organisations o on o.id = p.organisation_id
      join accounts a on a.id = p.author_id left join communes c on c.code = p.commune_code`
export const readProvisional = (db: Db, siret: number): Promise<Provisional | undefined> =>
  db.first(sql<Provisional>`${provisional} where p.siret = ${siret}`)
/**
 * Those that the register lacks and whose name and town have all these words, the last one perhaps unfinished. There
 * are few, and fewer in a perimeter.
 */
export const provisionalNamed = (
  db: Db,
  words: readonly string[],
  territoryId: number | undefined,
  limit: number,
): Promise<Provisional[]> =>
  db.all(sql<Provisional>`${provisional} where p.confirmed_at is null
    and (${territoryId ?? 0}::int in (0, p.region_id, p.departement_id, p.epci_id, p.clpe_id))
    and not exists (select from unnest(${words}::text[]) w
      where position(' ' || w in ' ' || search_words(p.name || ' ' || coalesce(c.name, ''))) = 0)
      and not exists (select from establishments e where e.siret = p.siret) order by p.name collate "fr-x-icu", p.siret limit ${limit}`)

/** The same of those found by what partners noted of them, one value of each. */
export const provisionalNoted = (
  db: Db,
  { asked, some }: NotedSought,
  territoryId: number | undefined,
  limit: number,
): Promise<(Provisional & { saidField: NotedField; saidValue: string })[]> =>
  db.all(sql<Provisional & { saidField: NotedField; saidValue: string }>`
    select q.*, n.field as said_field, n.value as said_value
    from (select distinct on (k.siret) k.siret, k.field, k.value
      from noted_as(${asked}, ${some}, ${territoryId || null}::int) k
      where not exists (select from establishments e where e.siret = k.siret) order by k.siret, k.field desc) n
    join (${provisional} where p.confirmed_at is null) q on q.siret = n.siret
    order by q.name collate "fr-x-icu", q.siret limit ${limit}`)

/**
 * Locks the card before something is recorded with this SIRET: until the end of the transaction, nobody withdraws or
 * corrects it.
 */
export const holdProvisional = (db: Db, siret: number): Promise<unknown> =>
  db.run(sql`select hold_provisional(${siret}, false)`)
/** The same for many, in order. */
export const holdProvisionals = (db: Db, sirets: readonly number[]): Promise<unknown> =>
  db.run(sql`select hold_provisional(s.siret, false) from (select siret from unnest(${sirets}::bigint[]) u (siret)
    order by siret) s`)
/** Before it is corrected or withdrawn: nobody records anything with it meanwhile. */
export const lockProvisional = (db: Db, siret: number): Promise<unknown> =>
  db.run(sql`select hold_provisional(${siret}, true)`)

/** Whether the register has this SIRET, and shows it. */
export const registerHolds = async (db: Db, siret: number): Promise<'diffused' | 'not-diffused' | undefined> => {
  const row = await db.first(sql<{ diffusion: string }>`select diffusion from establishments where siret = ${siret}`)
  return row && (row.diffusion === 'N' ? 'not-diffused' : 'diffused')
}

/** Rows written: none when another was there already, perhaps since an instant, perhaps out of sight. */
export const insertProvisional = (
  db: Db,
  {
    siret,
    name,
    activity,
    communeCode,
    regionId,
    departementId,
    epciId,
    clpeId,
    organisationId,
    authorId,
    createdAt,
  }: Typed,
): Promise<number> =>
  db.run(sql`insert into provisional_establishments (siret, name, activity, commune_code, region_id, departement_id,
    epci_id, clpe_id, organisation_id, author_id, created_at)
    values (${siret}, ${name}, ${activity}, ${communeCode}, ${regionId}, ${departementId}, ${epciId}, ${clpeId},
      ${organisationId}::uuid, ${authorId}::uuid, ${createdAt}) on conflict do nothing`)

export const saveTyped = (
  db: Db,
  siret: number,
  {
    name,
    activity,
    communeCode,
    regionId,
    departementId,
    epciId,
    clpeId,
  }: Omit<Typed, 'siret' | 'organisationId' | 'authorId' | 'createdAt'>,
  at: Date,
  by: string,
): Promise<number> =>
  db.run(sql`update provisional_establishments
    set name = ${name}, activity = ${activity}, commune_code = ${communeCode}, region_id = ${regionId},
    departement_id = ${departementId}, epci_id = ${epciId}, clpe_id = ${clpeId},
    corrected_at = ${at}, corrected_by = ${by}::uuid where siret = ${siret}`)
export const deleteProvisional = (db: Db, siret: number): Promise<number> =>
  db.run(sql`delete from provisional_establishments where siret = ${siret}`)

/** After an import, an update or a look-up: those the register now holds are confirmed. */
export const settleProvisional = async (client: pg.ClientBase): Promise<number> =>
  (await client.query<{ n: number }>('select public.settle_provisional() as n')).rows[0]!.n

/** After a change of communes: those that the register lacks, to what their typed commune has become. */
export const moveProvisional = async (owner: pg.ClientBase, today: string): Promise<number> =>
  (
    await owner.query(
      `
  update provisional_establishments p
    set region_id = c.region_id, departement_id = c.departement_id, epci_id = c.epci_id, clpe_id = c.clpe_id
    from communes c
    where c.code = commune_on(p.commune_code, $1) and not exists (select from establishments e where e.siret = p.siret)
      and row(p.region_id, p.departement_id, p.epci_id, p.clpe_id) is distinct
        from row(c.region_id, c.departement_id, c.epci_id, c.clpe_id)`,
      [today],
    )
  ).rowCount ?? 0

/** Those INSEE has not been asked about, or not since a day, the longest waiting first. */
export const provisionalToLookUp = async (client: pg.ClientBase, limit: number): Promise<number[]> =>
  (
    await client.query<{ siret: string }>(
      `select siret::text from provisional_establishments where confirmed_at is null
        and (looked_up_at is null or looked_up_at < now() - interval '1 day')
        order by looked_up_at nulls first, created_at limit $1`,
      [limit],
    )
  ).rows.map(r => Number(r.siret))
export const noteLookUp = (client: pg.ClientBase, siret: number) =>
  client.query('update provisional_establishments set looked_up_at = now() where siret = $1', [siret])
