/** Brings a database to what database/functions and database/policies say, in one transaction. `migrate` calls it, last. */

import type pg from 'pg'
import { sha256Hex } from './digest.ts'
import { type Kind, keyOf, type Repeatable } from './repeatables.ts'

/** What the last run made, as `schema_repeatables` keeps it. */
interface Made {
  /** The digest of each statement, by its kind and name. */
  readonly statements: Readonly<Record<string, string>>
  /** Signatures of functions. */
  readonly functions: readonly string[]
}

/** How the files say that a function runs as cc_definer, and that only these roles call it. */
const asDefiner = `
  create or replace function pg_temp.as_definer(called regprocedure, variadic callers text[] default '{}')
  returns void language plpgsql as $$
  declare caller text;
  begin
    execute format('alter function %s owner to cc_definer', called);
    execute format('revoke all on function %s from public', called);
    foreach caller in array callers loop
      execute format('grant execute on function %s to %I', called, caller);
    end loop;
  end $$`

/** Every right is given again below, so that one that is gone from the files is gone. No table is locked by it. */
const withdrawRights = `
  do $$ declare r record; begin
    for r in
      select distinct format('table %s', c.oid::regclass) as of, x.grantee::regrole as role
        from pg_class c join pg_namespace n on n.oid = c.relnamespace,
        lateral (select c.relacl as acl union all select a.attacl from pg_attribute a where a.attrelid = c.oid) given,
        aclexplode(given.acl) x
        where n.nspname in ('public', 'ctx', 'secret') and c.relkind in ('r', 'p', 'v') and x.grantee not in (0, c.relowner)
      union all select format('function %s', p.oid::regprocedure), x.grantee::regrole
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace, aclexplode(p.proacl) x
        where n.nspname in ('public', 'ctx', 'secret') and x.grantee not in (0, p.proowner)
    loop
      execute format('revoke all on %s from %s', r.of, r.role);
    end loop;
  end $$`

const standingNow = `
  select 'policy ' || p.polname || ' on ' || p.polrelid::regclass as name from pg_policy p
  union all select 'trigger ' || t.tgname || ' on ' || t.tgrelid::regclass from pg_trigger t where not t.tgisinternal
  union all select 'row security ' || c.oid::regclass from pg_class c where c.relrowsecurity and c.relforcerowsecurity
  union all select 'view ' || c.oid::regclass from pg_class c where c.relkind = 'v'`

/** A function that this transaction wrote bears its number. */
const functionsWritten = `
  select p.oid::regprocedure::text as name from pg_proc p
  where p.xmin = pg_current_xact_id()::xid and p.pronamespace <> pg_my_temp_schema() order by 1`

const rowSecurity = 'row security '
const dropping = (key: string) =>
  key.startsWith(rowSecurity)
    ? `alter table ${key.slice(rowSecurity.length)} disable row level security, no force row level security`
    : `drop ${key}`

/** Functions closed to the public: an open one is only made by making it anew. */
const closed = (keys: Iterable<string>) =>
  new Set(
    [...keys].flatMap(
      key =>
        /^right (?:select pg_temp\.as_definer\('([^']+)'|revoke all on function (.+) from public)/
          .exec(key)
          ?.slice(1)
          .filter(Boolean) ?? [],
    ),
  )

const makeSame = async (
  client: pg.ClientBase,
  wanted: readonly Repeatable[],
  last: Made,
  whole: boolean,
): Promise<Made> => {
  const names = async (text: string) => (await client.query<{ name: string }>(text)).rows.map(row => row.name)
  const of = (...those: Kind[]) => wanted.filter(r => those.includes(r.kind))
  const run = async (statements: readonly Repeatable[]) => {
    for (const { sql } of statements) await client.query(sql)
  }
  const digests = Object.fromEntries(wanted.map(r => [keyOf(r), sha256Hex(r.sql)]))

  const before = new Set(await names(standingNow))
  for (const [key, digest] of Object.entries(last.statements).reverse())
    if (before.has(key) && (whole || digests[key] !== digest)) await client.query(dropping(key))
  // Together, since some rest on others.
  const dropFunctions = async (signatures: readonly string[]) => {
    if (signatures.length > 0) await client.query(`drop function if exists ${signatures.join(', ')}`)
  }
  if (whole) await dropFunctions(last.functions)

  // A function may call one that comes after it: all are made unread, then made again and read.
  await client.query('set local check_function_bodies = off')
  await run(of('function'))
  const functions = await names(functionsWritten)
  // An object that a migration dropped is missing although its text is the same.
  const standing = new Set(await names(standingNow))
  const missing = (...those: Kind[]) => of(...those).filter(r => !standing.has(keyOf(r)))
  await run(missing('view'))
  await client.query('set local check_function_bodies = on')
  await run(of('function'))
  await run(missing('row security', 'policy', 'trigger'))
  const made = new Set(await names(standingNow))
  const unknown = of('view', 'row security', 'policy', 'trigger')
    .map(keyOf)
    .find(key => !made.has(key))
  // It would be made again, and refused, the next time.
  if (unknown) throw new Error(`${unknown} : écrivez ce nom comme le catalogue le dit`)
  await dropFunctions(last.functions.filter(signature => !functions.includes(signature)))

  await client.query(withdrawRights)
  await client.query(asDefiner)
  await run(of('right'))
  return { statements: digests, functions }
}

/** Rights kept by another text of the rule no longer hold once this transaction is committed (docs/decisions/0013). */
const forgetStoredRights = `
  do $$ begin
    if to_regclass('secret.rights_changes') is not null then
      insert into secret.rights_changes (scope, by_transaction) values (ctx.everyones(), pg_current_xact_id()) on conflict do nothing;
    end if;
  end $$`

const inOneTransaction = async (client: pg.ClientBase, work: () => Promise<void>) => {
  await client.query("set lock_timeout = '5s'; begin")
  try {
    await work()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

const table = `
  create table if not exists public.schema_repeatables (
    position int generated always as identity primary key,
    sha256 text not null unique,
    applied_at timestamptz not null default now(),
    statements jsonb not null,
    functions text[] not null
  )`
/** The digests that this database was brought to, the last first. */
export const appliedDigests = 'select sha256 from public.schema_repeatables order by position desc'

/** PostgreSQL's codes for a function that cannot be replaced by another, and for what something else still uses. */
const notInPlace = new Set(['42P13', '2BP01'])

/**
 * Answers whether anything was to do. Functions are replaced in place; only changed policies and triggers are made
 * again.
 * The service goes on meanwhile. Otherwise all of it is dropped and made again, still in one transaction.
 * `digest` stands for the whole. A known digest is a return to an older text: the later ones go.
 */
export const applyRepeatables = async (
  client: pg.ClientBase,
  wanted: readonly Repeatable[],
  digest: string,
): Promise<boolean> => {
  await client.query(table)
  const { rows } = await client.query<Made & { sha256: string }>(
    'select sha256, statements, functions from public.schema_repeatables order by position desc limit 1',
  )
  const last = rows[0] ?? { sha256: '', statements: {}, functions: [] }
  if (last.sha256 === digest) return false
  const apply = (whole: boolean) =>
    inOneTransaction(client, async () => {
      const made = await makeSame(client, wanted, last, whole)
      await client.query(forgetStoredRights)
      await client.query(
        'delete from public.schema_repeatables where position >= (select position from public.schema_repeatables where sha256 = $1)',
        [digest],
      )
      await client.query('insert into public.schema_repeatables (sha256, statements, functions) values ($1, $2, $3)', [
        digest,
        JSON.stringify(made.statements),
        made.functions,
      ])
      await client.query('grant select on public.schema_migrations, public.schema_repeatables to cc_web, cc_worker')
    })

  const now = closed(wanted.map(keyOf))
  const opened = [...closed(Object.keys(last.statements))].some(signature => !now.has(signature))
  try {
    await apply(opened)
  } catch (error) {
    if (opened || last.sha256 === '' || !notInPlace.has((error as { code?: string }).code ?? '')) throw error
    await apply(true)
  }
  return true
}
