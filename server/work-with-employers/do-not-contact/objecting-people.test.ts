import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite } from '../../testing/parity.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'

const today = '2027-01-15'
const { aquitaine, coeur, gironde, graves } = places
const shop = siretOf(1)
const person = siretOf(2)
const personByUnit = siretOf(3)
const company = siretOf(4)
const unitUnknown = siretOf(5)

let house: House
let ines: Person // pilot

before(async () => {
  house = await openHouse(campaigns, { clock: () => new Date(`${today}T11:00:00Z`) })
  await layTerritories(house.owner)
  ines = await house.person((await house.organisation()).id, [{ profile: 'pilote', territoryId: gironde }])
  await insertEstablishments(
    house.owner,
    [shop, person, personByUnit, company, unitUnknown].map(siret => ({ siret })),
  )
  const told = (siret: number, diffusion: string, unit: string, natural: boolean | null) =>
    house.owner.query(
      `update establishments set diffusion = $2, legal_unit_diffusion = $3, natural_person = $4 where siret = $1`,
      [siret, diffusion, unit, natural],
    )
  await told(person, 'P', 'O', true)
  await told(personByUnit, 'O', 'P', true)
  await told(company, 'P', 'P', false)
  await told(unitUnknown, 'P', 'O', null)
})
after(() => house.close())

const campaign = (sirets: readonly number[] = []) =>
  insertCampaign(
    house.owner,
    aCampaign({
      pilotId: ines.organisationId,
      territoryId: coeur,
      place: { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur },
    }),
    ines.id,
    sirets,
  )
const targetsOf = async (id: string) =>
  (await house.owner.query('select siret from campaign_targets where campaign_id = $1 order by siret', [id])).rows.map(
    row => Number(row.siret),
  )

test('EST-4, EST-10, CAM-2: a person who objects to diffusion is left out of pasted SIRETs, counted and told by number alone', async () => {
  const { id } = await campaign()
  const sirets = [shop, person, personByUnit, company, unitUnknown].map(siretText)
  const seen = await house.call(ines, 'POST', `/campaigns/${id}/targets/preview`, { sirets })
  assert.deepEqual([seen.status, seen.body.count, seen.body.outcomes.counts.objects], [200, 2, 3])
  assert.deepEqual(
    seen.body.outcomes.lines,
    [person, personByUnit, unitUnknown].map((siret, i) => ({
      line: [2, 3, 5][i],
      text: siretText(siret),
      outcome: 'objects',
    })),
  )
  const shown = [...seen.body.sample, ...seen.body.points].map(one => one.siret)
  assert.ok(
    [person, personByUnit, unitUnknown].every(siret => !shown.includes(siretText(siret))),
    'neither the sample nor the map shows them',
  )
  const added = await house.call(ines, 'POST', `/campaigns/${id}/targets`, { sirets })
  assert.deepEqual([added.body.outcomes.counts.added, added.body.outcomes.counts.objects], [2, 3])
  assert.deepEqual(await targetsOf(id), [shop, company])
})

test('EST-4, EST-10, CAM-2: a campaign duplicated with its targets leaves out who objects since', async () => {
  const { id } = await campaign([shop, person, company])
  const copied = await house.call(ines, 'POST', `/campaigns/${id}/duplicate`, {
    name: 'Copie',
    startsOn: '2027-03-01',
    endsOn: '2027-04-01',
    withTargets: true,
  })
  assert.equal(copied.status, 200)
  assert.deepEqual(await targetsOf(copied.body.id), [shop, company])
})

test('EST-4, EST-10, SEC-6: whatever the application forgets, the database adds no target who objects to diffusion', async () => {
  const { id } = await campaign()
  const hash = tokenHash(ines.cookie.slice('session='.length))
  const may = (siret: number) =>
    mayWrite(
      house.database,
      hash,
      sql`insert into campaign_targets (campaign_id, siret) values (${id}::uuid, ${siret})`,
    )
  const tried = [shop, person, personByUnit, company, unitUnknown, siretOf(99)]
  assert.deepEqual(await Promise.all(tried.map(may)), [true, false, false, true, false, true])
})
