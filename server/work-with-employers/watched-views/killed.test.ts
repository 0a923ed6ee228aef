import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { within } from '../../platform/job.ts'
import type { Person } from '../../testing/house.ts'
import { processStarter } from '../../testing/processes.ts'
import { places } from '../campaigns/testing-world.ts'
import { tellViewNews, tellWatcher } from './tell-view-news.job.ts'
import { openWorld, type WatchWorld } from './testing.ts'

const many = 120
let world: WatchWorld
let watchers: readonly Person[]
before(async () => {
  world = await openWorld()
  const { house, people, view } = world
  const shared = await view(people.ines, { sharedWith: 'organisation', name: 'Suivie' })
  const made: Person[] = []
  for (let n = 0; n < many; n++)
    made.push(await house.person(people.ines.organisationId, [{ profile: 'conseiller', territoryId: places.gironde }]))
  watchers = made
  await house.owner.query(
    `insert into view_watches (id, account_id, view_id, name, way, watched_at, view_version, seen, read_at, tried_at)
      select gen_random_uuid(), a, $2, 'Suivie', 'proconnect', now(), 1, '{}', now(), now() from unnest($1::uuid[]) a`,
    [watchers.map(({ id }) => id), shared.id],
  )
})
after(() => world.end())

/** The view has one line more or less, and nobody read it since the day before. */
const somethingNew = async (n: number) => {
  await world.status(n, 'besoin')
  await world.house.owner.query(
    `update view_watches set tried_at = tried_at - interval '2 days' where stopped_at is null`,
  )
  await world.house.owner.query('delete from mails')
}
/** How many mails each watcher has. */
const counts = async () => {
  const { rows } = await world.house.owner.query(
    `select count(m.id)::int as mails from unnest($1::uuid[]) a (id)
      left join mails m on m.to_account_id = a.id and m.kind = 'view-news' group by a.id`,
    [watchers.map(({ id }) => id)],
  )
  return rows.map(({ mails }) => mails as number)
}
const total = async () => (await counts()).reduce((sum, one) => sum + one, 0)
const log = { info: () => undefined, warn: (text: string) => assert.fail(text) }
const run = (client: pg.ClientBase) => tellViewNews({ within: within(client), signal: undefined, log })

test('CAM-10: of two processes at once, each person is written to once', async () => {
  await somethingNew(1)
  const other = new pg.Client(world.house.urls.workerUrl)
  await other.connect()
  try {
    const [one, two] = await Promise.all([run(world.worker), run(other)])
    assert.equal(one + two, many)
    assert.ok(one > 0 && two > 0, `${one}, ${two}`)
  } finally {
    await other.end()
  }
  assert.deepEqual(new Set(await counts()), new Set([1]))
})

test('CAM-10: what fails before it is settled is as if it had not begun, and is done at the next turn', async () => {
  await somethingNew(2)
  const [first] = watchers
  await assert.rejects(
    within(world.worker)(async work => {
      assert.equal(await tellWatcher(first!.id)(work), true)
      throw new Error('killed')
    }),
    /killed/,
  )
  assert.equal(await total(), 0)
  assert.equal(await run(world.worker), many)
  assert.deepEqual(new Set(await counts()), new Set([1]))
})

test('CAM-10: killed in the middle, the worker leaves nobody written to twice nor forgotten', async () => {
  const starter = processStarter(world.house.urls)
  const ask = () => world.house.owner.query(`select graphile_worker.add_job('tell-view-news')`)
  const until = async (so: (mails: number) => boolean) => {
    for (let tries = 0; tries < 3000; tries++) {
      if (so(await total())) return
      await new Promise(resolve => setTimeout(resolve, 5))
    }
    assert.fail(`${await total()} mails`)
  }
  try {
    const killed = await starter.begin('server/worker.ts')
    await somethingNew(3)
    await ask()
    await until(mails => mails > 2)
    killed.child.kill('SIGKILL')
    await killed.ended
    const midway = await total()
    assert.ok(midway < many, `${midway} were done before the kill`)
    const next = await starter.begin('server/worker.ts')
    await ask()
    await until(mails => mails >= many)
    next.child.kill('SIGTERM')
    await next.ended
  } finally {
    starter.killAll()
  }
  assert.deepEqual(new Set(await counts()), new Set([1]))
})
