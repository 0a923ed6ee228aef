import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { establishments } from '../../territory-and-register/establishments/index.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
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

test('EST-3, CAM-14: a referent follows to the new SIRET, unless the structure has one there', async () => {
  const other = await house.person((await house.organisation()).id)
  await insertEstablishments(
    house.owner,
    [5, 6].map(n => ({ siret: siretOf(n) })),
  )
  const seeds = [
    aReferent({ siret: siretOf(5), organisationId: claire.organisationId, accountId: claire.id }),
    aReferent({ siret: siretOf(5), organisationId: other.organisationId, accountId: other.id }),
    aReferent({ siret: siretOf(6), organisationId: other.organisationId, accountId: other.id }),
  ]
  await insertReferents(house.owner, seeds)
  const client = await house.owner.connect()
  try {
    await client.query('begin')
    await client.query('set local session_replication_role = replica')
    const move = crypto.randomUUID()
    for (const { id } of seeds.slice(0, 2))
      await client.query(`insert into register_move_records (move_id, kind, record_id) values ($1, 'referent', $2)`, [
        move,
        id,
      ])
    await client.query('select ctx.readdress_records($1, $2, $3)', [move, siretOf(5), siretOf(6)])
    const { rows } = await client.query('select id, siret::text from referents where id = any ($1)', [
      seeds.map(({ id }) => id),
    ])
    const sirets = new Map(rows.map(({ id, siret }) => [id, Number(siret)]))
    assert.deepEqual(
      seeds.map(({ id }) => sirets.get(id)),
      [siretOf(6), siretOf(5), siretOf(6)],
    )
  } finally {
    await client.query('rollback')
    client.release()
  }
})
