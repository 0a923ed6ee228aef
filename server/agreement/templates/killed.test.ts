import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { killedMidway } from '../../testing/killed-midway.ts'
import { processStarter } from '../../testing/processes.ts'
import { siretOf } from '../../work-with-employers/campaigns/testing-world.ts'
import { withRoles } from '../conventions/testing.ts'
import { templates } from './index.ts'

let house: House
let starter: ReturnType<typeof processStarter>
let samir: Person // administrator
before(async () => {
  house = await openHouse(templates)
  samir = await withRoles(house, (await house.organisation({ kind: 'operateur' })).id, 'administrateur')
  await house.organisation() // under a convention, to be told
  starter = processStarter(house.urls)
})
after(async () => {
  starter.killAll()
  await house.close()
})

test('AGR-15, REL-6: a process killed while the operator’s identity changes writes nothing and tells nobody; asked again, it changes once', {
  timeout: 240_000,
}, async () => {
  const state = async () =>
    (
      await house.owner.query(
        `select (select count(*)::int from operator_identities) as versions,
          (select count(*)::int from announcements where kind = 'operator-identity') as told,
          (select count(*)::int from audit_entries where action = 'operator.identity-changed') as trail`,
      )
    ).rows
  const before = { versions: 0, told: 0, trail: 0 }
  assert.deepEqual(await state(), [before])
  const path = '/operator-identity'
  const body = {
    cause: 'change',
    since: parisDay(new Date()),
    siret: siretText(siretOf(9900)),
    name: 'Opérateur de l’Essai',
    address: '1 place de l’Essai, 33000 Bordeaux',
    reason: 'Mise en service',
  }
  const headers = { ...once(), 'if-match': '"0"' }
  await killedMidway(house, starter, { who: samir, method: 'PUT', path, body, written: 'operator_identities' }, headers)
  assert.deepEqual(await state(), [before], 'nothing is half done')
  for (const time of ['first', 'again'])
    assert.equal((await house.call(samir, 'PUT', path, body, headers)).status, 200, time)
  assert.deepEqual(await state(), [{ versions: 1, told: 1, trail: 1 }])
})
