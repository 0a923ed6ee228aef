import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { within } from '../../platform/job.ts'
import type { Person } from '../../testing/house.ts'
import { places, siretOf } from '../campaigns/testing-world.ts'
import { sharing } from '../sharing/index.ts'
import { doPart } from './bulk-works.queries.ts'
import {
  type BulkHouse,
  confirm,
  count,
  counts,
  openBulkHouse,
  openCampaign,
  read,
  standing,
  textOf,
  trailOf,
  undo,
} from './testing.ts'

let bulk: BulkHouse
let lead: Person
let partner: Person
before(async () => {
  bulk = await openBulkHouse(600, sharing)
  const { house, ines, member } = bulk
  const card = { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde } as const
  lead = await house.person(ines.organisationId, [{ profile: 'responsable', territoryId: places.gironde }, card])
  partner = await house.person(member.organisationId, [{ profile: 'conseiller', territoryId: places.gironde }, card])
})
after(() => bulk.close())

let from = 0
/** Establishments that no other test has. */
const some = (many: number) => {
  from += many
  return Array.from({ length: many }, (_, i) => from - many + i + 1)
}
const giving = (reason?: string) => ({ act: { kind: 'release', ...(reason ? { reason } : {}) } })
const take = async (who: Person, campaignId: string, n: number) => {
  const { status } = await bulk.house.call(who, 'POST', `/campaigns/${campaignId}/targets/${textOf(n)}/take`)
  assert.equal(status, 200)
}
const history = async (campaignId: string, n: number) =>
  (await bulk.house.call(bulk.ines, 'GET', `/campaigns/${campaignId}/targets/${textOf(n)}/assignments`)).body.items.map(
    ({ by, from, to, reason, undone }: any) => [
      by.id,
      from?.person?.id ?? null,
      to?.person?.id ?? null,
      reason,
      undone,
    ],
  )
/** What was told since it was last asked: to whom, of how many. */
const told = async () =>
  (
    await bulk.house.owner.query(
      `delete from notifications returning account_id, kind, substring(text from '\\d+ cibles?') as n`,
    )
  ).rows.map(({ account_id, kind, n }) => [account_id, kind, n])

test('CAM-9, CAM-4: one gives back in number what one took: counted first, each with its history and its trail, undone', async () => {
  const { house, advisor, colleague } = bulk
  const [mine, called, theirs, free] = some(4) as [number, number, number, number]
  const id = await openCampaign(bulk, [mine, called, theirs, free])
  await take(advisor, id, mine)
  await take(advisor, id, called)
  await take(colleague, id, theirs)
  await house.owner.query(`update campaign_targets set status = 'en-cours' where campaign_id = $1 and siret = $2`, [
    id,
    siretOf(called),
  ])
  const before = [await standing(house, id, mine), await standing(house, id, called)]
  const counted = await count(house, advisor, id, giving())
  assert.deepEqual(
    [counted.status, counted.body.chosen, counted.body.planned, counted.body.left],
    [
      200,
      4,
      2,
      [
        { because: 'already', count: 1 },
        { because: 'refused', count: 1 },
      ],
    ],
  )
  assert.deepEqual(await standing(house, id, mine), before[0], 'nothing is done yet')
  await told()
  const done = await confirm(house, advisor, counted.body.id)
  assert.deepEqual([done.body.state, done.body.counts, done.body.allowed], ['done', counts(0, 2, 2, 0, 0), ['undo']])
  assert.deepEqual(
    [await standing(house, id, mine), await standing(house, id, called)].map(({ status, taken_by, holds }) => [
      status,
      taken_by,
      holds,
    ]),
    [
      ['a-contacter', null, 1],
      ['en-cours', null, 1],
    ],
    'what was done there stays',
  )
  assert.equal((await standing(house, id, theirs)).taken_by, colleague.id)
  assert.deepEqual((await history(id, mine))[0], [advisor.id, advisor.id, null, null, false])
  assert.deepEqual(await told(), [], 'one’s own are told to nobody')
  const released = (await trailOf(house, id)).filter(({ action }) => action === 'target.released')
  assert.deepEqual(
    released.map(({ subject_id, actor_id, times }) => [subject_id, actor_id, times]).sort(),
    [mine, called].map(n => [`${id}/${textOf(n)}`, advisor.id, 1]).sort(),
  )

  const back = await undo(house, advisor, counted.body.id)
  assert.deepEqual([back.body.state, back.body.counts], ['undone', counts(0, 0, 2, 2, 0)])
  assert.deepEqual([await standing(house, id, mine), await standing(house, id, called)], before)
  assert.deepEqual((await history(id, mine))[0], [advisor.id, null, advisor.id, null, false])
  assert.equal((await trailOf(house, id)).filter(({ action }) => action === 'target.release-undone').length, 2)
})

test('CAM-9, CAM-11: a pilot gives back what others took, with a reason: told to each once, kept in the history', async () => {
  const { house, ines, advisor } = bulk
  const [own, first, second, other] = some(4) as [number, number, number, number]
  const id = await openCampaign(bulk, [own, first, second, other])
  await take(ines, id, own)
  await take(advisor, id, first)
  await take(advisor, id, second)
  await take(partner, id, other)
  const without = await count(house, ines, id, giving())
  assert.deepEqual([without.body.planned, without.body.left], [1, [{ because: 'reason-needed', count: 3 }]])
  const { body } = await count(house, ines, id, giving('Secteurs revus'))
  assert.deepEqual([body.planned, body.left], [4, []])
  await told()
  const done = await confirm(house, ines, body.id)
  assert.deepEqual([done.body.counts, done.body.reason], [counts(0, 4, 0, 0, 0), 'Secteurs revus'])
  assert.deepEqual(
    (await told()).sort(),
    [
      [advisor.id, 'targets-taken-back', '2 cibles'],
      [partner.id, 'targets-taken-back', '1 cible'],
    ].sort(),
  )
  assert.deepEqual((await history(id, other))[0], [ines.id, partner.id, null, 'Secteurs revus', false])
  assert.deepEqual((await history(id, own))[0], [ines.id, ines.id, null, null, false], 'one’s own need none')
})

test('CAM-9: who leads gives back, with a reason, what colleagues took, and nothing of another structure; undoes it too', async () => {
  const { house, advisor } = bulk
  const [colleagues, others] = some(2) as [number, number]
  const id = await openCampaign(bulk, [colleagues, others])
  await take(advisor, id, colleagues)
  await take(partner, id, others)
  const { body } = await count(house, lead, id, giving('Absence'))
  assert.deepEqual([body.planned, body.left], [1, [{ because: 'refused', count: 1 }]])
  assert.deepEqual((await confirm(house, lead, body.id)).body.counts, counts(0, 1, 1, 0, 0))
  assert.equal((await standing(house, id, colleagues)).taken_by, null)
  assert.deepEqual((await undo(house, lead, body.id)).body.counts, counts(0, 0, 1, 1, 0))
  assert.equal((await standing(house, id, colleagues)).taken_by, advisor.id)
})

test('CAM-9: what changed since the count stays; what another took since, or whose holder works no more, is not given again', async () => {
  const { house, ines, advisor, colleague } = bulk
  const [moved, passed, gone, back] = some(4) as [number, number, number, number]
  const id = await openCampaign(bulk, [moved, passed, gone, back])
  for (const n of [moved, passed, back]) await take(advisor, id, n)
  await take(partner, id, gone)
  const { body } = await count(house, ines, id, giving('Secteurs revus'))
  await house.call(advisor, 'POST', `/campaigns/${id}/targets/${textOf(moved)}/release`)
  await take(colleague, id, moved)
  assert.deepEqual((await confirm(house, ines, body.id)).body.counts, counts(0, 3, 1, 0, 0))
  assert.equal((await standing(house, id, moved)).taken_by, colleague.id)
  await take(colleague, id, passed)
  await house.owner.query(`update accounts set status = 'suspended', status_reason = 'Essai' where id = $1`, [
    partner.id,
  ])
  const undone = await undo(house, ines, body.id)
  await house.owner.query(`update accounts set status = 'active', status_reason = null where id = $1`, [partner.id])
  assert.deepEqual(undone.body.counts, counts(0, 0, 1, 1, 2))
  assert.deepEqual((await read(house, ines, body.id)).left, [
    { because: 'changed', count: 2 },
    { because: 'elsewhere', count: 1 },
  ])
  const holders = await Promise.all([passed, gone, back].map(n => standing(house, id, n)))
  assert.deepEqual(
    holders.map(one => one.taken_by),
    [colleague.id, null, advisor.id],
  )
})

test('CAM-9, SEC-6: a campaign that is not open, a stranger, who only reads: nothing is given back', async () => {
  const { house, ines, advisor, stranger } = bulk
  const [n] = some(1) as [number]
  const id = await openCampaign(bulk, [n])
  await take(advisor, id, n)
  const reader = await house.person(ines.organisationId, [{ profile: 'consultation', territoryId: places.gironde }])
  assert.equal((await count(house, stranger, id, giving())).status, 404)
  assert.equal((await count(house, reader, id, giving())).status, 403)
  assert.equal((await count(house, advisor, id, giving('x'.repeat(301)))).status, 400)
  assert.equal((await count(house, advisor, id)).body.code, 'campaign/pilot-only', 'giving back alone')
  const { body } = await count(house, advisor, id, giving())
  assert.equal((await confirm(house, ines, body.id)).status, 404, 'another’s count')
  await house.owner.query(`update campaigns set status = 'closed', closed_at = now() where id = $1`, [id])
  assert.equal((await confirm(house, advisor, body.id)).body.code, 'campaign/not-open')
  assert.equal((await count(house, advisor, id, giving())).body.code, 'campaign/not-open')
  assert.equal((await standing(house, id, n)).taken_by, advisor.id)
})

test('CAM-9, ACC-12: hundreds are given back by the worker in parts; it stops when the right is lost, and what was done stays', async () => {
  const { house, advisor } = bulk
  const id = await openCampaign(bulk, some(210))
  await house.owner.query(
    `update campaign_targets set taken_by = $2, taken_by_organisation = $3, taken_at = now(), status = 'prise-en-charge'
      where campaign_id = $1`,
    [id, advisor.id, advisor.organisationId],
  )
  const { body } = await count(house, advisor, id, giving())
  assert.equal((await confirm(house, advisor, body.id)).body.state, 'doing')
  await within(bulk.worker)(async ({ db, now }) => {
    await bulk.worker.query('select ctx.enter_bulk_work($1)', [body.id])
    assert.equal(await doPart(db, body.id, 10, now), '')
  })
  const lose = `update grants set revoked_at = now(), revoked_by = account_id, revoke_reason = 'Essai'
    where account_id = $1 and tool = 'campagnes'`
  await house.owner.query(lose, [advisor.id])
  await bulk.work(body.id)
  const give = `update grants set revoked_at = null, revoked_by = null, revoke_reason = null where account_id = $1`
  await house.owner.query(give, [advisor.id])
  const stopped = await read(house, advisor, body.id)
  assert.deepEqual([stopped.state, stopped.counts], ['stopped', counts(200, 10, 0, 0, 0)])
  await undo(house, advisor, body.id)
  const again = await count(house, advisor, id, giving())
  await confirm(house, advisor, again.body.id)
  await bulk.work(again.body.id)
  assert.deepEqual((await read(house, advisor, again.body.id)).counts, counts(0, 210, 0, 0, 0))
})
