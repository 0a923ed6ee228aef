import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { killedMidway } from '../../testing/killed-midway.ts'
import { processStarter } from '../../testing/processes.ts'
import { siretOf } from '../../work-with-employers/campaigns/testing-world.ts'
import { conventions } from '../conventions/index.ts'
import { withRoles } from '../conventions/testing.ts'
import { partners } from './index.ts'

let house: House
let starter: ReturnType<typeof processStarter>
let sylvie: Person
let convention: string
let partner: string
before(async () => {
  house = await openHouse([...conventions, ...partners])
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine')`,
  )
  sylvie = await withRoles(house, (await house.organisation({ kind: 'operateur' })).id, { region: 1075 })
  partner = (await house.organisation()).id
  await giveRole(house.owner, await house.person(partner), 'rgc') // to be told
  const { rows } = await house.owner.query(
    'update conventions set region_id = 1075 where organisation_id = $1 returning id',
    [partner],
  )
  convention = rows[0].id
  starter = processStarter(house.urls)
})
after(async () => {
  starter.killAll()
  await house.close()
})

test('AGR-15, REL-6: a process killed while another SIRET is recorded, then ended, writes nothing and tells nobody; asked again, each is written once', {
  timeout: 240_000,
}, async () => {
  const id = uuidv7()
  const state = async () =>
    (
      await house.owner.query(
        `select (select count(*)::int from organisation_siret_versions where siret_id = $1) as versions,
          (select count(*)::int from organisation_sirets where siret_id = $1) as held,
          (select count(*)::int from mails where kind = 'structure-identity' and about_id = $2) as told,
          (select count(*)::int from audit_entries where action = 'partner.siret-settled') as trail`,
        [id, convention],
      )
    ).rows[0]
  const path = `/conventions/${convention}/party/sirets/${id}`
  for (const version of [0, 1]) {
    const body = {
      siret: siretText(siretOf(9901)),
      name: 'CIAS des Deux Rives',
      fromOn: '2026-01-01',
      untilOn: version === 0 ? null : '2026-06-30',
      withdrawn: false,
      reason: 'Délibération',
    }
    const headers = { ...once(), 'if-match': `"${version}"` }
    const before = { versions: version, held: version, told: version, trail: version }
    assert.deepEqual(await state(), before)
    await killedMidway(
      house,
      starter,
      { who: sylvie, method: 'PUT', path, body, written: 'organisation_siret_versions' },
      headers,
    )
    assert.deepEqual(await state(), before, 'nothing is half done')
    for (const time of ['first', 'again'])
      assert.equal((await house.call(sylvie, 'PUT', path, body, headers)).status, 200, time)
  }
  assert.deepEqual(await state(), { versions: 2, held: 1, told: 2, trail: 2 })
})
