import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { within } from '../../platform/job.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { doWork } from '../bulk-works/do-bulk-works.job.ts'
import { bulkWorks } from '../bulk-works/index.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { layTerritories, places } from '../campaigns/testing-world.ts'
import { sharing } from './index.ts'

const most = 50_000
const { aquitaine, coeur, gironde, graves } = places
const siret = (n: number) => 90000000000000 + n

let house: House
let ines: Person
let karim: Person
const advisors: Person[] = []
let worker: pg.Client
before(async () => {
  house = await openHouse([...campaigns, ...sharing, ...bulkWorks])
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  await layTerritories(house.owner)
  const cc = await house.organisation()
  ines = await house.person(cc.id, [{ profile: 'pilote', territoryId: aquitaine }])
  for (let i = 0; i < 40; i++)
    advisors.push(await house.person(cc.id, [{ profile: 'conseiller', territoryId: gironde }]))
  karim = await house.person((await house.organisation()).id, [{ profile: 'conseiller', territoryId: gironde }])
})
after(async () => {
  await worker.end()
  await house.close()
})

test('CAM-4: 50,000 targets are shared out and given back while others work', async () => {
  const place = { regionId: aquitaine, departementId: gironde, epciId: null, clpeId: null }
  const campaign = await insertCampaign(
    house.owner,
    aCampaign({
      pilotId: ines.organisationId,
      memberIds: [karim.organisationId],
      territoryId: gironde,
      place,
      status: 'open',
    }),
    ines.id,
  )
  await house.owner.query(
    `insert into campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id)
      select $1, 90000000000000 + i, $2, $3, $4, $5 from generate_series(1, $6::int) i`,
    [campaign.id, aquitaine, gironde, graves, coeur, most],
  )
  const timed = async (what: string, path: string, body?: object) => {
    const start = performance.now()
    const answer = await house.call(ines, 'POST', `/campaigns/${campaign.id}/sharings${path}`, body)
    console.log(`${what}: ${Math.round(performance.now() - start)} ms`)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body
  }
  const to = advisors.map(({ id, organisationId }) => ({ organisationId, accountId: id }))
  const plan = await timed('simulating 50,000 by load among 40', '', {
    which: { filter: {} },
    how: { kind: 'charge', to },
  })
  assert.deepEqual([plan.planned, plan.lines.every((l: { after: number }) => l.after === most / 40)], [most, true])
  const worked = async (what: string) => {
    const start = performance.now()
    await doWork(plan.id, { within: within(worker), signal: undefined })
    console.log(`${what}: ${Math.round(performance.now() - start)} ms`)
    return (await house.call(ines, 'GET', `/bulk-works/${plan.id}`)).body.counts
  }
  // Others take and give back, one after the other, as long as it lasts.
  let [going, longest, acts] = [true, 0, 0]
  const other = (async () => {
    for (let n = 1; going; n++) {
      const start = performance.now()
      await house.call(karim, 'POST', `/campaigns/${campaign.id}/targets/${siretText(siret(n * 97))}/take`)
      longest = Math.max(longest, performance.now() - start)
      acts++
    }
  })()
  await timed('asking for it', `/${plan.id}/confirm`, {})
  const done = await worked('sharing 50,000 out, 500 a part')
  going = false
  await other
  console.log(`${acts} takings meanwhile, the longest ${Math.round(longest)} ms`)
  assert.equal(done.done + done.left, most)
  await timed('asking to undo', `/${plan.id}/undo`)
  const undone = await worked('undoing, 500 a part')
  assert.equal(undone.undone + undone.kept, done.done)
  const { body: history } = await house.call(ines, 'GET', `/campaigns/${campaign.id}/sharings`)
  assert.deepEqual([history.items[0].moved, history.items[0].restored], [done.done, undone.undone])
})
