import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { type Work, within } from '../../platform/job.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { atTheTrail } from '../../testing/killed-midway.ts'
import { until } from '../../testing/until.ts'
import { retention } from './index.ts'

let house: House
let workers: pg.Client[]
let dpd: Person

const connect = async () => {
  const client = new pg.Client(house.urls.workerUrl)
  client.on('error', () => {})
  await client.connect()
  return client
}
before(async () => {
  house = await openHouse(retention)
  workers = [await connect(), await connect()]
  dpd = await house.person((await house.organisation({ name: 'CC des Essais' })).id)
  await giveRole(house.owner, dpd, 'dpd')
})
after(async () => {
  for (const worker of workers) await worker.end()
  await house.close()
})
beforeEach(() => house.owner.query('truncate purges, absences, legal_holds'))

/** Absences of the officer, of a day each, that ended over a year ago. */
const layAbsences = async (n: number) => {
  for (let i = 0; i < n; i++)
    await house.owner.query(
      `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
        select $1, $2, $3, day, day, $2, now()
          from (select current_date - 400 - (select count(*)::int from absences) as day) d`,
      [uuidv7(), dpd.id, dpd.organisationId],
    )
}
const left = async () => (await house.owner.query('select from absences')).rowCount
const purgeAbsences = async ({ db }: Work) =>
  (await db.first(sql<{ purged: number }>`select ctx.purge_absences() as purged`))!.purged
const purge = (worker = workers[0]!) => within(worker)(purgeAbsences)
const place = (headers = once()) =>
  house.call(dpd, 'POST', '/legal-holds', { ending: 'absences', reason: 'Contentieux' }, headers)
const lines = async () =>
  (await house.owner.query('select erased, held from purges order by at, id')).rows.map(({ erased, held }) => [
    erased,
    held,
  ])
const told = async () =>
  (
    await house.owner.query(
      `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = 'personal-data.purged' order by e.at, e.id`,
    )
  ).rows.map(({ detail }) => [detail.erased, detail.held])
const aDayLater = () => house.owner.query(`update purges set at = at - interval '1 day'`)
/** Who waits for the table of holds, in this mode. */
const waiting = async (mode: 'ShareLock' | 'RowExclusiveLock') =>
  (
    await house.owner.query(
      `select l.pid from pg_locks l join pg_stat_activity a using (pid) where a.datname = current_database()
        and l.relation = 'legal_holds'::regclass and not l.granted and l.mode = $1`,
      [mode],
    )
  ).rows.map(({ pid }) => pid as number)

test('PRI-4: what is held is told in the report and in the trail when a hold begins to keep it, then on a later day if its number changed', async () => {
  await layAbsences(2)
  assert.equal((await place()).status, 200)
  const before = (await told()).length
  const since = async () => [await lines(), (await told()).slice(before)]
  for (const _ of [1, 2, 3]) assert.equal(await purge(), 0)
  assert.deepEqual(await since(), [[[0, 2]], [[0, 2]]], 'the same, three times: said once')
  await aDayLater()
  await purge()
  assert.deepEqual(await since(), [[[0, 2]], [[0, 2]]], 'the same, a day later: said already')
  await layAbsences(1)
  await purge()
  const changed = [
    [0, 2],
    [0, 3],
  ]
  assert.deepEqual(await since(), [changed, changed], 'another number')
  await layAbsences(1)
  await purge()
  assert.deepEqual(await since(), [changed, changed], 'another the same day: said tomorrow')
  await aDayLater()
  await purge()
  assert.deepEqual(await since(), [
    [...changed, [0, 4]],
    [...changed, [0, 4]],
  ])
  assert.equal(await left(), 4)
})

test('PRI-4: of a day, the report says all that was erased, and what was held last', async () => {
  const insert = (erased: number, held: number, minute: number) =>
    house.owner.query(
      `insert into purges (id, at, ending, of_table, kept_for, organisation_id, erased, held)
        values ($1, '2026-06-01 10:00Z'::timestamptz + make_interval(mins => $2), 'absences', 'absences', 'P1Y', $3, $4, $5)`,
      [uuidv7(), minute, dpd.organisationId, erased, held],
    )
  await insert(3, 4, 2)
  await insert(0, 5, 1)
  await insert(2, 0, 0)
  const { items } = (await house.call(dpd, 'GET', '/purges')).body
  assert.deepEqual(
    items.map(({ erased, held }: any) => [erased, held]),
    [[5, 4]],
  )
})

test('PRI-4: a row that somebody changes while it is purged stays until the next purge, and is counted once erased', async () => {
  await layAbsences(2)
  const [{ id }] = (await house.owner.query('select id from absences limit 1')).rows
  const someone = await house.owner.connect()
  await someone.query('begin')
  await someone.query('update absences set withdrawn_at = said_at, withdrawn_by = said_by where id = $1', [id])
  await someone.query(`update absences set withdrawn_at = now() - interval '2 years' where id = $1`, [id])
  const purging = purge()
  await until(
    'the purge waits for the row',
    async () =>
      (
        await house.owner.query(
          `select from pg_stat_activity where datname = current_database() and query like '%purge_absences%' and wait_event_type = 'Lock'`,
        )
      ).rowCount,
  )
  await someone.query('commit')
  someone.release()
  assert.equal(await purging, 1)
  assert.deepEqual([await left(), await lines()], [1, [[1, 0]]])
  assert.equal(await purge(), 1)
  assert.deepEqual([await left(), (await lines()).length], [0, 2])
})

test('PRI-4: a hold that is being placed is waited for by the purge, which keeps what it covers; undone, the purge erases', async () => {
  for (const [end, purged] of [
    ['rollback', 2],
    ['commit', 0],
  ] as const) {
    await house.owner.query('truncate purges, absences, legal_holds')
    await layAbsences(2)
    const trail = await house.owner.connect()
    await trail.query('begin; lock table audit_entries in exclusive mode')
    const answer = place()
    const placing = () => atTheTrail(house, 'legal_holds')
    await until('the hold is written, and its entry waits', async () => (await placing()).length === 1)
    const purging = purge()
    await until('the purge waits', async () => (await waiting('ShareLock')).length === 1)
    if (end === 'rollback') {
      const admin = new pg.Client(house.urls.superUrl)
      await admin.connect()
      await admin.query('select pg_terminate_backend(pid) from unnest($1::int[]) pid', [await placing()])
      await admin.end()
    }
    await trail.query('commit')
    trail.release()
    assert.equal((await answer).status === 200, end === 'commit')
    assert.equal(await purging, purged, end)
    assert.equal(await left(), 2 - purged, end)
  }
})

test('PRI-4: a purge that began is waited for by the hold; killed meanwhile, it erased nothing, and the hold keeps all', async () => {
  await layAbsences(2)
  const killed = workers[1]!
  let answer: ReturnType<typeof place>
  await assert.rejects(
    within(killed)(async work => {
      assert.equal(await purgeAbsences(work), 2)
      answer = place()
      await until('the hold waits', async () => (await waiting('RowExclusiveLock')).length === 1)
      const { rows } = await house.owner.query(
        `select pid from pg_stat_activity where datname = current_database() and query like '%purge_absences%' and state = 'idle in transaction'`,
      )
      assert.equal(rows.length, 1)
      await house.owner.query('select pg_terminate_backend($1)', [rows[0].pid])
      await work.db.run(sql`select 1`)
    }),
  )
  workers[1] = await connect()
  assert.equal((await answer!).status, 200)
  assert.deepEqual([await left(), await lines()], [2, []])
  assert.equal(await purge(), 0)
  assert.deepEqual([await left(), await lines()], [2, [[0, 2]]])
})
