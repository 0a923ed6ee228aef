import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { wholeDepth } from '../../testing/depth.ts'
import { once } from '../../testing/house.ts'
import { places } from '../campaigns/testing-world.ts'
import { asideAct, type BulkHouse, confirm, count, openBulkHouse, openCampaign, read, undo } from './testing.ts'

/** As many as one work holds, in the deep run; enough parts to see how others wait, at each run. */
const most = wholeDepth ? 50_000 : 10_000
const { aquitaine, coeur, gironde, graves } = places
let bulk: BulkHouse
before(async () => {
  bulk = await openBulkHouse(1)
})
after(() => bulk.close())

const timed = async <T>(what: string, work: () => Promise<T>) => {
  const start = performance.now()
  const answer = await work()
  console.log(`${what}: ${Math.round(performance.now() - start)} ms`)
  return answer
}

test('CAM-9: tens of thousands of targets are set aside in parts and back, while others work', async () => {
  const { house, ines, advisor } = bulk
  const id = await openCampaign(bulk, [])
  await house.owner.query(
    `with target as (
        insert into campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id)
          select $1, 90000000000000 + i, $2, $3, $4, $5 from generate_series(1, $6::int) i returning siret)
      insert into campaign_holds select $1, siret, '[2026-01-01,2100-01-01)' from target`,
    [id, aquitaine, gironde, graves, coeur, most],
  )
  const { body } = await timed(`counting ${most}`, () => count(house, ines, id, { act: asideAct }))
  assert.equal(body.planned, most)
  await confirm(house, ines, body.id)
  // Others take, one after the other, as long as it lasts.
  let [going, longest, acts] = [true, 0, 0]
  const others = (async () => {
    for (let n = 1; going; n++) {
      const start = performance.now()
      await house.call(advisor, 'POST', `/campaigns/${id}/targets/${90000000000000 + n * 97}/take`, undefined, once())
      longest = Math.max(longest, performance.now() - start)
      acts++
    }
  })()
  await timed('setting them aside, 500 a part', () => bulk.work(body.id))
  going = false
  await others
  console.log(`${acts} takings meanwhile, the longest ${Math.round(longest)} ms`)
  const done = await read(house, ines, body.id)
  assert.equal(done.counts.done + done.counts.left, most)
  await undo(house, ines, body.id)
  await timed('undoing, 500 a part', () => bulk.work(body.id))
  assert.equal((await read(house, ines, body.id)).counts.undone, done.counts.done)
})
