import { DuckDBInstance } from '@duckdb/node-api'
import type pg from 'pg'

type Rows = Record<string, string>
const byKey = (rows: readonly (readonly unknown[])[]): Rows =>
  Object.fromEntries(rows.map(([key, value]) => [String(key), String(value)]))

/**
 * Hires by establishment, month and kind, worked out by another engine from the files alone. Between files the greatest
 * count of a same declaration holds.
 */
export const countedApart = async (paths: readonly string[], separator = '|'): Promise<Rows> => {
  const duckdb = await (await DuckDBInstance.create()).connect()
  const said = (column: string) => `nullif(nullif(${column}, ''), 'NULL')`
  const reader = await duckdb.runAndReadAll(`
    with lines as (
      select filename, kc_siret as siret, left(kd_dateembauche, 10)::date as hired, dc_typecontrat_id as contract,
        left(${said('kd_datecreation')}, 10) as declared, coalesce(nullif(${said('nbrjourtravaille')}::double, 0),
        left(${said('dd_datefincdd')}, 10)::date - left(kd_dateembauche, 10)::date + 1) as days
      from read_csv([${paths.map(path => `'${path}'`).join(', ')}], delim = '${separator}', quote = '', all_varchar = true,
        header = true, filename = true, strict_mode = false, union_by_name = true)
      where dc_typecontrat_id in ('1', '2', '3', '11', '12') and kc_siret <> '90000000000017'),
    told as (select siret, hired, contract, declared, case when contract <> '2' then days end as days, filename,
      count(*) as hires from lines group by all),
    known as (select siret, hired, contract, declared, days, max(hires) as hires from told group by all)
    select concat_ws(' ', siret, strftime(hired, '%Y-%m'), case contract when '2' then 'cdi' when '3' then 'ctt'
        when '11' then 'apprentissage' when '12' then 'professionnalisation' else case when days is null then 'cdd-unsaid'
        when days < 31 then 'cdd-short' when days < 183 then 'cdd-medium' else 'cdd-long' end end) as key,
      sum(hires) as hires from known group by all order by all`)
  duckdb.closeSync()
  return byKey(reader.getRows())
}

export const countedHere = async (owner: pg.ClientBase): Promise<Rows> =>
  byKey(
    (
      await owner.query<{ key: string; hires: number }>(
        `select concat_ws(' ', lpad(siret::text, 14, '0'), to_char(month, 'YYYY-MM'), kind) as key, hires
          from hirings_by_month order by 1`,
      )
    ).rows.map(r => [r.key, r.hires]),
  )
