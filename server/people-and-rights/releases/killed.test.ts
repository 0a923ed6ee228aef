import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { killedMidway } from '../../testing/killed-midway.ts'
import { processStarter } from '../../testing/processes.ts'
import { giveRole } from '../accounts/testing.ts'
import { releases } from './index.ts'

let house: House
let starter: ReturnType<typeof processStarter>
let cssi: Person, askerRgc: Person, claire: Person
before(async () => {
  house = await openHouse(releases)
  cssi = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, cssi, 'cssi')
  askerRgc = await house.person((await house.organisation()).id)
  await giveRole(house.owner, askerRgc, 'rgc')
  claire = await house.person((await house.organisation()).id)
  starter = processStarter(house.urls)
})
after(async () => {
  starter.killAll()
  await house.close()
})

test('ACC-16, REL-6: a process killed while an address is released changes nothing; asked again, the account ends once', {
  timeout: 240_000,
}, async () => {
  const { rows } = await house.owner.query('select email from account_contacts where account_id = $1', [claire.id])
  const asking = { givenName: 'Claire', familyName: 'Aumont', reason: 'Elle prend son poste lundi' }
  const asked = await house.call(
    askerRgc,
    'POST',
    '/habilitations/releases',
    { email: rows[0].email, ...asking },
    once(),
  )
  assert.equal(asked.status, 200, JSON.stringify(asked.body))
  const state = async () =>
    (
      await house.owner.query(
        `select a.status, r.outcome,
          (select count(*)::int from account_contacts k where k.account_id = a.id) as addresses,
          (select count(*)::int from sessions s where s.account_id = a.id and s.ended_at is null) as sessions,
          (select count(*)::int from exceptional_acts x where x.account_id = a.id) as acts,
          (select count(*)::int from mails m where m.about_id = r.id::text and m.kind = 'release-answered') as mails,
          (select count(*)::int from audit_entries e where e.subject_id in (a.id::text, r.id::text)
            and e.action in ('release.granted', 'account.deleted')) as trail
        from address_releases r join accounts a on a.id = r.account_id where r.id = $1`,
        [asked.body.id],
      )
    ).rows
  const before = { status: 'active', outcome: null, addresses: 1, sessions: 1, acts: 0, mails: 0, trail: 0 }
  assert.deepEqual(await state(), [before])
  const path = `/habilitations/releases/${asked.body.id}/decision`
  const body = { outcome: 'released', reason: 'Vu avec les deux' }
  const key = once()
  await killedMidway(house, starter, { who: cssi, path, body, written: 'exceptional_acts' }, key)
  assert.deepEqual(await state(), [before], 'nothing is half done')
  for (const time of ['first', 'again'])
    assert.equal((await house.call(cssi, 'POST', path, body, key)).status, 200, time)
  assert.deepEqual(await state(), [
    { status: 'deleted', outcome: 'released', addresses: 0, sessions: 0, acts: 1, mails: 1, trail: 2 },
  ])
})
