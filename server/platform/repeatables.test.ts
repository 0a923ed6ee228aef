import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { emptyDatabase, schemaFolder } from '../testing/database.ts'
import { openDatabase } from './database.ts'
import { migrate, missingFrom, pendingMigrations, readSchema, rulesName } from './migrations.ts'
import { readRepeatables, statementsOf } from './repeatables.ts'

const base = 'create table note (id int, owner text); create table other (id int);'
const one = 'create or replace function one() returns int language sql as $$ select 1 $$;'
const read = 'create policy read on note to cc_web using (owner = current_user);'
const folder = (functions: string, policies = '', migrations: Record<string, string> = {}) =>
  schemaFolder({
    migrations: { '20270101_0001_base.sql': base, ...migrations },
    functions: { 'room.sql': functions },
    policies: { 'room.sql': policies },
  })
type Empty = Awaited<ReturnType<typeof emptyDatabase>>
const within = async (work: (at: Empty) => Promise<void>) => {
  const at = await emptyDatabase()
  try {
    await work(at)
  } finally {
    await at.close()
  }
}
const value = async (at: Empty, text: string) => Object.values((await at.query(`select ${text}`))[0])[0]
const functions = async (at: Empty) =>
  (
    await at.query(
      "select oid::regprocedure::text as f from pg_proc where pronamespace = 'public'::regnamespace order by 1",
    )
  ).map(r => r.f)
/** What PostgreSQL changes when a row of its catalogue is written again. */
const marks = (at: Empty) =>
  at.query(`select proname as name, xmin::text from pg_proc where pronamespace = 'public'::regnamespace
    union all select polname, xmin::text from pg_policy union all select tgname, xmin::text from pg_trigger where not tgisinternal order by 1`)

test('REL-6: a function is changed by editing it in place, without another object', () =>
  within(async at => {
    assert.deepEqual(await migrate(at.url, folder(one)), ['20270101_0001_base.sql', rulesName])
    const oid = await value(at, "'one()'::regprocedure::oid")
    assert.deepEqual(await migrate(at.url, folder(one.replace('select 1', 'select 2'))), [rulesName])
    assert.equal(await value(at, 'one()'), 2)
    assert.equal(await value(at, "'one()'::regprocedure::oid"), oid, 'who runs it goes on')
  }))

test('REL-6: a statement bears the same name, however it is laid out', () => {
  const names = (sql: string) => readRepeatables(folder(sql)).map(({ kind, name }) => `${kind} ${name}`)
  const all = `create or replace function two(a int, b int) returns int language sql as $$ select a $$;
revoke all on function two(int, int) from public;
create trigger seen before insert or update of owner on note for each row execute function seen();
create policy read on note for select to cc_web using (true);
alter table note enable row level security, force row level security;`
  const known = names(all)
  assert.equal(known.length, 5)
  for (const before of ['returns', 'b int', 'from public', 'on note', 'for each', 'using', 'force'])
    assert.deepEqual(names(all.replaceAll(` ${before}`, `\n  ${before}`)), known, before)
})

test('REL-6: what did not change is not touched', () =>
  within(async at => {
    const trigger = 'create trigger seen before insert on note for each row execute function seen();'
    const seen = 'create or replace function seen() returns trigger language plpgsql as $$ begin return new; end $$;'
    const files = folder(`${one}\n${seen}`, `${read}\n${trigger}`)
    await migrate(at.url, files)
    const before = await marks(at)
    assert.deepEqual(await migrate(at.url, files), [])
    assert.deepEqual(
      await migrate(at.url, folder(`${one}\n-- A word more, elsewhere.\n${seen}`, `${read}\n${trigger}`)),
      [],
      'nor for a comment',
    )
    assert.deepEqual(await marks(at), before)
    // One function changed: no policy nor trigger is made again, so that no table is locked.
    const reader = new pg.Client(at.url)
    await reader.connect()
    await reader.query('begin; select * from note')
    await migrate(at.url, folder(`${one.replace('select 1', 'select 2')}\n${seen}`, `${read}\n${trigger}`))
    await reader.end()
    const ofPolicies = (rows: any[]) => rows.filter(r => r.name === 'read')
    assert.equal(await value(at, 'one()'), 2)
    assert.deepEqual(ofPolicies(await marks(at)), ofPolicies(before))
  }))

test('REL-6: what is gone from the files is dropped, and rights with it', () =>
  within(async at => {
    const rls = 'alter table note enable row level security, force row level security;'
    await migrate(
      at.url,
      folder(
        `${one}\ncreate or replace function two() returns int language sql as 'select 2';`,
        `${rls} ${read} grant select on note, other to cc_web; grant update (owner) on note to cc_web;`,
      ),
    )
    assert.equal(await value(at, "has_column_privilege('cc_web', 'note', 'owner', 'update')"), true)
    await migrate(at.url, folder(one, 'grant select on other to cc_web;'))
    assert.deepEqual(await functions(at), ['one()'])
    assert.deepEqual(await at.query('select polname from pg_policy'), [])
    assert.equal(await value(at, "relrowsecurity from pg_class where relname = 'note'"), false)
    assert.deepEqual(
      await at.query(
        `select has_table_privilege('cc_web', 'note', 'select') as a, has_column_privilege('cc_web', 'note', 'owner', 'update') as b, has_table_privilege('cc_web', 'other', 'select') as c`,
      ),
      [{ a: false, b: false, c: true }],
    )
  }))

test('REL-6: one that fails leaves everything as it was, and is named', () =>
  within(async at => {
    await migrate(at.url, folder(one, read))
    const before = await marks(at)
    const broken = folder(one.replace('select 1', 'select 2'), read.replace('owner =', 'nobody ='))
    await assert.rejects(migrate(at.url, broken), /database\/policies : column "nobody" does not exist/)
    await assert.rejects(
      migrate(at.url, folder(one.replace('select 1', 'select missing()'))),
      /missing\(\) does not exist/,
      'bodies are read',
    )
    assert.equal(await value(at, 'one()'), 1)
    assert.deepEqual(await marks(at), before)
    assert.deepEqual(await pendingMigrations(at.url, broken), [rulesName])
  }))

test('REL-6: two runs at once apply it once', () =>
  within(async at => {
    const files = folder(one)
    await migrate(at.url, files)
    const next = folder(one.replace('select 1', 'select 2'))
    assert.deepEqual((await Promise.all([migrate(at.url, next), migrate(at.url, next)])).flat(), [rulesName])
    assert.equal(await value(at, 'count(*)::int from schema_repeatables'), 2)
  }))

test(
  'REL-6: a policy gives up after five seconds rather than hold the service behind a lock',
  { timeout: 90_000 },
  () =>
    within(async at => {
      await migrate(at.url, folder(one, read))
      const reader = new pg.Client(at.url)
      await reader.connect()
      await reader.query('begin; select * from note')
      await assert.rejects(migrate(at.url, folder(one, read.replace('current_user', 'session_user'))), /lock timeout/)
      await reader.end()
      assert.match((await value(at, 'pg_get_expr(polqual, polrelid) from pg_policy')) as string, /CURRENT_USER/)
    }),
)

test('REL-6: another result, a function open again, a policy that rests on what changes: all is made anew', () =>
  within(async at => {
    const mine = (type: string) =>
      `create or replace function mine(o text) returns ${type} language sql as $$ select (o = 'x')::${type} $$;`
    const uses = 'create policy read on note to cc_web using (mine(owner)::boolean);'
    const closed = "select pg_temp.as_definer('mine(text)', 'cc_web');"
    await at.query('grant create on schema public to cc_definer')
    await migrate(at.url, folder(`${mine('boolean')} ${closed}`, uses))
    const rights = () =>
      value(at, "proowner::regrole || ' ' || coalesce(proacl::text, 'open') from pg_proc where proname = 'mine'")
    assert.equal(await rights(), 'cc_definer {cc_definer=X/cc_definer,cc_web=X/cc_definer}')
    await migrate(at.url, folder(`${mine('int')} ${closed}`, uses))
    assert.equal(await value(at, "mine('x')"), 1)
    await migrate(at.url, folder(`${mine('int')} ${closed.replace('cc_web', 'cc_worker')}`, uses))
    assert.equal(await rights(), 'cc_definer {cc_definer=X/cc_definer,cc_worker=X/cc_definer}')
    await migrate(at.url, folder(mine('int'), uses))
    assert.equal(await rights(), 'cc_owner open')
    assert.equal((await at.query('select from pg_policy')).length, 1)
  }))

test('REL-6: functions stand in any order, and those that tables rest on belong to the migrations', () =>
  within(async at => {
    const half = 'create function half(n int) returns int language sql immutable return n / 2;'
    await migrate(
      at.url,
      folder(
        `create or replace function a() returns int language sql as 'select b()';\ncreate or replace function b() returns int language sql as 'select 3';`,
        '',
        { '20270101_0002_half.sql': `${half} create index on note (half(id));` },
      ),
    )
    assert.equal(await value(at, 'a()'), 3)
    await migrate(at.url, folder(one, '', { '20270101_0002_half.sql': `${half} create index on note (half(id));` }))
    assert.deepEqual(await functions(at), ['half(integer)', 'one()'])
  }))

test('REL-6: a migration that takes a policy away finds it made again', () =>
  within(async at => {
    await migrate(at.url, folder(one, read))
    await migrate(
      at.url,
      folder(one, read, {
        '20270101_0002_wide.sql': 'drop policy read on note; alter table note alter owner type varchar(20);',
      }),
    )
    assert.equal((await at.query('select from pg_policy')).length, 1)
  }))

test('REL-6: a new program waits for its functions; an old one goes on over the new ones, until they are taken back', () =>
  within(async at => {
    const [old, next] = [folder(one), folder(one.replace('select 1', 'select 2'))]
    await migrate(at.url, old)
    const database = openDatabase(at.url)
    const [asOld, asNext] = [missingFrom(database, old), missingFrom(database, next)]
    assert.deepEqual([await asOld(), await asNext()], [[], [rulesName]])
    await migrate(at.url, next)
    assert.deepEqual([await asOld(), await asNext()], [[], []])
    await migrate(at.url, old)
    assert.equal(await value(at, 'one()'), 1)
    assert.deepEqual([await asOld(), await asNext()], [[], [rulesName]])
    await database.close()
  }))

test('REL-6: a table is named as the catalogue names it, or what is made on it would be sought in vain', () =>
  within(async at => {
    await assert.rejects(
      migrate(at.url, folder(one, read.replace('note', 'public.note'))),
      /policy read on public\.note : écrivez ce nom/,
    )
  }))

test('statements end at semicolons out of quotes and comments; another kind, or the same twice, is refused', () => {
  assert.deepEqual(
    statementsOf('-- a; b\nselect \';\' /* ; */, $q$ ; $$ ; $q$;\n\nselect "a;b";\n-- the end\n').length,
    2,
  )
  assert.throws(() => statementsOf('select 1'), /point-virgule/)
  assert.throws(() => readSchema(folder('create table t (id int);')), /functions\/room\.sql : ni fonction/)
  assert.throws(() => readSchema(folder(`${one} ${one}`)), /deux fois/)
})
