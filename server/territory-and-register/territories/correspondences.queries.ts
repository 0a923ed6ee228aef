import { sql } from 'kysely'
import type pg from 'pg'
import type { Db } from '../../platform/database.ts'
import {
  type Correspondence,
  correspondenceOf,
  type Pair,
  type SoughtActivities,
  soughtActivities,
} from './correspondence-rules.ts'

/** A few thousand pairs, in one row. */
export const readCorrespondence = async (db: Db): Promise<Correspondence> => {
  const { pairs } = (await db.first(
    sql<{ pairs: readonly (readonly [string, string, boolean])[] }>`select coalesce(jsonb_agg(
      jsonb_build_array(naf, naf25, rare) order by naf, naf25), '[]') as pairs from naf_correspondences`,
  ))!
  return correspondenceOf(pairs.map(([naf, naf25, rare]): Pair => ({ naf, naf25, rare })))
}

/** Reads the correspondence only when an activity is asked. */
export const seekActivities = async (
  db: Db,
  asked: readonly string[] | undefined,
): Promise<SoughtActivities | undefined> =>
  asked?.length ? soughtActivities(asked, await readCorrespondence(db)) : undefined

export interface InseePair {
  readonly naf: string
  readonly naf25: string
}
/** INSEE's table takes the place of its former edition. Of a code that it holds, the register's own pairs are rare. */
export const saveInseePairs = async (owner: pg.ClientBase, edition: string, pairs: readonly InseePair[]) => {
  await owner.query(`delete from naf_correspondences where source = 'insee'`)
  await owner.query(
    `with given as (select naf, naf25 from jsonb_to_recordset($1::jsonb) g (naf text, naf25 text)),
    aside as (update naf_correspondences c set rare = true where exists (select from given g where g.naf = c.naf)
      and not exists (select from given g where g.naf = c.naf and g.naf25 = c.naf25))
    insert into naf_correspondences (naf, naf25, source, edition) select naf, naf25, 'insee', $2 from given
    on conflict (naf, naf25) do update set source = 'insee', establishments = null, edition = excluded.edition,
      rare = false`,
    [JSON.stringify(pairs), edition],
  )
}

/** Below this share of the lines of a code, a pair says something of these lines alone. */
const rareShare = 0.01
/**
 * Within a transaction of the caller: what the register codes in both nomenclatures, today or before it recoded,
 * counted pair by pair. When nothing is counted, the former count stays.
 */
export const countRegisterPairs = async (client: pg.ClientBase, today: string): Promise<number> => {
  const { rows } = await client.query<{ naf: string; naf25: string; establishments: number }>(
    `select naf, naf25, count(*)::int as establishments from (
      select case when e.naf_nomenclature = 'NAF25' then e.naf_former else e.naf end as naf,
        case when e.naf_nomenclature = 'NAF25' then e.naf else e.naf25 end as naf25
      from public.establishments e where coalesce(e.naf_nomenclature, 'NAFRev2') in ('NAFRev2', 'NAF25')) p
    where naf is not null and naf25 is not null group by 1, 2
    having naf ~ '^\\d{2}\\.\\d{2}[A-Z]$' and naf25 ~ '^\\d{2}\\.\\d{2}[A-Z]$'`,
  )
  if (rows.length === 0) return 0
  await client.query(`delete from naf_correspondences where source = 'register'`)
  await client.query(
    `with given as (select *, sum(establishments) over (partition by naf) as whole
      from jsonb_to_recordset($1::jsonb) g (naf text, naf25 text, establishments int))
    insert into naf_correspondences (naf, naf25, source, establishments, edition, rare)
    select naf, naf25, 'register', establishments, $2, establishments < whole * $3::float8
      or exists (select from naf_correspondences i where i.source = 'insee' and i.naf = g.naf)
    from given g where not exists (select from naf_correspondences i where i.source = 'insee' and i.naf = g.naf
      and i.naf25 = g.naf25)
    on conflict (naf, naf25) do nothing`,
    [JSON.stringify(rows), today, rareShare],
  )
  return rows.length
}
/** The updates count again once a month: it reads the whole register. */
export const isCountDue = async (client: pg.ClientBase, today: string): Promise<boolean> => {
  const { rows } = await client.query<{ counted: boolean }>(
    `select exists (select from naf_correspondences where source = 'register' and edition >= $1
      and (establishments > 1 or not rare)) as counted`,
    [`${today.slice(0, 7)}-01`],
  )
  return !rows[0]!.counted
}
/** What a page of the updates brought is found the same day by its other code. */
export const noteJudgedPairs = (client: pg.ClientBase) =>
  client.query(
    `insert into naf_correspondences (naf, naf25, source, establishments, edition, rare)
    select distinct p.naf, p.naf25, 'register', 1, to_char(now() at time zone 'Europe/Paris', 'YYYY-MM-DD'), true
    from judged j join public.establishments e on e.siret = j.key
      cross join lateral (select case when e.naf_nomenclature = 'NAF25' then e.naf_former else e.naf end as naf,
        case when e.naf_nomenclature = 'NAF25' then e.naf else e.naf25 end as naf25) p
    where coalesce(e.naf_nomenclature, 'NAFRev2') in ('NAFRev2', 'NAF25')
      and p.naf ~ '^\\d{2}\\.\\d{2}[A-Z]$' and p.naf25 ~ '^\\d{2}\\.\\d{2}[A-Z]$'
    on conflict (naf, naf25) do nothing`,
  )

/** The sub-classes whose labels are held: none before `npm run import -- naf`. */
export const readFinestCodes = async (owner: pg.ClientBase, nomenclature: string): Promise<ReadonlySet<string>> => {
  const { rows } = await owner.query<{ code: string }>(
    `select code from naf where nomenclature = $1 and code ~ '^\\d{2}\\.\\d{2}[A-Z]$'`,
    [nomenclature],
  )
  return new Set(rows.map(({ code }) => code))
}
