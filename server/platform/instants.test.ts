import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { absences } from '../people-and-rights/absences/index.ts'
import { freshDatabase, type TestDatabase } from '../testing/database.ts'
import { once, openHouse } from '../testing/house.ts'
import { believedInstants, daysSaid, takenInstants } from '../testing/instants.ts'
import { addDays, clocksApart, parisDay } from './time.ts'

let database: TestDatabase
let owner: pg.Client
let web: pg.Client
const rows = async <T = any>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await owner.query(text, values)).rows

before(async () => {
  database = await freshDatabase()
  ;[owner, web] = [new pg.Client(database.ownerUrl), new pg.Client(database.webUrl)]
  await owner.connect()
  await web.connect()
})
after(async () => {
  await owner.end()
  await web.end()
  await database.drop()
})

/**
 * The columns of a type that the web may insert or update, and whether the database holds what it says there: a trigger
 * that asks for the instant of the writing, a policy that wants the column empty, or equal to the database's clock.
 */
const written = (type: 'timestamptz' | 'date') =>
  rows<{ name: string; command: string; held: boolean; asks: boolean }>(
    `select c.relname || '.' || a.attname as name, w.command, asks, asks or w.command = 'insert' and (
        select bool_and(pg_get_expr(p.polwithcheck, p.polrelid)
            ~ format('\\(%1$s IS NULL\\)|num_nonnulls\\([^)]*\\m%1$s\\M[^)]*\\) = 0', a.attname)
          or pg_get_expr(p.polwithcheck, p.polrelid) ~ format('\\(%1$s = date_trunc\\(''milliseconds''::text, \\( SELECT ctx\\.clock\\(\\)', a.attname))
        from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd in ('a', '*')
          and 'cc_web'::regrole = any (p.polroles)) as held
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        cross join (values ('insert', 'a', 4), ('update', 'w', 16)) w (command, letter, bit)
        cross join lateral (select exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgenabled in ('O', 'A')
          and g.tgfoid = 'ctx.written_now()'::regprocedure and g.tgqual is null and g.tgtype & 2 > 0 and g.tgtype & w.bit > 0
          and (w.command = 'insert' or g.tgattr = '' or a.attnum = any (g.tgattr))
          and a.attname = any (string_to_array(encode(g.tgargs, 'escape'), '\\000'))) as asks) t
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.atttypid = $1::regtype
        and has_column_privilege('cc_web', c.oid, a.attnum, w.command)
        and exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd in (w.letter, '*')
          and 'cc_web'::regrole = any (p.polroles))
      order by 1, 2`,
    [type],
  )
const free = async (type: 'timestamptz' | 'date') => [
  ...new Set((await written(type)).filter(column => !column.held).map(column => column.name)),
]
/** What would be free once the schema is changed so; undone whatever follows, since it locks the table. */
const freeOnce = async (change: string) => {
  await owner.query('begin')
  try {
    await owner.query(change)
    return await free('timestamptz')
  } finally {
    await owner.query('rollback')
  }
}
const listed = (lists: Readonly<Record<string, readonly string[]>>) => Object.values(lists).flat()

test('SEC-1, SEC-6, RGC-3: each instant that SQL as the web may give at will is listed with its reason, and no other', async () => {
  const believed = listed(believedInstants)
  assert.equal(new Set(believed).size, believed.length, 'listed once')
  assert.deepEqual(await free('timestamptz'), believed.toSorted())
  assert.ok((await written('timestamptz')).filter(column => column.asks).length > 50)
})

test('SEC-1: each day that SQL as the web may give is one that a person says, or that a rule reckons from it', async () => {
  const said = listed(daysSaid)
  assert.equal(new Set(said).size, said.length, 'listed once')
  assert.deepEqual(await free('date'), said.toSorted())
})

test('SEC-1, SEC-6: each function that writes at an instant given by the web is listed with its reason', async () => {
  const taken = await rows<{ name: string }>(
    `select p.proname as name from pg_proc p where p.pronamespace in ('public'::regnamespace, 'ctx'::regnamespace)
      and p.provolatile = 'v' and has_function_privilege('cc_web', p.oid, 'execute')
      and 'timestamptz'::regtype = any (p.proargtypes) and not p.prorettype = 'trigger'::regtype
      order by 1`,
  )
  assert.deepEqual(
    taken.map(one => one.name),
    listed(takenInstants).toSorted(),
  )
})

test('SEC-1, RGC-3: a trigger taken away, narrowed or put off gives its instant back to the web, and is seen', async () => {
  for (const change of [
    'drop trigger written_now on rgc_signatures',
    'alter table rgc_signatures disable trigger written_now',
    `drop trigger written_now on rgc_signatures; create trigger written_now before insert on rgc_signatures
      for each row when (new.capacity = 'rgc') execute function ctx.written_now('signed_at')`,
    `drop trigger written_now on rgc_signatures; create trigger written_now after insert on rgc_signatures
      for each row execute function ctx.written_now('signed_at')`,
  ])
    assert.ok((await freeOnce(change)).includes('rgc_signatures.signed_at'), change)
  const laxer = await freeOnce('alter policy decide on rgc_decisions with check ((select ctx.ok()))')
  assert.ok(laxer.includes('rgc_decisions.decided_at'))
})

test('SEC-1: PostgreSQL and the service bear the same ten minutes between their clocks', async () => {
  const [row] = await rows('select extract(epoch from ctx.clocks_apart())::int as seconds')
  assert.deepEqual([row.seconds, clocksApart], [600, 600])
})

test('SEC-1, SEC-6: no row is laid by the web at another instant than the database’s, ten minutes apart, in any table that asks it', async () => {
  // Triggers come before the other columns are missed.
  const lays = (name: string, at: string) => {
    const [table, column] = name.split('.')
    return web.query(`insert into ${table} (${column}) values (${at})`).then(
      () => 'laid',
      (error: Error) => (/bears the instant/.test(error.message) ? 'refused' : 'further'),
    )
  }
  const columns = (await written('timestamptz')).filter(({ asks, command }) => asks && command === 'insert')
  for (const { name } of columns)
    assert.deepEqual(
      [
        await lays(name, `now() - interval '11 minutes'`),
        await lays(name, `now() + interval '11 minutes'`),
        await lays(name, `now() - interval '9 minutes'`),
        await lays(name, `now() + interval '9 minutes'`),
      ],
      ['refused', 'refused', 'further', 'further'],
      name,
    )
})

test('SEC-1: what was written stays at its instant; a change of it is of now, and any other change leaves it alone', async () => {
  await owner.query(`create table written (said_at timestamptz, ended_at timestamptz, word text);
    grant select, insert, update on written to cc_web;
    create trigger written_now before insert or update of said_at, ended_at on written for each row
      execute function ctx.written_now('said_at', 'ended_at');
    insert into written (said_at) values ('2020-01-01')`)
  const changes = (assigned: string) => web.query(`update written set ${assigned}`)
  for (const assigned of [
    `said_at = '2020-01-02'`,
    `ended_at = now() - interval '11 minutes'`,
    `ended_at = now() + interval '11 minutes'`,
    `ended_at = 'infinity'`,
    `ended_at = '-infinity'`,
    `said_at = now(), ended_at = now() + interval '11 minutes'`,
  ])
    await assert.rejects(changes(assigned), /bears the instant/, assigned)
  for (const assigned of [
    `word = 'x'`,
    'said_at = said_at',
    'ended_at = now()',
    'ended_at = ended_at',
    'said_at = now()',
    'ended_at = null',
  ])
    assert.equal((await changes(assigned)).rowCount, 1, assigned)
})

test('SEC-1: a service nine minutes from PostgreSQL’s clock writes, at its own instant; one eleven minutes from it writes nothing', async () => {
  let ahead = 0
  const here = () => new Date(Date.now() + ahead * 60_000)
  const house = await openHouse(absences, { settings: { clock: here } })
  try {
    const person = await house.person((await house.organisation()).id, [{}])
    let day = parisDay(here())
    const says = async (minutes: number) => {
      ahead = minutes
      day = addDays(day, 2)
      const { status } = await house.call(
        person,
        'POST',
        '/absences',
        { accountId: person.id, startsOn: day, endsOn: day },
        once(),
      )
      const kept = await house.owner.query('select said_at from absences where starts_on = $1', [day])
      // An instant just before counts minus zero minutes: adding zero makes it zero.
      return [status, ...kept.rows.map(row => Math.round((row.said_at - Date.now()) / 60_000) + 0)]
    }
    assert.deepEqual(await says(0), [200, 0])
    for (const minutes of [9, -9]) assert.deepEqual(await says(minutes), [200, minutes])
    for (const minutes of [11, -11]) assert.deepEqual(await says(minutes), [500])
  } finally {
    await house.close()
  }
})
