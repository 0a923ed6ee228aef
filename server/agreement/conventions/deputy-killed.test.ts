import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { killedMidway } from '../../testing/killed-midway.ts'
import { processStarter } from '../../testing/processes.ts'
import { conventions } from './index.ts'
import { aReplacement, withRoles } from './testing.ts'

let house: House
let starter: ReturnType<typeof processStarter>
let gilles: Person
let convention: string
before(async () => {
  house = await openHouse(conventions)
  await house.organisation({ kind: 'operateur' })
  const partner = await house.organisation() // under a convention
  gilles = await withRoles(house, partner.id, 'signataire')
  await withRoles(house, partner.id, 'responsable-operationnel') // to be told
  const { rows } = await house.owner.query('select id from conventions where organisation_id = $1', [partner.id])
  convention = rows[0].id
  starter = processStarter(house.urls)
})
after(async () => {
  starter.killAll()
  await house.close()
})

test('AGR-15, REL-6: a process killed while a deputy is recorded, then corrected, writes nothing and tells nobody; asked again, each is written once', {
  timeout: 240_000,
}, async () => {
  const id = uuidv7()
  const state = async () =>
    (
      await house.owner.query(
        `select (select count(*)::int from signature_deputies where deputy_id = $1) as versions,
          (select count(*)::int from mails where kind = 'convention-deputy' and about_id = $2) as told,
          (select count(*)::int from audit_entries where action = 'convention.deputy-settled') as trail`,
        [id, convention],
      )
    ).rows[0]
  const path = `/conventions/${convention}/deputies/${id}`
  for (const version of [0, 1]) {
    const body = {
      accountId: null,
      name: 'Sacha Suppléant',
      capacity: 'Directeur',
      ...aReplacement(),
      fromOn: '2026-01-20',
      untilOn: version === 0 ? null : '2026-06-30',
      reason: 'Arrêté de délégation',
    }
    const headers = { ...once(), 'if-match': `"${version}"` }
    const before = { versions: version, told: version, trail: version }
    assert.deepEqual(await state(), before)
    await killedMidway(
      house,
      starter,
      { who: gilles, method: 'PUT', path, body, written: 'signature_deputies' },
      headers,
    )
    assert.deepEqual(await state(), before, 'nothing is half done')
    for (const time of ['first', 'again'])
      assert.equal((await house.call(gilles, 'PUT', path, body, headers)).status, 200, time)
  }
  assert.deepEqual(await state(), { versions: 2, told: 2, trail: 2 })
})
