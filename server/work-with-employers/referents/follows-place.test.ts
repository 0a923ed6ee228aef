import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { establishments } from '../../territory-and-register/establishments/index.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { followAs } from '../register-moves/testing.ts'
import { referents } from './index.ts'
import { aReferent, insertReferents } from './testing.ts'

let house: House
let claire: Person
before(async () => {
  house = await openHouse([...establishments, ...referents])
  await layTerritories(house.owner)
  claire = await house.person((await house.organisation()).id, [
    { profile: 'conseiller', territoryId: places.aquitaine },
    { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: places.aquitaine },
  ])
})
after(() => house.close())

const typed = async (n: number) => {
  await house.owner.query(
    `insert into provisional_establishments (siret, name, commune_code, region_id, departement_id, epci_id, clpe_id,
      organisation_id, author_id, created_at)
    values ($1, 'Fournil', '33001', $2, $3, $4, $5, $6, $7, now())`,
    [siretOf(n), ...[places.aquitaine, places.gironde, places.graves, places.coeur], claire.organisationId, claire.id],
  )
  return siretText(siretOf(n))
}
const name = (siret: string) => house.call(claire, 'POST', `/establishments/${siret}/referents`, {})
const departementOf = async (n: number) =>
  (await house.owner.query('select departement_id from referents where siret = $1', [siretOf(n)])).rows[0]
    .departement_id

test('EST-3, EST-1: a provisional card that has a referent is withdrawn no more', async () => {
  const siret = await typed(1)
  assert.equal((await name(siret)).status, 200)
  const { body } = await house.call(claire, 'POST', `/establishments/${siret}/provisional/withdraw`)
  assert.equal(body.code, 'establishment/provisional-in-use')
})

test('EST-3, EST-1: once the register holds the card elsewhere, the referent stands there, and so do rights', async () => {
  await name(await typed(3))
  await insertEstablishments(house.owner, [{ siret: siretOf(3), commune: '40001' }])
  await house.owner.query('select settle_provisional()')
  assert.equal(await departementOf(3), places.landes)
})

test('EST-3, TER-1: when communes change hands, the referent follows the establishment', async () => {
  await insertEstablishments(house.owner, [{ siret: siretOf(4) }])
  await name(siretText(siretOf(4)))
  await house.owner.query('update establishments set departement_id = $2 where siret = $1', [siretOf(4), places.landes])
  await house.owner.query('select move_territories()')
  assert.equal(await departementOf(4), places.landes)
})

test('EST-3, CAM-14: a move carries referents to the new SIRET and brings them back, but where the structure has one there', async () => {
  const [old, next] = [siretOf(5), siretOf(6)]
  const other = await house.person((await house.organisation()).id)
  await insertEstablishments(house.owner, [{ siret: old }, { siret: next, commune: '40001' }])
  const [ours, kept, there] = [
    aReferent({ siret: old, organisationId: claire.organisationId, accountId: claire.id }),
    aReferent({ siret: old, organisationId: other.organisationId, accountId: other.id }),
    aReferent({ siret: next, organisationId: other.organisationId, accountId: other.id }),
  ]
  await insertReferents(house.owner, [ours, kept, there])
  const sirets = async () => {
    const { rows } = await house.owner.query('select id, siret::text, departement_id as line from referents')
    const byId = new Map(rows.map(({ id, siret, line }) => [id, [Number(siret), line]]))
    return [ours, kept, there].map(({ id }) => byId.get(id))
  }
  await house.owner.query(
    `with gone as (update establishments set active = false, closed_on = '2026-11-12' where siret = $1)
    insert into establishment_successions values ($1, $2, '2026-11-12', false, true)`,
    [old, next],
  )
  await followAs(house.urls.workerUrl)
  assert.deepEqual(await sirets(), [
    [next, places.landes],
    [old, places.gironde],
    [next, places.gironde],
  ])
  await house.owner.query('update establishments set active = true, closed_on = null where siret = $1', [old])
  await house.owner.query('delete from establishment_successions where predecessor = $1', [old])
  await followAs(house.urls.workerUrl)
  assert.deepEqual(
    (await sirets()).map(row => row?.[0]),
    [old, old, next],
  )
})
