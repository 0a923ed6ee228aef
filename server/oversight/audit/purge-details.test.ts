import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import type pg from 'pg'
import { within } from '../../platform/job.ts'
import { until } from '../../testing/until.ts'
import { purgeTrailDetails } from './purge-details.job.ts'
import { insertEntry, openTrail, type Trail } from './testing.ts'

let trail: Trail
before(async () => {
  trail = await openTrail()
})
afterEach(async () => {
  await trail.sealAll()
  assert.deepEqual((await trail.verify()).faults, [], 'whatever was purged, the trail is sound')
})
after(() => trail.close())

// Entries are never dated back: the clock goes on, theirs and the one that the purge reads.
let ahead = 0
const later = async (days: number) => {
  ahead += days * 86_400_000
  await trail.owner.query(
    'with gone as (delete from secret.clock) insert into secret.clock values (make_interval(secs => $1))',
    [ahead / 1000],
  )
}
const said = () =>
  insertEntry(trail.owner, { action: 'exchange.recorded', at: new Date(Date.now() + ahead).toISOString() })
const many = (count: number) => Promise.all(Array.from({ length: count }, said))
const kept = async (ids: readonly string[]) =>
  (
    await trail.owner.query<{ n: number }>('select count(*)::int as n from audit_details where entry_id = any ($1)', [
      ids,
    ])
  ).rows[0]!.n
const told = async () =>
  (
    await trail.owner.query<{ count: number }>(
      `select (d.detail ->> 'count')::int as count from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = 'trail.details-purged' order by e.at, e.id`,
    )
  ).rows.map(r => r.count)

test('PRI-4, SEC-1: what was said more than twelve months ago is erased, what is younger is kept; the entries stay, and verify as erased', async () => {
  const old = await many(3)
  await later(360)
  const young = await many(2)
  await trail.sealAll()
  const before = (await trail.verify()).erased
  assert.equal(await purgeTrailDetails(within(trail.worker), 12), 0, 'not before its day')
  await later(10)
  assert.equal(await purgeTrailDetails(within(trail.worker), 12), 3)
  assert.deepEqual([await kept(old), await kept(young)], [0, 2])
  assert.deepEqual(
    (await trail.owner.query('select count(*)::int as n from audit_entries where id = any ($1)', [[...old, ...young]]))
      .rows,
    [{ n: 5 }],
  )
  await trail.sealAll()
  const verified = await trail.verify()
  assert.deepEqual([verified.erased - before, verified.faults], [3, []])
  assert.deepEqual(await told(), [3], 'how many is told in the trail')
})

test('PRI-4: run again, it finds nothing and says nothing; a longer retention keeps more', async () => {
  const before = await told()
  assert.equal(await purgeTrailDetails(within(trail.worker), 12), 0)
  assert.deepEqual(await told(), before)
  const ids = await many(2)
  await later(550)
  assert.equal(await purgeTrailDetails(within(trail.worker), 24), 0)
  assert.equal(await kept(ids), 2)
  assert.equal(await purgeTrailDetails(within(trail.worker), 17), 4, 'with the two of before')
  assert.equal(await kept(ids), 0)
})

test('PRI-4: two at once erase each detail once, and both end', async () => {
  await purgeTrailDetails(within(trail.worker), 12)
  const ids = await many(40)
  await later(400)
  const other = await trail.connect(trail.house.urls.workerUrl)
  try {
    const counts = await Promise.all([trail.worker, other].map(client => purgeTrailDetails(within(client), 12, 3)))
    // What one held while the other looked is left to the next batch of either, or to the next night.
    const left = await purgeTrailDetails(within(trail.worker), 12, 3)
    assert.deepEqual([counts[0]! + counts[1]! + left, await kept(ids)], [40, 0])
  } finally {
    await other.end()
  }
})

test('PRI-4: dying between two batches or in the middle of one, what is erased is told, the rest waits for the next night', async () => {
  const server = await trail.connect(trail.house.urls.superUrl)
  // Each batch asks four things: begin, the hour, the purge, commit.
  for (const dies of [0, 2, 3, 4, 6, 7]) {
    const ids = await many(7)
    await later(400)
    const before = (await told()).reduce((sum, n) => sum + n, 0)
    const client = await trail.connect(trail.house.urls.workerUrl)
    const {
      rows: [{ pid }],
    } = await client.query('select pg_backend_pid() as pid')
    let calls = 0
    const dying = {
      query: async (...args: Parameters<pg.Client['query']>) => {
        const sent = client.query(...(args as unknown as [string])) as unknown as Promise<unknown>
        if (calls++ === dies) {
          ;(client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
          sent.catch(() => {})
          throw new Error('died')
        }
        return sent
      },
    } as unknown as pg.ClientBase
    await assert.rejects(purgeTrailDetails(within(dying), 12, 2), /died/)
    // The server may not have begun the statement of the connection that went: it ends with it.
    const gone = async () => (await server.query('select from pg_stat_activity where pid = $1', [pid])).rowCount === 0
    await until('its connection gone', gone)
    const erased = (await told()).reduce((sum, n) => sum + n, 0) - before
    assert.equal(erased, 7 - (await kept(ids)), 'what went is what was told')
    assert.equal(await purgeTrailDetails(within(trail.worker), 12, 2), 7 - erased)
    assert.equal(await kept(ids), 0)
  }
  await server.end()
})

test('SEC-1: the web application purges nothing, nobody erases what is younger than six months, and a retention out of bounds is refused', async () => {
  const web = await trail.connect(trail.house.urls.webUrl)
  try {
    await assert.rejects(web.query('select ctx.purge_trail_details(12, 10)'), { code: '42501' })
    await assert.rejects(web.query('delete from audit_details'), { code: '42501' })
  } finally {
    await web.end()
  }
  await assert.rejects(trail.worker.query('delete from audit_details'), { code: '42501' })
  for (const months of [0, 5, 121])
    await assert.rejects(purgeTrailDetails(within(trail.worker), months), { code: '22023' })
})
