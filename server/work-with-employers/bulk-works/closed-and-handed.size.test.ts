import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { wholeDepth } from '../../testing/depth.ts'
import { once } from '../../testing/house.ts'
import { places } from '../campaigns/testing-world.ts'
import { type BulkHouse, confirm, count, openBulkHouse, openCampaign, read, undo } from './testing.ts'

/** As in bulk-works.size.test.ts. */
const most = wholeDepth ? 50_000 : 10_000
const { aquitaine, coeur, gironde, graves } = places
const here = [aquitaine, gironde, graves, coeur]
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
/** Counted already: done, and undone. */
const doneAndUndone = async (id: string, what: string) => {
  const { house, ines } = bulk
  await confirm(house, ines, id)
  await timed(`${what} ${most}, 500 a part`, () => bulk.work(id))
  assert.deepEqual((await read(house, ines, id)).counts, { toDo: 0, done: most, left: 0, undone: 0, kept: 0 })
  await undo(house, ines, id)
  await timed('undoing, 500 a part', () => bulk.work(id))
  assert.deepEqual((await read(house, ines, id)).counts, { toDo: 0, done: 0, left: 0, undone: most, kept: 0 })
}

for (const analyzed of [false, true])
  test(`CAM-9: tens of thousands of targets are closed in parts and opened again, ${analyzed ? 'with' : 'without'} statistics`, async () => {
    const { house, ines } = bulk
    const id = await openCampaign(bulk, [])
    await house.owner.query(
      `insert into campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id)
        select $1, 90000000000000 + i, $2, $3, $4, $5 from generate_series(1, $6::int) i`,
      [id, ...here, most],
    )
    if (analyzed) await house.owner.query('analyze campaign_targets; analyze bulk_works; analyze bulk_work_lines')
    const { body } = await timed(`counting ${most}`, () =>
      count(house, ines, id, { act: { kind: 'close', result: 'deja-suivi' } }),
    )
    if (analyzed) await house.owner.query('analyze bulk_work_lines')
    await doneAndUndone(body.id, 'closing')
  })

for (const analyzed of [false, true])
  test(`CAM-9: tens of thousands of targets are given back in parts and taken again, ${analyzed ? 'with' : 'without'} statistics`, async () => {
    const { house, ines, advisor } = bulk
    const id = await openCampaign(bulk, [])
    await house.owner.query(
      `insert into campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id, status, taken_by,
          taken_by_organisation, taken_at)
        select $1, 90000000000000 + i, $2, $3, $4, $5, 'prise-en-charge', $6, $7, now() from generate_series(1, $8::int) i`,
      [id, ...here, advisor.id, advisor.organisationId, most],
    )
    if (analyzed) await house.owner.query('analyze campaign_targets; analyze bulk_works; analyze bulk_work_lines')
    const { body } = await timed(`counting ${most} to give back`, () =>
      count(house, ines, id, { act: { kind: 'release', reason: 'Secteurs revus' } }),
    )
    assert.equal(body.planned, most)
    if (analyzed) await house.owner.query('analyze bulk_work_lines')
    await doneAndUndone(body.id, 'giving back')
  })

test('CAM-9: tens of thousands of next actions are handed over in parts and taken back, with statistics', async () => {
  const { house, ines, colleague } = bulk
  await house.owner.query(
    `with x as (insert into exchanges (id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id, author_id,
          occurred_on, reached, visibility, recorded_at)
        select gen_random_uuid(), 90000000000000 + i, $1, $2, $3, $4, $5, $6, '2026-10-01', true, 'reseau', now()
          from generate_series(1, $7::int) i returning *)
      insert into next_actions (id, exchange_id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id,
        visibility, kind, due_on, owner_id)
        select gen_random_uuid(), id, siret, $1, $2, $3, $4, $5, visibility, 'rappel', '2026-12-02', $6 from x`,
    [...here, ines.organisationId, ines.id, most],
  )
  await house.owner.query('analyze exchanges; analyze next_actions; analyze bulk_work_lines')
  const { body } = await timed(`counting ${most} actions`, () =>
    house.call(ines, 'POST', '/next-actions/hand-overs', { which: { filter: {} }, toAccountId: colleague.id }, once()),
  )
  assert.equal(body.planned, most)
  await house.owner.query('analyze bulk_work_lines')
  await doneAndUndone(body.id, 'handing over')
})
