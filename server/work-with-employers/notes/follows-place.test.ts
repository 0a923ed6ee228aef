import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { establishments } from '../../territory-and-register/establishments/index.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { followAs } from '../register-moves/testing.ts'
import { notes } from './index.ts'

let house: House
let claire: Person
before(async () => {
  house = await openHouse([...establishments, ...notes])
  await layTerritories(house.owner)
  claire = await house.person((await house.organisation()).id, [
    { profile: 'conseiller', territoryId: places.aquitaine },
    { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: places.aquitaine },
  ])
})
after(() => house.close())

const line = [places.aquitaine, places.gironde, places.graves, places.coeur]
/** What Claire typed of an employer that the register lacks. */
const typed = async (n: number) => {
  await house.owner.query(
    `insert into provisional_establishments (siret, name, commune_code, region_id, departement_id, epci_id, clpe_id,
      organisation_id, author_id, created_at)
    values ($1, 'Fournil', '33001', $2, $3, $4, $5, $6, $7, now())`,
    [siretOf(n), ...line, claire.organisationId, claire.id],
  )
  return siretText(siretOf(n))
}
const note = (siret: string) => house.call(claire, 'POST', `/establishments/${siret}/notes`, { notes: 'Vu en mars' })
const departementOf = async (n: number) =>
  (await house.owner.query('select departement_id from notes where siret = $1', [siretOf(n)])).rows[0].departement_id

test('EST-11, EST-1: a provisional card with a note is withdrawn no more', async () => {
  const siret = await typed(1)
  assert.equal((await note(siret)).status, 200)
  const { body } = await house.call(claire, 'POST', `/establishments/${siret}/provisional/withdraw`)
  assert.equal(body.code, 'establishment/provisional-in-use')
})

test('EST-11, EST-1: once the register holds the card elsewhere, its notes stand there, and so do rights', async () => {
  await note(await typed(2))
  await insertEstablishments(house.owner, [{ siret: siretOf(2), commune: '40001' }])
  await house.owner.query('select settle_provisional()')
  assert.equal(await departementOf(2), places.landes)
})

test('EST-11, TER-1: when communes change hands, notes follow their establishment', async () => {
  await insertEstablishments(house.owner, [{ siret: siretOf(3) }])
  await note(siretText(siretOf(3)))
  await house.owner.query('update establishments set departement_id = $2 where siret = $1', [siretOf(3), places.landes])
  await house.owner.query('select move_territories()')
  assert.equal(await departementOf(3), places.landes)
})

test('EST-11, CAM-14: a move carries notes to the new SIRET, alone too, and brings them back', async () => {
  const [old, next] = [siretOf(4), siretOf(5)]
  await insertEstablishments(
    house.owner,
    [old, next].map(siret => ({ siret, commune: siret === next ? '40001' : '33001' })),
  )
  await note(siretText(old))
  await house.owner.query(
    `with gone as (update establishments set active = false, closed_on = '2026-11-12' where siret = $1)
    insert into establishment_successions values ($1, $2, '2026-11-12', false, true)`,
    [old, next],
  )
  const noted = async (siret: number) =>
    (await house.call(claire, 'GET', `/establishments/${siretText(siret)}/history`)).body.items.length
  await followAs(house.urls.workerUrl)
  assert.deepEqual([await noted(old), await noted(next), await departementOf(5)], [0, 1, places.landes])
  await house.owner.query('update establishments set active = true, closed_on = null where siret = $1', [old])
  await house.owner.query('delete from establishment_successions where predecessor = $1', [old])
  await followAs(house.urls.workerUrl)
  assert.deepEqual([await noted(old), await noted(next)], [1, 0])
})
