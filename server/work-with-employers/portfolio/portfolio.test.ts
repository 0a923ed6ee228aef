import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as contract from '../../../contract/work-with-employers/portfolio.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, once, type Person } from '../../testing/house.ts'
import { places, siretOf } from '../campaigns/testing-world.ts'
import { openDesk } from './testing.ts'

const today = '2027-01-15'
const { aquitaine, gironde } = places
let house: House
let claire: Person
let omar: Person
let ids: [string, string]
before(async () => {
  const desk = await openDesk(today, 12)
  ;({ house, claire, omar } = desk)
  await house.owner.query('update establishments set latitude = 44.7, longitude = -0.6 where siret = $1', [siretOf(1)])
  ids = [await desk.open('Bâtiment', [1, 2, 3, 4, 5, 6, 7]), await desk.open('Industrie', [8, 9])]
  const take = async (who: Person, campaign: string, n: number) =>
    assert.equal(
      (await house.call(who, 'POST', `/campaigns/${campaign}/targets/${siretText(siretOf(n))}/take`)).status,
      200,
    )
  for (const n of [1, 2, 3, 4, 5, 6]) await take(claire, ids[0], n)
  for (const n of [8, 9]) await take(claire, ids[1], n)
  await take(omar, ids[0], 7)
  const record = async (
    campaign: string,
    n: number,
    occurredOn: string,
    nextAction: object | null,
    result = 'absent',
  ) =>
    assert.equal(
      (
        await house.call(
          claire,
          'POST',
          '/exchanges',
          { siret: siretText(siretOf(n)), campaignId: campaign, occurredOn, channel: 'telephone', result, nextAction },
          once(),
        )
      ).status,
      200,
    )
  await record(ids[0], 1, today, { kind: 'rappel', dueOn: today, dueAt: '14:30' })
  await record(ids[1], 8, today, { kind: 'visite', dueOn: '2027-01-18' })
  await record(ids[0], 2, today, { kind: 'rappel', dueOn: '2027-03-01' })
  await record(ids[0], 3, today, null)
  await record(ids[0], 4, today, null, 'refus')
  await record(ids[0], 5, today, { kind: 'rappel', dueOn: today })
  await house.owner.query(`update next_actions set due_on = '2027-01-12' where siret = $1`, [siretOf(5)])
})
after(() => house.close())

const numbers = Array.from({ length: 12 }, (_, i) => siretText(siretOf(i + 1)))
const mine = async (who: Person, query = '') => (await house.call(who, 'GET', `/portfolio?${query}`)).body
const order = (body: { items: { establishment: { siret: string } }[] }) =>
  body.items.map(item => numbers.indexOf(item.establishment.siret) + 1)

test('CAM-4: my portfolio: what is late, then due, then new, then the rest, across campaigns; what is treated has left', async () => {
  const body = await mine(claire, 'total=true')
  assert.deepEqual(order(body), [5, 1, 8, 2, 6, 9, 3])
  assert.deepEqual([body.total, body.counts], [7, { all: 7, planned: 4, late: 1, today: 1, week: 2, new: 2 }])
  assert.deepEqual(
    body.campaigns.map((c: any) => [c.name, c.count]),
    [
      ['Bâtiment', 5],
      ['Industrie', 2],
    ],
  )
  assert.deepEqual(
    [body.items[0].nextAction.late, body.items[1].nextAction.dueAt, body.items[4].new, body.items[1].allowed],
    [true, '14:30', true, ['record', 'release']],
  )
  assert.deepEqual(body.items[1].position, { lat: 44.7, lon: -0.6 })
  assert.deepEqual(order(await mine(omar)), [7], 'only one’s own')
})
test('CAM-4: by part and by campaign; page after page, none twice', async () => {
  assert.deepEqual(
    [
      order(await mine(claire, 'part=late')),
      order(await mine(claire, 'part=today')),
      order(await mine(claire, 'part=week')),
      order(await mine(claire, 'part=new')),
    ],
    [[5], [1], [1, 8], [6, 9]],
  )
  assert.deepEqual(
    [order(await mine(claire, `campaign=${ids[1]}`)), (await mine(claire, `campaign=${ids[1]}`)).counts.all],
    [[8, 9], 2],
  )
  const seen: number[] = []
  for (let after = ''; ; ) {
    const page = await mine(claire, `limit=2${after}`)
    seen.push(...order(page))
    if (!page.next) break
    after = `&after=${page.next}`
  }
  assert.deepEqual(seen, [5, 1, 8, 2, 6, 9, 3])
  assert.deepEqual(
    [
      (await house.call(claire, 'GET', '/portfolio?after=abc')).status,
      (await house.call(claire, 'GET', '/portfolio?part=jamais')).status,
    ],
    [400, 400],
  )
})
test('CAM-4: where they are and how to call', async () => {
  const correspondent = uuidv7()
  await house.owner.query(
    'insert into correspondents (id, siret, region_id, departement_id, created_at) values ($1, $2, $3, $4, now())',
    [correspondent, siretOf(1), aquitaine, gironde],
  )
  await house.owner.query(
    `insert into correspondent_values (id, correspondent_id, region_id, departement_id, field, value, source,
      organisation_id, author_id, recorded_at)
      values ($1, $2, $3, $4, 'phone', '+33556000001', 'conseiller', $5, $6, now())`,
    [uuidv7(), correspondent, aquitaine, gironde, claire.organisationId, claire.id],
  )
  const { body } = await house.call(claire, 'GET', '/portfolio/points')
  assert.deepEqual(
    [body.items.map((p: any) => [p.siret, p.phone, p.lat, p.lon, p.dueOn, p.closed]), body.unplaced],
    [[[numbers[0], '+33556000001', 44.7, -0.6, today, false]], 6],
  )
  assert.equal((await mine(claire)).items[1].phone, '+33556000001')
})
test('CAM-4: the position of the person who asks is no part of a request: none is declared, and one that is sent is refused or changes nothing', async () => {
  for (const route of [contract.listPortfolio, contract.listPortfolioPoints]) {
    const names = Object.keys(route.query.properties)
    assert.ok(names.includes('part'), 'they are looked at')
    assert.deepEqual(
      names.filter(name => /^(lat|lon|lng|long|x|y|near|at|around|position|geo|south|west|north|east)/i.test(name)),
      [],
      route.path,
    )
    assert.ok(route.method === 'GET' && !('body' in route) && !('params' in route))
  }
  const points = (query: string) => house.call(claire, 'GET', `/portfolio/points?${query}`)
  const { body } = await points('')
  for (const query of ['lat=44.7&lon=-0.6', 'latitude=44.7&longitude=-0.6', 'near=44.7,-0.6']) {
    const answer = await points(query)
    assert.ok(
      answer.status === 400 || (answer.status === 200 && JSON.stringify(answer.body) === JSON.stringify(body)),
      `${query}: ${answer.status}`,
    )
  }
})
test('CAM-4: a portfolio asks to advise; a campaign that closes leaves it with its targets, not what was promised', async () => {
  const reader = await house.person(claire.organisationId, [{ profile: 'consultation', territoryId: gironde }])
  assert.deepEqual(
    [
      (await house.call(reader, 'GET', '/portfolio')).body.code,
      (await house.call(null, 'GET', '/portfolio')).status,
      (await house.call(reader, 'GET', '/portfolio/points')).status,
    ],
    ['access/no-grant', 401, 403],
  )
  await house.owner.query(`update campaigns set status = 'closed', closed_at = now() where id = $1`, [ids[1]])
  const body = await mine(claire)
  assert.deepEqual(order(body), [5, 1, 8, 2, 6, 3])
  assert.deepEqual(
    [body.items[2].status, body.items[2].campaign.name, body.items[2].nextAction.kind, body.items[2].allowed],
    [null, 'Industrie', 'visite', ['record']],
  )
})
