import type pg from 'pg'
import type { Reject } from './line-scanner.ts'

/*
 * An import of files prepares its rows beside, in the schema register_build, batch after batch.
 * Each batch has its position. Nobody sees the rows until the end.
 * Then either few rows of the register change, and they are written in one transaction; or most do, and the new table,
 * completed and indexed, takes the place of the old one.
 */

/** How far the reading has come. `file` is the next to read, or the one under way. */
export interface Reached {
  readonly file: number
  readonly bytes: number
  readonly line: number
  readonly highest: number
  readonly phase: 'reading' | 'completed' | 'applied'
  readonly plan?: Plan
}

export interface Build<Counts> {
  readonly id: number
  readonly run: number
  readonly reached: Reached
  readonly counts: Counts[]
  readonly resumed: boolean
  readonly abandoned: boolean
}

const start: Reached = { file: -1, bytes: 0, line: 0, highest: -1, phase: 'reading' }

/** A statement that must have a table for itself a moment: it lets readers pass and tries again. */
export const patiently = async (client: pg.ClientBase, sql: string): Promise<void> => {
  for (let attempt = 0; ; attempt++) {
    try {
      await client.query(`begin; set local lock_timeout = '300ms'; ${sql}; commit`)
      return
    } catch (error) {
      await client.query('rollback')
      if ((error as { code?: string }).code !== '55P03' || attempt === 600) throw error
      await new Promise(done => {
        setTimeout(done, 200)
      })
    }
  }
}

export const touchable = { establishments: 'siret', legal_units: 'siren' } as const
/** What others write meanwhile is noted: it is newer than what the files say. */
const create = `
  create schema register_build;
  create table register_build.state (fingerprint text not null, import_id int not null, run int not null default 1,
    reached jsonb not null, counts jsonb not null default '[]');
  create table register_build.rejects (id int generated always as identity primary key, file int not null,
    line bigint not null, reason text not null, text text not null);
  create table register_build.seen (kind text not null, low bigint not null, high bigint not null,
    keys bigint[] not null);
  create table register_build.import_wanted (siren bigint);
  create table register_build.import_withheld (siren bigint primary key);
  create table register_build.withdrawn (siret bigint primary key);
  create table register_build.links (predecessor bigint, successor bigint, linked_on date, head_office_transfer boolean,
    economic_continuity boolean, register_updated_at timestamp);
  create table register_build.touched (name text, key bigint, primary key (name, key));
  create function register_build.note_touched() returns trigger language plpgsql security definer
    set search_path = register_build, pg_temp as $f$
  declare
    key bigint;
  begin
    if tg_table_name = 'establishments' then key := case tg_op when 'DELETE' then old.siret else new.siret end;
    else key := case tg_op when 'DELETE' then old.siren else new.siren end; end if;
    insert into touched values (tg_table_name, key) on conflict do nothing;
    return null;
  end $f$;
  ${Object.keys(touchable)
    .map(
      table => `
  create table register_build.${table} (like public.${table} including all excluding indexes);
  create trigger register_build_touched after insert or update
    or delete on public.${table} for each row execute function register_build.note_touched()`,
    )
    .join(';')}`

/**
 * Takes up the import of these very files where it stopped, or begins one; what another left is dropped. From here on,
 * who was stopped and still has a transaction under way can commit nothing.
 */
export const takeUpBuild = async <Counts>(
  owner: pg.ClientBase,
  fingerprint: string,
  begin: () => Promise<number>,
): Promise<Build<Counts>> => {
  const held = (await owner.query<{ held: boolean }>(`select to_regclass('register_build.state') is not null as held`))
    .rows[0]!.held
  if (held) {
    const {
      rows: [row],
    } = await owner.query<{ id: number; run: number; reached: Reached; counts: Counts[] }>(
      'update register_build.state set run = run + 1 where fingerprint = $1 returning import_id as id, run, reached, counts',
      [fingerprint],
    )
    if (row) return { ...row, resumed: true, abandoned: false }
    await dropBuild(owner)
  }
  const id = await begin()
  await patiently(
    owner,
    `${create}; insert into register_build.state (fingerprint, import_id, reached) values (${pgText(fingerprint)}, ${id}, ${pgText(JSON.stringify(start))}); ${(await likenessOf(owner)).join('; ')}`,
  )
  return { id, run: 1, reached: start, counts: [], resumed: false, abandoned: held }
}

const pgText = (text: string) => `'${text.replaceAll("'", "''")}'`

/** What `like` does not copy: triggers, rights, storage parameters, statistics targets. */
const likenessOf = async (owner: pg.ClientBase): Promise<string[]> => {
  const { rows } = await owner.query<{ statement: string }>(`
    with t as (select oid, relname, relacl, reloptions, relowner from pg_class
      where oid in ('public.establishments'::regclass, 'public.legal_units'::regclass))
    select replace(pg_get_triggerdef(g.oid), format(' ON public.%I ', relname),
      format(' ON register_build.%I ', relname)) as statement from t join pg_trigger g on tgrelid = t.oid
      where not tgisinternal and tgname <> 'register_build_touched'
    union all select format('grant %s on register_build.%I to %s%s', privilege_type, relname, case when grantee = 0
      then 'public' else grantee::regrole::text end, case when is_grantable then ' with grant option' else '' end)
      from t, aclexplode(relacl) where grantee <> relowner
    union all select format('grant %s (%I) on register_build.%I to %s', privilege_type, attname, relname, case
      when grantee = 0 then 'public' else grantee::regrole::text end) from t
      join pg_attribute a on attrelid = t.oid, aclexplode(attacl)
    union all select format('alter table register_build.%I set (%s)', relname, array_to_string(reloptions, ', ')) from t
      where reloptions is not null
    union all select format('alter table register_build.%I alter column %I set statistics %s', relname, attname,
      attstattarget) from t join pg_attribute on attrelid = t.oid where attnum > 0 and attstattarget >= 0`)
  return rows.map(r => r.statement)
}

export const dropBuild = (owner: pg.ClientBase) =>
  patiently(owner, 'drop schema if exists register_build cascade; drop schema if exists register_before cascade')

/** In the transaction of the batch. Refused to a run that another has taken up since. */
export const saveReached = async (
  client: pg.ClientBase,
  run: number,
  reached: Reached,
  counts: unknown,
  rejects: readonly Reject[] = [],
): Promise<void> => {
  if (rejects.length) {
    await client.query(
      'insert into register_build.rejects (file, line, reason, text) select $1, l, r, t from unnest($2::bigint[], $3::text[], $4::text[]) x (l, r, t)',
      [
        reached.file,
        rejects.map(r => r.line),
        rejects.map(r => r.reason),
        rejects.map(r => r.text.replaceAll('\0', '␀')),
      ],
    )
  }
  const { rowCount } = await client.query('update register_build.state set reached = $2, counts = $3 where run = $1', [
    run,
    JSON.stringify(reached),
    JSON.stringify(counts),
  ])
  if (rowCount !== 1) throw new Error('cet import a été repris par un autre')
}

export const readRejects = async (
  owner: pg.ClientBase,
  each: (file: number, reject: Reject) => void,
): Promise<void> => {
  let [file, line, id] = [-1, -1, -1]
  for (;;) {
    const { rows } = await owner.query<Reject & { file: number; id: number }>(
      'select file, line, reason, text, id from register_build.rejects where (file, line, id) > ($1, $2, $3) order by file, line, id limit 10000',
      [file, line, id],
    )
    for (const row of rows) each(row.file, { line: Number(row.line), reason: row.reason, text: row.text })
    const last = rows.at(-1)
    if (!last) return
    ;({ file, line, id } = last)
  }
}

export interface Plan {
  readonly swap: { readonly establishments: boolean; readonly legal_units: boolean }
}
