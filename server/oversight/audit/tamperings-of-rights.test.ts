/** What is tried on what guards rights, beyond the trail's own tables, and how the verification names it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { guardsChanged, guardsOf, shippedGuards } from './guards.ts'
import { openTrail, type Trail } from './testing.ts'

let trail: Trail
let admin: pg.Client
before(async () => {
  trail = await openTrail()
  admin = await trail.connect(trail.house.urls.superUrl)
})
after(async () => {
  await admin.end()
  await trail.close()
})

/**
 * What is named once this is done. Nothing is kept: roles belong to the whole server, on which other tests run.
 */
const namedAfter = async (change: string): Promise<string[]> => {
  await admin.query('begin')
  try {
    await admin.query(change)
    return guardsChanged(await guardsOf(admin), shippedGuards())
  } finally {
    await admin.query('rollback')
  }
}
/** The function as it stands, its body changed. */
const rewritten = (name: string, body: string) => `do $do$ begin execute (
  select replace(pg_get_functiondef(oid), prosrc, $body$${body}$body$) from pg_proc where oid = '${name}'::regprocedure);
  end $do$`
const setContext =
  'ctx.set_context(text,uuid,uuid,integer[],integer[],integer[],integer[],integer[],text[],integer[],text[])'

const attacks: readonly (readonly [why: string, named: readonly string[], change: string])[] = [
  [
    'the entering of a session replaced',
    ['function ctx.enter(bytea) : modifié'],
    rewritten('ctx.enter(bytea)', ' begin return null; end '),
  ],
  [
    'the context given to the web, which then writes its own',
    [`function ${setContext} : modifié`],
    `grant execute on function ${setContext} to cc_web`,
  ],
  [
    'the context given to all',
    [`function ${setContext} : modifié`],
    `grant execute on function ${setContext} to public`,
  ],
  [
    'roles emptied',
    ['function ctx.effective_roles(uuid,timestamp with time zone) : modifié'],
    rewritten('ctx.effective_roles(uuid, timestamptz)', ' begin return; end '),
  ],
  [
    'a function of the definer that opens what it likes',
    ['function ctx.zz() : ajouté'],
    `create function ctx.zz() returns setof public.accounts language sql security definer
      as 'select * from public.accounts'; alter function ctx.zz() owner to cc_definer`,
  ],
  [
    'the key of the context read by the web',
    ['table secret.context_key : modifié'],
    'grant select on secret.context_key to cc_web',
  ],
  ['a policy added', ['policy accounts.zz : ajouté'], 'create policy zz on accounts for select to cc_web using (true)'],
  [
    'row security off on a table',
    ['table exchanges : modifié'],
    'alter table exchanges no force row level security, disable row level security',
  ],
  ['a right on a column', ['table accounts : modifié'], 'grant update (organisation_id) on accounts to cc_web'],
  [
    'a view that reads as its owner',
    ['rule zz._RETURN : ajouté', 'table zz : ajouté'],
    'set role cc_owner; create view zz as table accounts; reset role',
  ],
  [
    'the checks between tables off',
    ['table grants : modifié'],
    `do $$ declare t name; begin
      select tgname into t from pg_trigger where tgrelid = 'grants'::regclass and tgisinternal limit 1;
      execute format('alter table grants disable trigger %I', t); end $$`,
  ],
  ['the web past row security', ['role cc_web : modifié'], 'alter role cc_web bypassrls'],
  ['the worker made administrator', ['role cc_worker : modifié'], 'alter role cc_worker superuser'],
  ['the definer that signs in', ['role cc_definer : modifié'], 'alter role cc_definer login'],
  ['the web made the definer', ['membership of cc_web in cc_definer : ajouté'], 'grant cc_definer to cc_web'],
  ['the web that reads all', ['membership of cc_web in pg_read_all_data : ajouté'], 'grant pg_read_all_data to cc_web'],
  [
    'somebody else made the definer',
    ['membership of zz in cc_definer : ajouté'],
    'create role zz; grant cc_definer to zz',
  ],
  [
    'triggers silent for a role',
    ['setting of cc_owner session_replication_role : ajouté'],
    'alter role cc_owner set session_replication_role = replica',
  ],
  [
    'triggers silent for a role here',
    ['setting of cc_owner here session_replication_role : ajouté'],
    `do $$ begin execute format('alter role cc_owner in database %I set session_replication_role = replica',
      current_database()); end $$`,
  ],
  [
    'triggers silent in the database',
    ['setting of all here session_replication_role : ajouté'],
    `do $$ begin execute format('alter database %I set session_replication_role = replica', current_database());
      end $$`,
  ],
  [
    'triggers silent on the whole server',
    ['setting session_replication_role : modifié'],
    'set local session_replication_role = replica',
  ],
  [
    'a schema before the shipped ones',
    ['setting of cc_web search_path : ajouté'],
    'alter role cc_web set search_path = zz, public',
  ],
  [
    'the context set by the connection',
    ['setting of cc_web ctx.level : ajouté'],
    `alter role cc_web set ctx.level = '2'`,
  ],
]
test(`SEC-1, SEC-6: ${attacks.length} tamperings of what guards rights, each named by its name`, async () => {
  for (const [why, named, change] of attacks)
    assert.deepEqual((await namedAfter(change)).sort(), [...named].sort(), why)
})

test('SEC-1, SEC-6: every trigger switched off is named, whatever its table', async () => {
  const { rows } = await admin.query<{ of: string; name: string }>(
    `select tgrelid::regclass::text as of, tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where not tgisinternal and c.relnamespace in ('public'::regnamespace, 'ctx'::regnamespace, 'secret'::regnamespace)`,
  )
  assert.ok(rows.length > 80, `${rows.length}`)
  const all = rows.map(({ of, name }) => `alter table ${of} disable trigger ${name}`).join('; ')
  assert.deepEqual((await namedAfter(all)).sort(), rows.map(({ of, name }) => `trigger ${of}.${name} : modifié`).sort())
})

test('SEC-1: what an installation sets for itself, and an import of the register under way, are no fault', async () => {
  for (const change of [
    `alter role cc_web set work_mem = '32MB'`,
    `alter role cc_web set statement_timeout = '5s'`,
    `do $$ begin execute format('alter database %I set log_min_duration_statement = 500', current_database()); end $$`,
    'create role zz; grant cc_owner to zz',
    'create role zz superuser; grant cc_definer to zz',
    'create table public.zz (n int); create function public.zz() returns int language sql return 1',
    `create schema register_build;
      create function register_build.note_touched() returns trigger language plpgsql as 'begin return null; end';
      create trigger register_build_touched after insert on establishments for each row
        execute function register_build.note_touched()`,
    // As an older schema gave them, in another order.
    `revoke all on second_factor_failures from cc_web;
      grant select, insert, update (failures, wait_until) on second_factor_failures to cc_web`,
    'grant select on accounts to cc_worker; revoke select on accounts from cc_worker',
  ])
    assert.deepEqual(await namedAfter(change), [], change)
})

test('SEC-1: npm run audit -- verify names a right that opens, outside the trail too', async () => {
  await admin.query('create policy zz on accounts for select to cc_web using (true)')
  assert.deepEqual((await trail.verify()).faults, [{ what: 'guard-changed', where: 'policy accounts.zz : ajouté' }])
  await admin.query('drop policy zz on accounts')
  assert.deepEqual((await trail.verify()).faults, [])
})
