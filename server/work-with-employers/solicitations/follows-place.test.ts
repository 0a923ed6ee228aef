import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { solicitations } from './index.ts'
import { anOverrun, insertOverruns } from './testing.ts'

const line = { regionId: places.aquitaine, departementId: places.gironde, epciId: places.graves, clpeId: places.coeur }
const reads = (territoryId: number) => [{ tool: 'fiche-etablissement', profile: 'consultation', territoryId }] as const
let house: House
let here: Person
let there: Person
let campaignId: string
before(async () => {
  house = await openHouse(solicitations, { clock: () => new Date('2027-01-15T11:00:00Z') })
  await layTerritories(house.owner)
  here = await house.person((await house.organisation()).id, [...reads(places.gironde)])
  there = await house.person((await house.organisation()).id, [...reads(places.landes)])
  campaignId = (await insertCampaign(house.owner, aCampaign({ pilotId: here.organisationId }), here.id)).id
})
after(() => house.close())

const overrunAt = (siret: number) =>
  insertOverruns(house.owner, [
    anOverrun({ siret, campaignId, organisationId: here.organisationId, authorId: here.id, ...line }),
  ])
const ask = (who: Person, siret: number) => house.call(who, 'GET', `/establishments/${siretText(siret)}/solicitations`)

test('CAM-12, TER-1: when communes change hands, an overrun follows its establishment, and so do rights', async () => {
  const siret = siretOf(1)
  await insertEstablishments(house.owner, [{ siret }])
  await overrunAt(siret)
  assert.equal((await ask(here, siret)).body.overruns.length, 1)
  await house.owner.query('update establishments set departement_id = $2 where siret = $1', [siret, places.landes])
  await house.owner.query('select move_territories()')
  assert.deepEqual([(await ask(here, siret)).status, (await ask(there, siret)).body.overruns.length], [403, 1])
})

test('CAM-12, EST-1: a provisional card has a budget, and once the register holds it elsewhere, its overrun stands there', async () => {
  const siret = siretOf(2)
  for (const one of [siret, siretOf(3)])
    await house.owner.query(
      `insert into provisional_establishments (siret, name, commune_code, region_id, departement_id, epci_id, clpe_id,
        organisation_id, author_id, created_at) values ($1, 'Fournil', '33001', $2, $3, $4, $5, $6, $7, now())`,
      [one, ...Object.values(line), here.organisationId, here.id],
    )
  const by = { organisationId: here.organisationId, authorId: here.id }
  await insertExchange(house.owner, anExchange({ siret, ...by, occurredOn: '2027-01-04', ...line }))
  await overrunAt(siret)
  const { body } = await ask(here, siret)
  assert.deepEqual([body.perMonth, body.month, body.overruns.length], [4, 1, 1])
  await insertEstablishments(house.owner, [{ siret, commune: '40001' }])
  await house.owner.query('select settle_provisional()')
  assert.deepEqual([(await ask(here, siret)).status, (await ask(there, siret)).body.overruns.length], [403, 1])
})
