import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { exchanges } from '../exchanges/index.ts'
import { targets } from './index.ts'

const today = '2027-01-15'
const { aquitaine, gironde, graves, straddling } = places
let house: House
let claire: Person
let id: string
before(async () => {
  house = await openHouse([...campaigns, ...exchanges, ...targets], { clock: () => new Date(`${today}T11:00:00Z`) })
  await layTerritories(house.owner)
  const cc = await house.organisation({ name: 'CC des Essais' })
  claire = await house.person(cc.id, [
    { profile: 'conseiller', territoryId: gironde },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: gironde },
  ])
  await insertEstablishments(
    house.owner,
    Array.from({ length: 10 }, (_, i) => ({
      siret: siretOf(i + 1),
      naf: i < 4 ? '10.71C' : '43.32A',
      commune: i < 7 ? '33001' : '33003',
    })),
  )
  await house.owner.query('update establishments set latitude = 44.7, longitude = -0.6 where siret = $1', [siretOf(1)])
  ;({ id } = await insertCampaign(
    house.owner,
    aCampaign({
      pilotId: cc.id,
      territoryId: gironde,
      place: { regionId: aquitaine, departementId: gironde, epciId: null, clpeId: null },
      status: 'open',
    }),
    claire.id,
    Array.from({ length: 10 }, (_, i) => siretOf(i + 1)),
  ))
  await house.call(claire, 'POST', `/campaigns/${id}/targets/${siretText(siretOf(2))}/take`)
  for (const [n, dueOn] of [
    [2, '2027-01-20'],
    [3, '2027-02-03'],
  ] as const)
    await house.call(
      claire,
      'POST',
      '/exchanges',
      {
        siret: siretText(siretOf(n)),
        campaignId: id,
        occurredOn: today,
        channel: 'telephone',
        result: 'a-rappeler',
        nextAction: { kind: 'rappel', dueOn, dueAt: '09:30' },
      },
      once(),
    )
})
after(() => house.close())
const ask = async (path: string, who: Person | null = claire) => house.call(who, 'GET', `/campaigns/${id}/${path}`)

test('CAM-4: the same targets are counted by state, holder, zone and activity, under the same filters', async () => {
  const { body } = await ask('target-counts')
  assert.deepEqual(
    [body.total, Object.fromEntries(body.statuses.map((s: any) => [s.status, s.count]))],
    [10, { 'a-contacter': 8, 'en-cours': 2 }],
  )
  assert.deepEqual(
    body.organisations.map((o: any) => [o.organisation?.name ?? null, o.count]),
    [
      [null, 9],
      ['CC des Essais', 1],
    ],
  )
  assert.deepEqual(
    body.zones.map((z: any) => [z.zone, z.count]),
    [
      [graves, 7],
      [straddling, 3],
    ],
  )
  assert.deepEqual(
    body.activities.map((a: any) => [a.code, a.count]),
    [
      ['43', 6],
      ['10', 4],
    ],
  )
  const narrow = await ask('target-counts?activity=C&territory=200000001&free=true')
  assert.equal(narrow.body.total, 3)
  assert.equal((await ask('target-counts?commune=33003')).body.total, 3)
})
test('CAM-4, CAM-2: a view by activity goes on finding the targets that the register recodes', async () => {
  const sirets = [1, 2, 3].map(siretOf)
  const recode = (former: string | null, code: string, siret: number) =>
    house.owner.query(
      `update establishments set naf = $2, naf_nomenclature = 'NAF25', naf_former = $1 where siret = $3`,
      [former, code, siret],
    )
  await recode('10.71C', '56.11G', sirets[0]!)
  await recode(null, '10.71H', sirets[1]!)
  await recode(null, '11.02H', sirets[2]!)
  await house.owner.query(`insert into naf_correspondences (naf, naf25, source, edition) values
    ('10.71C', '10.71H', 'insee', '2025-08'), ('11.02B', '10.71H', 'insee', '2025-08')`)
  const total = async (activity: string) => (await ask(`target-counts?activity=${activity}`)).body.total
  const counted = (await ask('target-counts')).body.activities.map((a: any) => [a.code, a.count])
  assert.deepEqual(counted, [
    ['43', 6],
    ['10', 3],
    ['11', 1],
    [null, 1],
  ])
  for (const [code, count] of counted) if (code) assert.equal(await total(`${code}`), count, `${code}`)
  assert.deepEqual([await total('10.71C'), await total('C'), await total('56')], [3, 3, 0])
  await house.owner.query(
    `update establishments set naf = '10.71C', naf_nomenclature = 'NAFRev2', naf_former = null where siret = any ($1)`,
    [sirets],
  )
  await house.owner.query('delete from naf_correspondences')
})
test('CAM-4: the calendar holds what is planned from one day to another; the map, what has a position', async () => {
  const month = async (from: string, to: string, more = '') =>
    (await ask(`target-actions?from=${from}&to=${to}${more}`)).body.items.map((a: any) => [
      a.siret,
      a.dueOn,
      a.dueAt,
      a.owner.id,
      a.late,
    ])
  assert.deepEqual(await month('2027-01-01', '2027-01-31'), [
    [siretText(siretOf(2)), '2027-01-20', '09:30', claire.id, false],
  ])
  assert.equal((await month('2027-01-01', '2027-02-28')).length, 2)
  assert.equal((await month('2027-01-01', '2027-02-28', '&mine=true')).length, 1)
  const { body } = await ask('target-points')
  assert.deepEqual(
    [body.items, body.unplaced, body.more],
    [
      [
        {
          siret: siretText(siretOf(1)),
          name: `ATELIER ${siretOf(1)}`,
          status: 'a-contacter',
          closed: false,
          lat: 44.7,
          lon: -0.6,
        },
      ],
      9,
      false,
    ],
  )
})
test('CAM-14: the calendar and the map of a campaign say which of its targets closed', async () => {
  const shut = (active: boolean) =>
    house.owner.query('update establishments set active = $1 where siret = any ($2)', [active, [1, 2].map(siretOf)])
  const closedIn = async (path: string) => (await ask(path)).body.items.map((one: any) => one.closed)
  const paths = ['target-actions?from=2027-01-01&to=2027-01-31', 'target-points']
  assert.deepEqual(await Promise.all(paths.map(closedIn)), [[false], [false]])
  await shut(false)
  assert.deepEqual(await Promise.all(paths.map(closedIn)), [[true], [true]])
  await shut(true)
})
test('EST-4, CAM-4: a target of partial diffusion is counted on the map, but has neither name nor place there', async () => {
  // The register itself keeps no place of theirs: that net is taken away here, to see that the map asks too.
  await house.owner.query('alter table establishments disable trigger hide_undiffused')
  await house.owner.query(
    'alter table establishments drop constraint establishments_check2, drop constraint establishments_check3',
  )
  await house.owner.query(
    `update establishments set latitude = 44.71, longitude = -0.61, diffusion = 'P' where siret = $1`,
    [siretOf(4)],
  )
  await house.owner.query('alter table establishments enable trigger hide_undiffused')
  const { body } = await ask('target-points')
  assert.deepEqual([body.items.map((p: any) => p.siret), body.unplaced], [[siretText(siretOf(1))], 9])
  assert.deepEqual((await ask('target-points?south=44.705&west=-0.7&north=44.8&east=-0.5')).body.items, [])
})
test('CAM-8: a map is searched within what it shows', async () => {
  const within = async (query: string) => {
    const { status, body } = await ask(`target-points?${query}`)
    return status === 200 ? [body.items.map((one: any) => one.siret), body.unplaced] : status
  }
  assert.deepEqual(await within('south=44.6&west=-0.7&north=44.8&east=-0.5'), [[siretText(siretOf(1))], 0])
  assert.deepEqual(await within('south=44.8&west=-0.7&north=44.9&east=-0.5'), [[], 0])
  assert.deepEqual(await within('south=44.6&west=-0.5&north=44.8&east=-0.4'), [[], 0])
  assert.deepEqual(
    [await within('south=95&west=0&north=96&east=1'), await within('south=nord&west=0&north=1&east=1')],
    [400, 400],
  )
})
test('CAM-4: a list says what comes next on each target', async () => {
  const { body } = await ask('targets')
  assert.deepEqual(
    body.items.slice(0, 3).map((t: any) => t.nextAction?.dueOn ?? null),
    [null, '2027-01-20', '2027-02-03'],
  )
})
test('CAM-4: these views are those of the members alone', async () => {
  const stranger = await house.person((await house.organisation()).id, [{ profile: 'pilote', territoryId: gironde }])
  for (const path of ['target-counts', 'target-actions?from=2027-01-01&to=2027-01-31', 'target-points']) {
    assert.deepEqual([(await ask(path, stranger)).status, (await ask(path, null)).status], [404, 401], path)
  }
  assert.equal((await ask('target-actions?from=2027-01-01')).status, 400)
  // Who works no card reads no next action.
  const blind = await house.person(claire.organisationId, [{ profile: 'conseiller', territoryId: gironde }])
  assert.deepEqual((await ask('target-actions?from=2027-01-01&to=2027-03-01', blind)).body.items, [])
})
