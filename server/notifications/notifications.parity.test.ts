import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { switchable } from '../../contract/deliveries.ts'
import { uuidv7 } from '../platform/ids.ts'
import { tokenHash } from '../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../testing/house.ts'
import {
  disagreements,
  rowsWritten,
  sightsOf,
  withCheckChanged,
  withFunctionChanged,
  withPolicyChanged,
} from '../testing/parity.ts'
import { mayChoose, mayReadNotification } from './notifications.model.ts'

let house: House
let everyone: readonly Person[]
let rows: { id: string; accountId: string }[]
before(async () => {
  house = await openHouse([])
  const [own, other] = [await house.organisation(), await house.organisation()]
  const grant = { tool: 'campagnes', profile: 'pilote', territoryId: 0 } as const
  everyone = [
    await house.person(own.id, [grant]),
    await house.person(own.id),
    await house.person(other.id, [grant]),
    await house.person(other.id, [], { secondFactor: null }),
  ]
  rows = everyone.map(({ id }) => ({ id: uuidv7(), accountId: id }))
  for (const { id, accountId } of rows)
    await house.owner.query(
      `insert into notifications (id, account_id, kind, subject, delivery, at) values ($1, $2, 'essai', 'Un fait', 'now', now())`,
      [id, accountId],
    )
})
after(() => house.close())

const hashOf = (person: Person) => tokenHash(person.cookie.split('=')[1]!)
const sights = () => sightsOf(house.database, everyone.map(hashOf), sql<{ id: string }>`select id from notifications`)

test('SEC-6, CAM-11: who reads a notification: the model and the database agree on every pair; short of two factors, nobody', async () => {
  const seen = await sights()
  const whole = seen.filter(({ viewer }) => viewer.state === 'active')
  assert.deepEqual([seen.length, whole.length], [4, 3])
  assert.deepEqual(disagreements(whole, rows, mayReadNotification), [])
  assert.deepEqual([...seen.find(({ viewer }) => viewer.state !== 'active')!.ids], [])
  await withPolicyChanged(house.owner, 'notifications', 'own', 'ctx.ok()', async () =>
    assert.ok(disagreements(await sights(), rows, mayReadNotification).length > 0),
  )
})

test('SEC-6, CAM-11: whatever is sent straight to the database, one marks one’s own and writes none', async () => {
  const [first] = everyone
  const marked = () => rowsWritten(house.database, hashOf(first!), sql`update notifications set read_at = now()`)
  assert.equal(await marked(), 1)
  await withPolicyChanged(house.owner, 'notifications', 'own', 'true', async () => {
    assert.equal(await marked(), 1, 'seen or not, another’s is not marked')
    await withPolicyChanged(house.owner, 'notifications', 'mark', 'ctx.ok()', async () =>
      assert.ok((await marked()) > 1),
    )
  })
  for (const write of [
    sql`insert into notifications (id, account_id, kind, subject, delivery, at)
      values (gen_random_uuid(), ctx.account(), 'essai', 'x', 'now', now())`,
    sql`update notifications set subject = 'x'`,
    sql`delete from notifications`,
  ])
    await assert.rejects(rowsWritten(house.database, hashOf(first!), write), { code: '42501' })
})

/** Kinds that may be chosen, and two that are imposed. */
const kinds = ['need-proposed', 'view-news', 'rgc-deed-sent', 'second-factor-removed']
const put = (who: Person, accountId: string, kind: string) =>
  rowsWritten(
    house.database,
    hashOf(who),
    sql`insert into notification_choices (account_id, kind, delivery, chosen_at)
      values (${accountId}::uuid, ${kind}, 'bell', now())`,
  ).catch((error: { code?: string }) => {
    if (error.code === '42501') return 0
    throw error
  })
const parts = async () => {
  const differing: string[] = []
  for (const { viewer } of (await sights()).filter(({ viewer }) => viewer.state === 'active'))
    for (const { accountId } of rows)
      for (const kind of kinds) {
        const who = everyone.find(({ id }) => id === viewer.accountId)!
        if (mayChoose(viewer, { accountId, kind }) !== ((await put(who, accountId, kind)) === 1))
          differing.push(`${viewer.accountId} ${accountId} ${kind}`)
      }
  return differing
}
test('SEC-6, CAM-11: who chooses what: the model and the database agree for each person, account and kind; what is imposed is nobody’s to switch off', async () => {
  assert.deepEqual(await parts(), [])
  for (const [from, to] of [
    ['account_id = ( SELECT ctx.account() AS account)', 'true'],
    ['jsonb_exists(( SELECT ctx.usual_deliveries() AS usual_deliveries), kind)', 'true'],
  ] as const)
    await withCheckChanged(house.owner, 'notification_choices', 'choose', from, to, async () =>
      assert.ok((await parts()).length > 0, from),
    )
})

test('SEC-6, CAM-11: one changes and reads one’s own choices alone', async () => {
  const [first, second] = everyone
  for (const { id } of [first!, second!])
    await house.owner.query(
      `insert into notification_choices (account_id, kind, delivery, chosen_at) values ($1, 'need-proposed', 'bell', now())`,
      [id],
    )
  const changed = () =>
    rowsWritten(house.database, hashOf(first!), sql`update notification_choices set delivery = 'weekly'`)
  const read = () =>
    sightsOf(house.database, [hashOf(first!)], sql<{ id: string }>`select account_id as id from notification_choices`)
  assert.deepEqual([await changed(), [...(await read())[0]!.ids]], [1, [first!.id]])
  await withPolicyChanged(house.owner, 'notification_choices', 'own', 'ctx.ok()', async () => {
    assert.equal((await read())[0]!.ids.size, 2)
    assert.equal(await changed(), 1)
    await withPolicyChanged(house.owner, 'notification_choices', 'change', 'ctx.ok()', async () =>
      assert.equal(await changed(), 2),
    )
  })
  await assert.rejects(rowsWritten(house.database, hashOf(first!), sql`update notification_choices set kind = 'x'`), {
    code: '42501',
  })
  await house.owner.query('delete from notification_choices')
})

test('CAM-11: the kinds that may be told otherwise, and how each usually is, are those of the contract', async () => {
  const usual = Object.fromEntries(Object.entries(switchable).map(([kind, { usual }]) => [kind, usual]))
  const inDatabase = async () => (await house.owner.query('select ctx.usual_deliveries() as list')).rows[0].list
  assert.deepEqual(await inDatabase(), usual)
  await withFunctionChanged(
    house.owner,
    'ctx.usual_deliveries()',
    '"view-news": "now"',
    '"view-news": "bell"',
    async () => assert.notDeepEqual(await inDatabase(), usual),
  )
})
