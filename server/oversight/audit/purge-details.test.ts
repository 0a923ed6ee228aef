import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import type pg from 'pg'
import { within } from '../../platform/job.ts'
import { until } from '../../testing/until.ts'
import { purgeTrailDetails } from './purge-details.job.ts'
import { insertEntry, openTrail, type Trail } from './testing.ts'

let trail: Trail
beforeEach(async () => {
  trail = await openTrail()
})
afterEach(async () => {
  await trail.sealAll()
  assert.deepEqual((await trail.verify()).faults, [], 'whatever was purged, the trail is sound')
  await trail.close()
})

/** Nobody moves the clock of the trail: what is old is written, and sealed, at its time. The oldest comes first. */
const many = async (count: number, months: number, days = 0) => {
  const at = new Date()
  at.setUTCMonth(at.getUTCMonth() - months, at.getUTCDate() - days)
  const ids: string[] = []
  for (let n = 0; n < count; n++)
    ids.push(await insertEntry(trail.owner, { action: 'exchange.recorded', at: at.toISOString() }))
  await trail.sealThen(at)
  return ids
}
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
  const [old, young] = [await many(3, 12, 2), await many(2, 12, -2)]
  assert.equal(await purgeTrailDetails(within(trail.worker), 13), 0, 'not before its day')
  assert.equal(await purgeTrailDetails(within(trail.worker), 12), 3)
  assert.deepEqual([await kept(old), await kept(young)], [0, 2])
  assert.deepEqual(
    (await trail.owner.query('select count(*)::int as n from audit_entries where id = any ($1)', [[...old, ...young]]))
      .rows,
    [{ n: 5 }],
  )
  await trail.sealAll()
  const verified = await trail.verify()
  assert.deepEqual([verified.erased, verified.faults], [3, []])
  assert.deepEqual(await told(), [3], 'how many is told in the trail')
})

test('PRI-4: run again, it finds nothing and says nothing; a longer retention keeps more', async () => {
  const [older, young] = [await many(2, 19), await many(2, 18)]
  assert.equal(await purgeTrailDetails(within(trail.worker), 24), 0)
  assert.deepEqual([await kept(older), await kept(young), await told()], [2, 2, []])
  assert.equal(await purgeTrailDetails(within(trail.worker), 17), 4)
  assert.equal(await kept([...older, ...young]), 0)
  assert.equal(await purgeTrailDetails(within(trail.worker), 17), 0)
  assert.deepEqual(await told(), [4])
})

test('PRI-4: two at once erase each detail once, and both end', async () => {
  const ids = await many(40, 13)
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
  const deaths = [0, 2, 3, 4, 6, 7]
  const laid: string[][] = []
  for (const [nth] of deaths.entries()) laid.push(await many(7, 100 - 10 * nth))
  for (const [nth, dies] of deaths.entries()) {
    const [ids, months] = [laid[nth]!, 95 - 10 * nth]
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
    await assert.rejects(purgeTrailDetails(within(dying), months, 2), /died/)
    // The server may not have begun the statement of the connection that went: it ends with it.
    const open = 'select from pg_stat_activity where datname = current_database() and pid = $1'
    const gone = async () => (await server.query(open, [pid])).rowCount === 0
    await until('its connection gone', gone)
    const erased = (await told()).reduce((sum, n) => sum + n, 0) - before
    assert.equal(erased, 7 - (await kept(ids)), 'what went is what was told')
    assert.equal(await purgeTrailDetails(within(trail.worker), months, 2), 7 - erased)
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
