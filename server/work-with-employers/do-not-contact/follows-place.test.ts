import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { siretText } from '../../platform/siret.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { establishments } from '../../territory-and-register/establishments/index.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { waiting } from '../../testing/while-held.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { doNotContact } from './index.ts'

let house: House
let claire: Person
before(async () => {
  house = await openHouse([...establishments, ...doNotContact])
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
const mark = (siret: string) =>
  house.call(claire, 'POST', `/establishments/${siret}/do-not-contact`, {
    origin: 'employer',
    reason: 'Ne souhaite plus être appelé',
    until: addDays(parisDay(new Date()), 1),
  })
const departementOf = async (n: number) =>
  (await house.owner.query('select departement_id from do_not_contact_marks where siret = $1', [siretOf(n)])).rows[0]
    .departement_id

test('EST-10, EST-1: a provisional card that is marked is withdrawn no more', async () => {
  const siret = await typed(1)
  assert.equal((await mark(siret)).status, 200)
  const { body } = await house.call(claire, 'POST', `/establishments/${siret}/provisional/withdraw`)
  assert.equal(body.code, 'establishment/provisional-in-use')
})

test('EST-10, EST-1: a card that is being withdrawn is not marked', async () => {
  const siret = await typed(2)
  const other = await house.owner.connect()
  try {
    await other.query('begin')
    await other.query('delete from provisional_establishments where siret = $1', [siretOf(2)])
    let answered = false
    const answer = mark(siret).finally(() => (answered = true))
    while (!answered && (await waiting(house.owner)) === 0) await setTimeout(20)
    await other.query('commit')
    assert.equal((await answer).body.code, 'establishment/unknown')
  } finally {
    other.release()
  }
})

test('EST-10, EST-1: once the register holds the card elsewhere, the mark stands there, and so do rights', async () => {
  await mark(await typed(3))
  await insertEstablishments(house.owner, [{ siret: siretOf(3), commune: '40001' }])
  await house.owner.query('select settle_provisional()')
  assert.equal(await departementOf(3), places.landes)
})

test('EST-10, TER-1: when communes change hands, the mark follows its establishment', async () => {
  await insertEstablishments(house.owner, [{ siret: siretOf(4) }])
  await mark(siretText(siretOf(4)))
  await house.owner.query('update establishments set departement_id = $2 where siret = $1', [siretOf(4), places.landes])
  await house.owner.query('select move_territories()')
  assert.equal(await departementOf(4), places.landes)
})
