import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { targetGroupings } from '../../../contract/work-with-employers/campaigns.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { targets } from './index.ts'

const line = { regionId: places.aquitaine, departementId: places.gironde, epciId: null, clpeId: null }
let house: House
let [claire, omar, stranger] = [] as unknown as [Person, Person, Person]
let campaignId: string
before(async () => {
  house = await openHouse(targets)
  await layTerritories(house.owner)
  const [cc, mission] = [await house.organisation(), await house.organisation()]
  const at = { territoryId: places.gironde }
  claire = await house.person(cc.id, [{ profile: 'conseiller', ...at }])
  omar = await house.person(mission.id, [{ profile: 'conseiller', ...at }])
  stranger = await house.person((await house.organisation()).id, [{ profile: 'conseiller', ...at }])
  await insertEstablishments(
    house.owner,
    Array.from({ length: 8 }, (_, n) => ({ siret: siretOf(n + 1), commune: n < 5 ? '33001' : '33002' })),
  )
  const seed = aCampaign({
    pilotId: cc.id,
    memberIds: [mission.id],
    territoryId: places.gironde,
    place: line,
    status: 'open',
  })
  // The ninth is unknown to the register.
  const sirets = Array.from({ length: 9 }, (_, n) => siretOf(n + 1))
  campaignId = (await insertCampaign(house.owner, seed, claire.id, sirets)).id
  const set = (ns: readonly number[], columns: string, ...values: unknown[]) =>
    house.owner.query(`update campaign_targets set ${columns} where campaign_id = $1 and siret = any ($2)`, [
      campaignId,
      ns.map(siretOf),
      ...values,
    ])
  const taken = `status = 'en-cours', taken_at = now(), taken_by = $3, taken_by_organisation = $4`
  await set([1, 2, 3], taken, claire.id, cc.id)
  await set([4], taken, omar.id, mission.id)
  await set([5, 6], 'assigned_organisation = $3', mission.id)
  await set([7], `status = 'besoin'`)
})
after(() => house.close())

const groups = async (group: string, query = '') =>
  (await house.call(claire, 'GET', `/campaigns/${campaignId}/target-groups?group=${group}${query}`)).body
const list = async (query: string) =>
  (await house.call(claire, 'GET', `/campaigns/${campaignId}/targets?limit=100&total=true&${query}`)).body

test('CAM-10: targets are counted by state in their order, by commune, structure and person, the largest first, nobody’s last', async () => {
  assert.deepEqual(
    (await groups('status')).items.map((one: any) => [one.of, one.count]),
    [
      ['a-contacter', 4],
      ['en-cours', 4],
      ['besoin', 1],
    ],
  )
  const communes = (await groups('commune')).items
  assert.deepEqual(
    communes.map((one: any) => [one.of, one.count]),
    [
      ['33001', 5],
      ['33002', 3],
      [null, 1],
    ],
  )
  assert.ok(communes[0].name && communes[1].name && communes[2].name === null)
  assert.deepEqual((await groups('organisation')).items.map((one: any) => [one.of, one.count]).slice(-1), [[null, 3]])
  assert.deepEqual(
    (await groups('holder')).items.map((one: any) => [one.of, one.name, one.count]),
    [
      [claire.id, claire.name, 3],
      [omar.id, omar.name, 1],
      [null, null, 5],
    ],
  )
  assert.equal((await groups('status')).more, false)
})
for (const group of targetGroupings)
  for (const sort of ['', '&sort=name'])
    test(`CAM-10: the groups by ${group}${sort} have each target once, as many as they count, under the filters in force`, async () => {
      for (const filter of ['', '&status=en-cours', '&commune=33001']) {
        const seen: string[] = []
        for (const { of, count } of (await groups(group, filter)).items) {
          const { items, total } = await list(`group=${group}${of === null ? '' : `&of=${of}`}${sort}${filter}`)
          assert.deepEqual([items.length, total], [count, count], `${group} ${of} ${filter}`)
          seen.push(...items.map((target: any) => target.establishment.siret))
        }
        const all = (await list(filter.slice(1))).items.map((target: any) => target.establishment.siret)
        assert.deepEqual(seen.toSorted(), all.toSorted())
      }
    })
test('CAM-10: who does not see the campaign sees no group of it; a grouping that does not exist is refused', async () => {
  const ask = (who: Person, group: string) =>
    house.call(who, 'GET', `/campaigns/${campaignId}/target-groups?group=${group}`)
  assert.deepEqual(
    [(await ask(stranger, 'status')).status, (await ask(claire, 'siren')).status, (await ask(omar, 'status')).status],
    [404, 400, 200],
  )
})
