import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { killedMidway } from '../../testing/killed-midway.ts'
import { processStarter } from '../../testing/processes.ts'
import { giveRole } from '../accounts/testing.ts'
import { addresses } from './index.ts'

let house: House
let starter: ReturnType<typeof processStarter>
let rgc: Person, second: Person, claire: Person
before(async () => {
  house = await openHouse(addresses)
  const own = (await house.organisation()).id
  ;[rgc, second, claire] = [await house.person(own), await house.person(own), await house.person(own)]
  for (const who of [rgc, second]) await giveRole(house.owner, who, 'rgc')
  starter = processStarter(house.urls)
})
after(async () => {
  starter.killAll()
  await house.close()
})

test('ACC-16, REL-6: a process killed while an address is confirmed changes nothing; asked again, it changes once', {
  timeout: 240_000,
}, async () => {
  const asked = await house.call(
    rgc,
    'POST',
    `/habilitations/people/${claire.id}/address`,
    { email: 'camille.neuve@partenaire.example', reason: 'Mariage' },
    once(),
  )
  assert.equal(asked.status, 200, JSON.stringify(asked.body))
  const state = async () =>
    (
      await house.owner.query(
        `select k.email, a.version, c.outcome,
          (select count(*)::int from sessions s where s.account_id = a.id and s.ended_at is null) as sessions,
          (select count(*)::int from mails m where m.about_id = a.id::text and m.kind = 'address-changed') as mails,
          (select count(*)::int from audit_entries e where e.subject_id = a.id::text and e.action = 'address.changed') as trail
        from accounts a join account_contacts k on k.account_id = a.id join address_changes c on c.account_id = a.id
        where a.id = $1`,
        [claire.id],
      )
    ).rows
  const [before] = await state()
  assert.deepEqual([before.outcome, before.sessions, before.mails, before.trail], [null, 1, 0, 0])
  const path = `/habilitations/address-changes/${asked.body.change.id}/decision`
  const body = { outcome: 'confirmed', reason: 'Vu avec elle' }
  const key = once()
  await killedMidway(house, starter, { who: second, path, body, written: 'account_contacts' }, key)
  assert.deepEqual(await state(), [before], 'nothing is half done')
  for (const time of ['first', 'again'])
    assert.equal((await house.call(second, 'POST', path, body, key)).status, 200, time)
  const changed = { email: 'camille.neuve@partenaire.example', outcome: 'confirmed', sessions: 0, mails: 2, trail: 1 }
  assert.deepEqual(await state(), [{ ...changed, version: before.version + 1 }])
})
