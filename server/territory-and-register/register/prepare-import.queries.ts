import type pg from 'pg'
import { type Layout, layouts } from './file-layout.ts'
import type { Scope } from './merge.queries.ts'
import { prepareCodes } from './unknown-codes.queries.ts'

/** The server ends what it is doing for a client that is no more. */
export const watchConnection = (client: pg.ClientBase) => client.query(`set client_connection_check_interval = '300ms'`)

/**
 * One import at a time: two could each hide from the other what it brings. One that was just killed ends a moment
 * later, as soon as the server notices.
 */
export const takeImportLock = async (
  owner: pg.ClientBase,
  patienceMs = 3_000,
  name: 'register-import' | 'hirings-import' | 'services-import' = 'register-import',
): Promise<boolean> => {
  await watchConnection(owner)
  for (const until = performance.now() + patienceMs; ; ) {
    if (
      (await owner.query<{ taken: boolean }>('select pg_try_advisory_lock(hashtext($1)) as taken', [name])).rows[0]!
        .taken
    )
      return true
    if (performance.now() > until) return false
    await new Promise(done => {
      setTimeout(done, 100)
    })
  }
}

/**
 * The temporary tables of a session's imports, anew; sessions that build together have the units wanted and withheld in
 * common.
 */
export const prepareImport = async (owner: pg.ClientBase, today: string, together = false): Promise<void> => {
  await owner.query(`drop table if exists pg_temp.import_communes, pg_temp.import_wanted, pg_temp.import_withheld,
    pg_temp.judged, pg_temp.staged;
    set search_path = public, extensions${together ? ', register_build' : ''}; set jit = off;
    create temp table import_communes (asked text primary key, code text, region_id int, departement_id int,
      epci_id int, clpe_id int);
    ${together ? '' : 'create temp table import_wanted (siren bigint); create temp table import_withheld (siren bigint primary key);'}
    create temp table judged (key bigint primary key, siren bigint, row_hash bigint, verdict text, commune_code text,
      unknown_commune text, unreadable int) on commit delete rows`)
  await owner.query(
    `
    insert into import_communes
    with recursive living as materialized (select * from communes where (valid_from is null or valid_from <= $1)
      and (valid_to is null or valid_to > $1)),
    step as (
      select distinct old_code as asked, old_code as code, 0 as depth from commune_successions
      union all
      select asked, s.new_code, depth + 1 from step join commune_successions s on s.old_code = step.code
      where depth < 5 and (s.on_day is null or s.on_day <= $1)
        and not exists (select from living l where l.code = step.code))
    select distinct on (asked) asked, c.code, c.region_id, c.departement_id, c.epci_id, c.clpe_id
    from (select code as asked, code, 0 as depth from living union all select asked, code, depth from step) all_codes
      join living c using (code) order by asked, depth`,
    [today],
  )
  await owner.query('analyze import_communes')
  await prepareCodes(owner)
}

export const beginImport = async (
  owner: pg.ClientBase,
  files: string[],
  scopeName: string,
  { area, activeOnly }: Scope,
): Promise<number> => {
  const { rows } = await owner.query<{ id: number }>(
    'insert into register_imports (files, scope, area, active_only) values ($1, $2, $3, $4) returning id',
    [files, scopeName, area, activeOnly],
  )
  return rows[0]!.id
}

export const countCommunes = async (owner: pg.ClientBase): Promise<number> =>
  (await owner.query<{ n: number }>('select count(*)::int as n from import_communes')).rows[0]!.n

export const communesOf = async (owner: pg.ClientBase, area: readonly number[]): Promise<string[]> =>
  (
    await owner.query<{ asked: string }>(
      'select asked from import_communes where array[region_id, departement_id, epci_id, clpe_id] && $1::int[]',
      [area],
    )
  ).rows.map(r => r.asked)

/** The legal units that the area's establishments belong to, so that only those are kept. */
export const wantUnits = (owner: pg.ClientBase, sirens: readonly number[]) =>
  owner.query('insert into import_wanted select unnest($1::bigint[])', [sirens])

export const indexWanted = (owner: pg.ClientBase) =>
  owner.query('create index on import_wanted (siren); analyze import_wanted')

export const prepareStaging = async (owner: pg.ClientBase, layout: Layout): Promise<string> => {
  const { required, used } = layouts[layout.kind]
  const lacking = [...required, ...used].map(c => c.toLowerCase()).filter(c => !layout.columns.includes(c))
  await owner.query(`drop table if exists pg_temp.staged;
    create temp table staged (${[...layout.columns, ...lacking].map(c => `${c} text`).join(', ')}) on commit delete
      rows`)
  return `copy staged (${layout.columns.join(', ')}) from stdin with (format csv)`
}

export const saveProgress = async (owner: pg.ClientBase, id: number, counts: unknown, finished: boolean) => {
  await owner.query(
    'update register_imports set counts = $2, finished_at = case when $3 then now() end where id = $1',
    [id, JSON.stringify(counts), finished],
  )
}
