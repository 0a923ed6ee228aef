import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Viewer } from '../../platform/viewer.ts'
import type { Person } from '../../testing/house.ts'
import { disagreements, rowsWritten, sightsOf, withFunctionChanged, withPolicyChanged } from '../../testing/parity.ts'
import { mayReadFeed } from './calendar.model.ts'
import { mayMakeFeed } from './calendar.policy.ts'
import { enterCalendar, ownEvents } from './calendar.queries.ts'
import { type CalendarWorld, openWorld } from './testing.ts'

let world: CalendarWorld
let everyone: readonly Person[]
const digest = Buffer.alloc(32, 9)
let rows: { id: string; accountId: string }[]
before(async () => {
  world = await openWorld()
  everyone = Object.values(world.people)
  for (const who of everyone) await world.plan(who, 1, {}, { visibility: 'organisation' })
  rows = (
    await world.house.owner.query(
      `insert into calendar_feeds (account_id, id, digest, way, made_at)
        select id, gen_random_uuid(), $2, 'proconnect', now() from accounts where id = any ($1)
        returning id, account_id as "accountId"`,
      [everyone.map(({ id }) => id), digest],
    )
  ).rows
})
after(() => world.close())

const hashOf = (person: Person) => tokenHash(person.cookie.split('=')[1]!)
const sights = () =>
  sightsOf(world.house.database, everyone.map(hashOf), sql<{ id: string }>`select id from calendar_feeds`)

test('SEC-6, CAM-11: who reads and ends an address: the model and the database agree on every pair', async () => {
  const seen = await sights()
  assert.equal(seen.length, everyone.length)
  assert.deepEqual(disagreements(seen, rows, mayReadFeed), [])
  const ended = () => rowsWritten(world.house.database, hashOf(everyone[0]!), sql`delete from calendar_feeds`)
  assert.equal(await ended(), 1)
  await withPolicyChanged(world.house.owner, 'calendar_feeds', 'own', 'ctx.ok()', async () =>
    assert.ok(disagreements(await sights(), rows, mayReadFeed).length > 0),
  )
  await withPolicyChanged(world.house.owner, 'calendar_feeds', 'stop', 'ctx.ok()', async () =>
    assert.ok((await ended()) > 1),
  )
})

/** What an address opens, without a session, and the actions then read. */
const entered = (id: string, given = digest) =>
  world.house.database.transaction(async tx => {
    const opens = await enterCalendar(tx, { id, digest: given })
    return { opens, read: (await ownEvents(tx, '2027-01-01')).length }
  })
const parts = async (viewers: readonly Viewer[]) => {
  const differing: string[] = []
  for (const viewer of viewers) {
    const { id } = rows.find(({ accountId }) => accountId === viewer.accountId)!
    const { opens, read } = await entered(id)
    if (opens !== (mayMakeFeed(viewer) === true) || (opens === true) !== read > 0) differing.push(viewer.accountId)
  }
  return differing
}
test('SEC-6, CAM-11: what an address opens: the policy and the database agree for each person, one’s own actions alone', async () => {
  const viewers = (await sights()).map(({ viewer }) => viewer)
  assert.deepEqual(await parts(viewers), [])
  assert.equal(new Set(viewers.map(viewer => mayMakeFeed(viewer) === true)).size, 2)
  await withFunctionChanged(
    world.house.owner,
    'ctx.enter_calendar(uuid, bytea)',
    `r.conseiller = '{}'`,
    `r.campagnes = '{}'`,
    async () => assert.ok((await parts(viewers)).length > 0),
  )
})

test('SEC-6, CAM-11: the number of an address opens nothing without its signature', async () => {
  const { id } = rows[0]!
  assert.deepEqual(await entered(id, Buffer.alloc(32, 8)), { opens: null, read: 0 })
  await withFunctionChanged(
    world.house.owner,
    'ctx.enter_calendar(uuid, bytea)',
    'and x.digest = enter_calendar.digest',
    '',
    async () => assert.notEqual((await entered(id, Buffer.alloc(32, 8))).opens, null),
  )
})

test('SEC-6, IDN-5, CAM-11: a weak sign-in that is accepted no more opens nothing, a strong one does', async () => {
  const { owner } = world.house
  const { karim } = world.people
  const { id } = rows.find(({ accountId }) => accountId === karim.id)!
  assert.equal((await entered(id)).opens, true)
  await owner.query(`update calendar_feeds set way = 'proconnect-weak' where id = $1`, [id])
  await owner.query(
    `insert into authentication_directives
      values (gen_random_uuid(), 'conseiller', '2026-01-01', null, true, true, 'essai', null, now())`,
  )
  assert.equal((await entered(id)).opens, false)
  await owner.query(`update calendar_feeds set way = 'proconnect' where id = $1`, [id])
  assert.equal((await entered(id)).opens, true)
})

test('SEC-6, CAM-11: whatever is sent straight to the database, one makes an address for oneself alone', async () => {
  const { house, people } = world
  const put = async (who: Person | null, session: Person) => {
    const tx = await house.database.begin()
    try {
      if (who) await tx.enter(hashOf(who))
      return (await tx.first(
        sql<{ kept: boolean }>`select make_calendar_feed(gen_random_uuid(), ${digest}::bytea,
          ${hashOf(session)}::bytea, now()) as kept`,
      ))!.kept
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual(
    [await put(people.karim, people.karim), await put(people.karim, people.ines), await put(null, people.karim)],
    [true, false, false],
  )
})
