import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { killedMidway } from '../../testing/killed-midway.ts'
import { processStarter } from '../../testing/processes.ts'
import { retention } from './index.ts'

let house: House
let starter: ReturnType<typeof processStarter>
let dpd: Person
before(async () => {
  house = await openHouse(retention)
  dpd = await house.person((await house.organisation()).id)
  await giveRole(house.owner, dpd, 'dpd')
  starter = processStarter(house.urls)
})
after(async () => {
  starter.killAll()
  await house.close()
})

/** What stands of holds, and what the trail says of them. */
const state = async () =>
  (
    await house.owner.query(
      `select (select count(*)::int from legal_holds) as placed,
        (select count(*)::int from legal_holds where lifted_at is not null) as lifted,
        (select count(*)::int from audit_entries where action like 'legal-hold.%') as trail`,
    )
  ).rows[0]

test('PRI-4, REL-6: a process killed while a hold is placed, or lifted, leaves nothing; sent again, each is done once', {
  timeout: 240_000,
}, async () => {
  let stood = { placed: 0, lifted: 0, trail: 0 }
  let id = ''
  for (const [path, body, done] of [
    [() => '/legal-holds', { ending: 'absences', reason: 'Contentieux' }, { placed: 1, lifted: 0, trail: 1 }],
    [() => `/legal-holds/${id}/lift`, { reason: 'Affaire close' }, { placed: 1, lifted: 1, trail: 2 }],
  ] as const) {
    const [to, key] = [path(), once()]
    await killedMidway(house, starter, { who: dpd, path: to, body, written: 'legal_holds' }, key)
    assert.deepEqual(await state(), stood, `${to}: nothing is half done`)
    for (const time of ['first', 'again']) {
      const answer = await house.call(dpd, 'POST', to, body, key)
      assert.equal(answer.status, 200, `${to}, ${time}`)
      id = answer.body.id
    }
    assert.deepEqual(await state(), done, to)
    stood = done
  }
})
