import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, openHouse } from '../../testing/house.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { followAs } from '../register-moves/testing.ts'
import { mergeServices } from './imported-services.queries.ts'
import { aService, insertServices } from './testing.ts'

let house: House
before(async () => {
  house = await openHouse([])
  await layTerritories(house.owner)
})
after(() => house.close())
const at = async (...ids: string[]) =>
  (
    await house.owner.query(
      'select siret::text, departement_id as departement from operator_services where id = any ($1::uuid[]) order by siret',
      [ids],
    )
  ).rows.map(row => [Number(row.siret), row.departement])

test('REC-3, TER-1: when communes change hands, services follow their establishment', async () => {
  const siret = siretOf(1)
  await insertEstablishments(house.owner, [{ siret }])
  const service = aService({ siret, departementId: places.gironde })
  await insertServices(house.owner, [service])
  await house.owner.query('update establishments set departement_id = $2 where siret = $1', [siret, places.landes])
  await house.owner.query('select move_territories()')
  assert.deepEqual(await at(service.id), [[siret, places.landes]])
})

test('REC-3, CAM-14: a move carries services to the new SIRET and brings them back; a file that says the former SIRET moves nothing', async () => {
  const [old, next] = [siretOf(2), siretOf(3)]
  await insertEstablishments(house.owner, [{ siret: old }, { siret: next, commune: '40001' }])
  const service = aService({ siret: old, departementId: places.gironde, reference: 'S-2' })
  await insertServices(house.owner, [service])
  await house.owner.query(
    `with gone as (update establishments set active = false, closed_on = '2026-11-12' where siret = $1)
    insert into establishment_successions values ($1, $2, '2026-11-12', false, true)`,
    [old, next],
  )
  await followAs(house.urls.workerUrl)
  assert.deepEqual(await at(service.id), [[next, places.landes]])
  const { kind, usedOn, endedOn } = service
  const told = { reference: 'S-2', siret: old, kind, usedOn, endedOn, result: 'sans-suite', saidOn: null } as const
  const client = await house.owner.connect()
  try {
    await client.query('begin')
    assert.equal((await mergeServices(client, [told])).changed, 1)
    await client.query('commit')
  } finally {
    client.release()
  }
  assert.deepEqual(await at(service.id), [[next, places.landes]])
  await house.owner.query('update establishments set active = true, closed_on = null where siret = $1', [old])
  await house.owner.query('delete from establishment_successions where predecessor = $1', [old])
  await followAs(house.urls.workerUrl)
  assert.deepEqual(
    (await at(service.id)).map(([siret]) => siret),
    [old],
  )
})
