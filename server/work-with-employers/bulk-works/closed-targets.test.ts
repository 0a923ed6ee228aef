import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parisDay } from '../../platform/time.ts'
import { once } from '../../testing/house.ts'
import { siretOf } from '../campaigns/testing-world.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import {
  type BulkHouse,
  confirm,
  count,
  counts,
  here,
  meanwhile,
  openBulkHouse,
  openCampaign,
  read,
  standing,
  textOf,
  trailOf,
  undo,
} from './testing.ts'

let bulk: BulkHouse
before(async () => {
  bulk = await openBulkHouse(700)
})
after(() => bulk.close())

let from = 0
/** Establishments that no other test has. */
const some = (many: number) => {
  from += many
  return Array.from({ length: many }, (_, i) => from - many + i + 1)
}
const closing = (result = 'deja-suivi') => ({ act: { kind: 'close', result } })
const one = async (campaignId: string, n: number) =>
  (
    await bulk.house.owner.query(
      'select status, closed_result as "closedResult" from campaign_targets where campaign_id = $1 and siret = $2',
      [campaignId, siretOf(n)],
    )
  ).rows[0]
const heard = (campaignId: string, n: number, result: string) =>
  bulk.house.call(
    bulk.advisor,
    'POST',
    '/exchanges',
    {
      siret: textOf(n),
      campaignId,
      occurredOn: parisDay(new Date()),
      channel: 'telephone',
      result,
      notes: 'Essai',
    },
    once(),
  )

test('CAM-9: targets are closed with a result: counted first, told, each with its trail, undone as they were', async () => {
  const { house, ines, advisor } = bulk
  const [taken, free, aside, spared] = some(4) as [number, number, number, number]
  const id = await openCampaign(bulk, [taken, free, aside, spared])
  await house.call(advisor, 'POST', `/campaigns/${id}/targets/${textOf(taken)}/take`)
  await house.call(ines, 'POST', `/campaigns/${id}/targets/${textOf(aside)}/set-aside`, { reason: 'Liquidation' })
  const before = await standing(house, id, taken)
  const counted = await count(house, ines, id, { ...closing(), which: { filter: {}, except: [textOf(spared)] } })
  assert.deepEqual(
    [counted.status, counted.body.chosen, counted.body.planned, counted.body.left],
    [200, 3, 2, [{ because: 'set-aside', count: 1 }]],
  )
  const done = await confirm(house, ines, counted.body.id)
  assert.deepEqual([done.body.state, done.body.result, done.body.counts], ['done', 'deja-suivi', counts(0, 2, 1, 0, 0)])
  assert.deepEqual(await standing(house, id, taken), { ...before, status: 'traite' }, 'its holder and its hold stay')
  assert.deepEqual([(await one(id, free)).status, (await one(id, free)).closedResult], ['traite', 'deja-suivi'])
  assert.equal((await standing(house, id, spared)).status, 'a-contacter')
  const { rows } = await house.owner.query(
    `select e.subject_id, e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'target.closed' and e.subject_id like $1 || '/%' order by e.subject_id`,
    [id],
  )
  assert.deepEqual(rows[0], {
    subject_id: `${id}/${textOf(taken)}`,
    actor_id: ines.id,
    detail: {
      work: counted.body.id,
      before: { status: 'prise-en-charge', takenBy: advisor.id },
      after: { status: 'traite', takenBy: advisor.id },
      result: 'deja-suivi',
    },
  })
  assert.equal(rows.length, 2)
  const again = await count(house, ines, id, closing())
  assert.deepEqual(again.body.left, [
    { because: 'already', count: 2 },
    { because: 'set-aside', count: 1 },
  ])

  const back = await undo(house, ines, counted.body.id)
  assert.deepEqual([back.body.state, back.body.counts], ['undone', counts(0, 0, 1, 2, 0)])
  assert.deepEqual(await standing(house, id, taken), before)
  assert.deepEqual([(await one(id, free)).status, (await one(id, free)).closedResult], ['a-contacter', null])
  const trail = (await trailOf(house, id)).filter(({ action }) => action === 'target.reopened')
  assert.deepEqual(
    trail.map(({ times, actor_id }) => [times, actor_id]),
    Array(2).fill([1, ines.id]),
  )
})

test('CAM-9, CAM-5: a target closed by the pilot is opened by what is heard there later, and by no correction', async () => {
  const { house, ines, advisor } = bulk
  const [met, wanted] = some(2) as [number, number]
  const id = await openCampaign(bulk, [met, wanted])
  const first = await heard(id, met, 'absent')
  assert.equal(first.status, 200, JSON.stringify(first.body))
  await confirm(house, ines, (await count(house, ines, id, closing('pas-de-besoin'))).body.id)
  assert.equal((await heard(id, met, 'absent')).status, 200)
  assert.equal((await one(id, met)).closedResult, 'pas-de-besoin', 'a call that rings out opens nothing')
  const gone = await house.call(
    advisor,
    'POST',
    `/exchanges/${first.body.id}/cancel`,
    { reason: 'Doublon' },
    { ...once(), 'if-match': '"1"' },
  )
  assert.equal(gone.status, 200, JSON.stringify(gone.body))
  assert.equal((await one(id, met)).status, 'traite', 'nor does a cancellation')
  await heard(id, wanted, 'besoin-detecte')
  assert.deepEqual([(await one(id, wanted)).status, (await one(id, wanted)).closedResult], ['besoin', null])
})

test('CAM-9: set aside in number once closed, then undone, a target is closed again for the same', async () => {
  const { house, ines } = bulk
  const [n] = some(1) as [number]
  const id = await openCampaign(bulk, [n])
  await confirm(house, ines, (await count(house, ines, id, closing('ferme'))).body.id)
  const { body } = await count(house, ines, id)
  await confirm(house, ines, body.id)
  assert.deepEqual([(await one(id, n)).status, (await one(id, n)).closedResult], ['ecarte', null])
  await undo(house, ines, body.id)
  assert.deepEqual([(await one(id, n)).status, (await one(id, n)).closedResult], ['traite', 'ferme'])
})

test('CAM-9: a campaign whose last day is over still closes its targets; one that is closed does not', async () => {
  const { house, ines } = bulk
  const id = await openCampaign(bulk, some(1), { endsOn: '2026-02-01' })
  const { body } = await count(house, ines, id, closing())
  const done = await confirm(house, ines, body.id)
  assert.deepEqual([done.status, done.body.counts.done], [200, 1])
  assert.equal((await undo(house, ines, body.id)).body.state, 'undone')
  await house.owner.query(`update campaigns set status = 'closed', closed_at = now() where id = $1`, [id])
  assert.equal((await count(house, ines, id, closing())).body.code, 'campaign/not-open')
})

test('CAM-9: a target contacted between the count and the act, or while it is done, is left', async () => {
  const { house, ines, advisor } = bulk
  const [called, taking, free] = some(3) as [number, number, number]
  const id = await openCampaign(bulk, [called, taking, free])
  const { body } = await count(house, ines, id, closing())
  await insertExchange(
    house.owner,
    anExchange({
      ...here,
      siret: siretOf(called),
      campaignId: id,
      organisationId: advisor.organisationId,
      authorId: advisor.id,
    }),
  )
  await heard(id, called, 'absent')
  const take = `update campaign_targets set taken_by = $3, taken_by_organisation = $4, taken_at = now(), status = 'prise-en-charge'
    where campaign_id = $1 and siret = $2`
  const { body: done } = await meanwhile(house, take, [id, siretOf(taking), advisor.id, advisor.organisationId], () =>
    confirm(house, ines, body.id),
  )
  assert.deepEqual(done.counts, counts(0, 1, 2, 0, 0))
  assert.deepEqual((await read(house, ines, body.id)).left, [{ because: 'changed', count: 2 }])
})

test('CAM-9: hundreds are closed by the worker in parts, each once, and opened again the same way', async () => {
  const { house, ines } = bulk
  const id = await openCampaign(bulk, some(600))
  const { body } = await count(house, ines, id, closing())
  assert.equal((await confirm(house, ines, body.id)).body.state, 'doing')
  await bulk.work(body.id)
  assert.deepEqual((await read(house, ines, body.id)).counts, counts(0, 600, 0, 0, 0))
  assert.deepEqual(
    new Set((await trailOf(house, id)).map(({ action, times }) => `${action} ${times}`)),
    new Set(['target.closed 1']),
  )
  await undo(house, ines, body.id)
  await bulk.work(body.id)
  assert.deepEqual((await read(house, ines, body.id)).counts, counts(0, 0, 0, 600, 0))
})

for (const result of ['rendez-vous-pris', 'absent', undefined])
  test(`CAM-9: closing with the result ${result} is malformed`, async () => {
    const { house, ines } = bulk
    const { status } = await count(house, ines, await openCampaign(bulk, []), { act: { kind: 'close', result } })
    assert.equal(status, 400)
  })
test('SEC-6, CAM-9: only who pilots closes in number', async () => {
  const { house, member, advisor, stranger } = bulk
  const id = await openCampaign(bulk, some(1))
  assert.equal((await count(house, member, id, closing())).body.code, 'campaign/pilot-only')
  assert.equal((await count(house, advisor, id, closing())).status, 403)
  assert.equal((await count(house, stranger, id, closing())).status, 404)
})
