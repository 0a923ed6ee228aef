import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { saveDismissed } from './first-day.queries.ts'
import { isOffered } from './first-day-rules.ts'
import { firstDay } from './index.ts'

let house: House
let claire: Person
let omar: Person
before(async () => {
  house = await openHouse([...firstDay])
  const cc = await house.organisation()
  ;[claire, omar] = [await house.person(cc.id, []), await house.person(cc.id, [])]
})
after(() => house.close())
const offered = async (who: Person) => {
  const { status, body } = await house.call(who, 'GET', '/first-day')
  assert.equal(status, 200)
  return body.offered
}
const dismiss = (who: Person | null) => house.call(who, 'POST', '/first-day/dismiss', undefined, once())

for (const [name, openedAt, dismissed, today, expected] of [
  ['its first day', '2027-01-15T08:00:00Z', false, '2027-01-15', true],
  ['the last of sixty', '2027-01-15T08:00:00Z', false, '2027-03-15', true],
  ['the day after', '2027-01-15T08:00:00Z', false, '2027-03-16', false],
  ['opened at night in Paris', '2027-01-14T23:30:00Z', false, '2027-03-15', true],
  ['dismissed', '2027-01-15T08:00:00Z', true, '2027-01-15', false],
] as const)
  test(`UX-6: the first day is offered or not: ${name}`, () => {
    assert.equal(isOffered({ openedAt: new Date(openedAt), dismissed }, today), expected)
  })

test('UX-6: dismissed once, the first day is offered no more, to that person alone; a second press changes nothing', async () => {
  assert.deepEqual([await offered(claire), await offered(omar)], [true, true])
  for (let press = 0; press < 2; press++) assert.deepEqual((await dismiss(claire)).body, { offered: false })
  assert.deepEqual([await offered(claire), await offered(omar)], [false, true])
  const { rows } = await house.owner.query('select account_id from first_days')
  assert.deepEqual(rows, [{ account_id: claire.id }])
})

test('UX-6: two presses at once are one; nobody dismisses without a session', async () => {
  const answers = await Promise.all([dismiss(omar), dismiss(omar)])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  )
  assert.equal((await house.owner.query('select from first_days')).rowCount, 2)
  assert.equal((await dismiss(null)).status, 401)
})

test('SEC-6: straight to the database, one reads and dismisses one’s own first day alone', async () => {
  const nina = await house.person(claire.organisationId, [])
  const as = async <T>(who: Person, work: (tx: Db) => Promise<T>) => {
    const tx = await house.database.begin()
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    try {
      return await work(tx)
    } finally {
      await tx.rollback()
    }
  }
  const seen = await as(claire, tx => tx.all(sql<{ accountId: string }>`select account_id from first_days`))
  assert.deepEqual(seen, [{ accountId: claire.id }])
  assert.deepEqual(await as(nina, tx => tx.all(sql`select account_id from first_days`)), [])
  await assert.rejects(
    as(claire, tx => saveDismissed(tx, nina.id, new Date('2027-01-15T08:00:00Z'))),
    /row-level security/,
  )
  await assert.rejects(
    as(claire, tx => tx.run(sql`update first_days set dismissed_at = dismissed_at where true`)),
    /permission denied/,
  )
})
