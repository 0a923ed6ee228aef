import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { within } from '../../platform/job.ts'
import { parisDay } from '../../platform/time.ts'
import { once } from '../../testing/house.ts'
import { siretOf } from '../campaigns/testing-world.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { doPart } from './bulk-works.queries.ts'
import {
  type BulkHouse,
  confirm,
  count,
  counts,
  here,
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
  bulk = await openBulkHouse(1600)
})
after(() => bulk.close())

let from = 0
/** Establishments that no other test has. */
const some = (many: number) => {
  from += many
  return Array.from({ length: many }, (_, i) => from - many + i + 1)
}
const single = (campaignId: string, n: number, act: string, body: object) =>
  bulk.house.call(bulk.ines, 'POST', `/campaigns/${campaignId}/targets/${textOf(n)}/${act}`, body)

test('CAM-9: what would change is counted first, with what would not and why; nothing changes yet', async () => {
  const { house, ines } = bulk
  const ns = some(4)
  const id = await openCampaign(bulk, ns)
  await single(id, ns[0]!, 'set-aside', { reason: 'Fermé' })
  const { status, body } = await count(house, ines, id, {
    which: { filter: {}, except: [textOf(ns[3]!)] },
  })
  assert.deepEqual([status, body.chosen, body.planned, body.left], [200, 3, 2, [{ because: 'already', count: 1 }]])
  assert.equal((await standing(house, id, ns[1]!)).status, 'a-contacter')
  assert.deepEqual((await house.call(ines, 'GET', '/bulk-works')).body.items, [], 'a count is no work yet')
})

test('CAM-9: few targets are done at once, as the act on one target does them: row, hold and trail', async () => {
  const { house, ines, advisor } = bulk
  const [one, many, spared] = some(3) as [number, number, number]
  const id = await openCampaign(bulk, [one, many, spared])
  for (const n of [one, many]) await house.call(advisor, 'POST', `/campaigns/${id}/targets/${textOf(n)}/take`)
  await single(id, one, 'set-aside', { reason: 'Liquidation' })
  const counted = await count(house, ines, id, { which: { sirets: [textOf(many)] } })
  const done = await confirm(house, ines, counted.body.id)
  assert.deepEqual([done.status, done.body.state, done.body.counts], [200, 'done', counts(0, 1, 0, 0, 0)])
  assert.deepEqual(await standing(house, id, many), await standing(house, id, one))
  assert.deepEqual((await standing(house, id, spared)).holds, 1)
  const entries = (await trailOf(house, id)).filter(({ action }) => action === 'target.set-aside')
  assert.deepEqual(
    entries.map(entry => [entry.subject_id, entry.actor_id, entry.times]).toSorted(),
    [one, many].map(n => [`${id}/${textOf(n)}`, ines.id, 1]).toSorted(),
  )
  const origins = await house.owner.query(
    `select count(distinct (origin, request_id))::int as n, bool_and(origin <> '') as said from audit_entries
      where subject_id = any ($1) and action in ('target.set-aside', 'bulk-work.asked')`,
    [[`${id}/${textOf(many)}`, id]],
  )
  assert.deepEqual(origins.rows[0], { n: 1, said: true }, 'each entry names the request that asked for the work')

  const back = (await count(house, ines, id, { act: { kind: 'put-back' }, which: { sirets: [textOf(many)] } })).body
  await confirm(house, ines, back.id)
  await single(id, one, 'put-back', {})
  assert.deepEqual(await standing(house, id, many), await standing(house, id, one))
  const events = await house.owner.query(
    `select targets from campaign_events where campaign_id = $1 and kind = 'target-put-back'`,
    [id],
  )
  assert.deepEqual(events.rows, [{ targets: 1 }, { targets: 1 }])
})

test('CAM-9: many are long work, done by the worker in parts: each target once, found again, undone', async () => {
  const { house, ines, colleague } = bulk
  const ns = some(600)
  const id = await openCampaign(bulk, ns)
  const { body } = await count(house, ines, id)
  const asked = await confirm(house, ines, body.id)
  assert.deepEqual([asked.body.state, asked.body.counts], ['doing', counts(600, 0, 0, 0, 0)])
  assert.equal((await house.call(ines, 'GET', '/bulk-works?running=true')).body.items.length, 1)
  assert.deepEqual((await house.call(colleague, 'GET', '/bulk-works')).body.items, [], 'each has their own')
  await bulk.work(body.id)
  assert.deepEqual((await read(house, ines, body.id)).counts, counts(0, 600, 0, 0, 0))
  const entries = await trailOf(house, id)
  assert.deepEqual([entries.length, new Set(entries.map(({ times }) => times))], [600, new Set([1])])
  assert.deepEqual((await house.call(ines, 'GET', '/bulk-works?running=true')).body.items, [])
  const [found] = (await house.call(ines, 'GET', '/bulk-works')).body.items
  assert.deepEqual([found.id, found.state, found.allowed], [body.id, 'done', ['undo']])

  assert.equal((await undo(house, ines, body.id)).body.state, 'undoing')
  await bulk.work(body.id)
  assert.deepEqual((await read(house, ines, body.id)).counts, counts(0, 0, 0, 600, 0))
  const { rows } = await house.owner.query(
    `select status, count(*)::int as n, (select count(*)::int from campaign_holds where campaign_id = $1) as holds
      from campaign_targets where campaign_id = $1 group by 1`,
    [id],
  )
  assert.deepEqual(rows, [{ status: 'a-contacter', n: 600, holds: 600 }])
  assert.equal((await undo(house, ines, body.id)).body.code, 'bulk-work/not-done', 'twice')
})

test('CAM-9: what someone changed since the count is left, and since the act is kept, each with its reason', async () => {
  const { house, ines, advisor } = bulk
  const [taken, backAlready, held, contacted, free] = some(5) as [number, number, number, number, number]
  const id = await openCampaign(bulk, [taken, backAlready, held, contacted, free])
  const { body } = await count(house, ines, id)
  await house.call(advisor, 'POST', `/campaigns/${id}/targets/${textOf(taken)}/take`)
  await confirm(house, ines, body.id)
  assert.equal((await standing(house, id, taken)).status, 'prise-en-charge')
  assert.deepEqual((await read(house, ines, body.id)).left, [{ because: 'changed', count: 1 }])

  await single(id, backAlready, 'put-back', {})
  await openCampaign(bulk, [held])
  await insertExchange(
    house.owner,
    anExchange({
      ...here,
      siret: siretOf(contacted),
      organisationId: advisor.organisationId,
      authorId: advisor.id,
      occurredOn: parisDay(new Date()),
    }),
  )
  const undone = await undo(house, ines, body.id)
  assert.deepEqual([undone.body.state, undone.body.counts], ['undone', counts(0, 0, 1, 1, 3)])
  const { leftItems } = await read(house, ines, body.id)
  assert.deepEqual(
    leftItems.map((item: any) => [item.establishment.siret, item.because]),
    [
      [textOf(taken), 'changed'],
      [textOf(backAlready), 'changed'],
      [textOf(held), 'held'],
      [textOf(contacted), 'contacted'],
    ],
  )
  assert.deepEqual(
    [(await standing(house, id, held)).status, (await standing(house, id, free)).status],
    ['ecarte', 'a-contacter'],
  )
})

test('CAM-9: undoing gives a target back to its holder and status; to nobody when the holder left', async () => {
  const { house, ines, advisor, member } = bulk
  const [one, two] = some(2) as [number, number]
  const id = await openCampaign(bulk, [one, two])
  await house.call(advisor, 'POST', `/campaigns/${id}/targets/${textOf(one)}/take`)
  await house.call(member, 'POST', `/campaigns/${id}/targets/${textOf(two)}/take`)
  const before = await standing(house, id, one)
  const { body } = await count(house, ines, id)
  await confirm(house, ines, body.id)
  await house.owner.query(`update accounts set status = 'suspended', status_reason = 'Essai' where id = $1`, [
    member.id,
  ])
  await undo(house, ines, body.id)
  await house.owner.query(`update accounts set status = 'active', status_reason = null where id = $1`, [member.id])
  assert.deepEqual(await standing(house, id, one), before)
  assert.deepEqual((await standing(house, id, two)).taken_by, null)
})

test('CAM-9: put back, a target is where its contacts left it; one that another campaign holds stays aside', async () => {
  const { house, ines, advisor } = bulk
  const [met, held] = some(2) as [number, number]
  const id = await openCampaign(bulk, [met, held])
  await insertExchange(
    house.owner,
    anExchange({
      ...here,
      siret: siretOf(met),
      campaignId: id,
      organisationId: advisor.organisationId,
      authorId: advisor.id,
      result: 'rendez-vous-pris',
    }),
  )
  for (const n of [met, held]) await single(id, n, 'set-aside', { reason: 'Essai' })
  await openCampaign(bulk, [held])
  const { body } = await count(house, ines, id, { act: { kind: 'put-back' } })
  const done = await confirm(house, ines, body.id)
  assert.deepEqual(done.body.counts, counts(0, 1, 1, 0, 0))
  assert.deepEqual(
    [(await standing(house, id, met)).status, (await standing(house, id, held)).status],
    ['rendez-vous', 'ecarte'],
  )
  await undo(house, ines, body.id)
  const again = await standing(house, id, met)
  assert.deepEqual([again.status, again.set_aside_reason, again.holds], ['ecarte', 'Essai', 0])
})

test('CAM-9: who may not: a stranger finds nothing, a member’s pilot is refused, nobody goes on with another’s work', async () => {
  const { house, ines, colleague, advisor, member, stranger } = bulk
  const ns = some(2)
  const id = await openCampaign(bulk, ns)
  assert.equal((await count(house, stranger, id)).status, 404)
  assert.equal((await count(house, member, id)).body.code, 'campaign/pilot-only')
  assert.equal((await count(house, advisor, id)).status, 403)
  const { body } = await count(house, ines, id)
  for (const who of [colleague, member, stranger]) {
    assert.equal((await confirm(house, who, body.id)).status, 404)
    assert.equal((await undo(house, who, body.id)).status, 404)
    assert.equal((await house.call(who, 'GET', `/bulk-works/${body.id}`)).status, 404)
  }
  assert.equal((await undo(house, ines, body.id)).body.code, 'bulk-work/not-done', 'it is counted, not done')
})

for (const [why, body] of [
  ['no reason', { act: { kind: 'set-aside', reason: ' ' } }],
  ['an unknown act', { act: { kind: 'forget' } }],
  ['no target', { which: { sirets: [] } }],
  ['too many named one by one', { which: { sirets: Array.from({ length: 5001 }, (_, i) => textOf(i + 1)) } }],
] as const)
  test(`CAM-9: a work with ${why} is malformed`, async () => {
    const { house, ines } = bulk
    assert.equal((await count(house, ines, await openCampaign(bulk, []), body)).status, 400)
  })

test('CAM-9: too late: a campaign closed meanwhile, or a count over an hour old', async () => {
  const { house, ines } = bulk
  const ns = some(2)
  const id = await openCampaign(bulk, ns)
  const { body } = await count(house, ines, id)
  await house.owner.query(`update bulk_works set counted_at = counted_at - interval '61 minutes' where id = $1`, [
    body.id,
  ])
  assert.equal((await confirm(house, ines, body.id)).body.code, 'bulk-work/stale')
  const again = await count(house, ines, id)
  await house.owner.query(`update campaigns set status = 'closed', closed_at = now() where id = $1`, [id])
  assert.equal((await confirm(house, ines, again.body.id)).body.code, 'campaign/not-open')
  assert.equal((await count(house, ines, id)).body.code, 'campaign/not-open')
})

test('CAM-9: asked twice at once, a work is done once; two works at once leave each target to one', async () => {
  const { house, ines, colleague } = bulk
  const ns = some(40)
  const id = await openCampaign(bulk, ns)
  const [mine, theirs] = await Promise.all([count(house, ines, id), count(house, colleague, id)])
  const answers = await Promise.all([
    confirm(house, ines, mine.body.id),
    confirm(house, ines, mine.body.id),
    confirm(house, colleague, theirs.body.id),
  ])
  const statuses = answers.map(({ status }) => status)
  assert.deepEqual([statuses.filter(s => s === 200).length, statuses.filter(s => s === 409).length], [2, 1])
  const works = await Promise.all([read(house, ines, mine.body.id), read(house, colleague, theirs.body.id)])
  assert.equal(works[0].counts.done + works[1].counts.done, 40)
  assert.deepEqual(new Set((await trailOf(house, id)).map(({ times }) => times)), new Set([1]))
})
test('CAM-9: the same request sent again answers the same, and does nothing more', async () => {
  const { house, ines } = bulk
  const id = await openCampaign(bulk, some(1))
  const { body } = await count(house, ines, id)
  const key = once()
  const [first, again] = [await confirm(house, ines, body.id, key), await confirm(house, ines, body.id, key)]
  assert.deepEqual([first.status, again.body], [200, first.body])
})

/** One part of so many targets, as the worker. */
const part = (id: string, size: number) =>
  within(bulk.worker)(async ({ db, now }) => {
    const { rows } = await bulk.worker.query('select ctx.enter_bulk_work($1) as entered', [id])
    return rows[0].entered ? doPart(db, id, size, now) : 'not entered'
  })
for (const [what, lose, give, code] of [
  [
    'the grant is revoked',
    `update grants set revoked_at = now(), revoked_by = account_id, revoke_reason = 'Essai' where account_id = $1 and tool = 'campagnes'`,
    `update grants set revoked_at = null, revoked_by = null, revoke_reason = null where account_id = $1`,
    'campaign/pilot-only',
  ],
  [
    'the account is suspended',
    `update accounts set status = 'suspended', status_reason = 'Essai' where id = $1`,
    `update accounts set status = 'active', status_reason = null where id = $1`,
    'access/no-grant',
  ],
] as const)
  test(`CAM-9, ACC-12: a work stops at the next part when ${what}; what was done stays, and is undone later`, async () => {
    const { house, ines } = bulk
    const ns = some(210)
    const id = await openCampaign(bulk, ns)
    const { body } = await count(house, ines, id)
    await confirm(house, ines, body.id)
    assert.equal(await part(body.id, 10), '')
    await house.owner.query(lose, [ines.id])
    await bulk.work(body.id)
    await house.owner.query(give, [ines.id])
    const stopped = await read(house, ines, body.id)
    assert.deepEqual([stopped.state, stopped.counts], ['stopped', counts(200, 10, 0, 0, 0)])
    assert.ok(stopped.stoppedFor.length > 10, 'it says why')
    const { rows } = await house.owner.query(
      `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = 'bulk-work.stopped' and e.subject_id = $1`,
      [id],
    )
    assert.deepEqual(rows[0].detail, { work: body.id, stoppedFor: code })
    assert.deepEqual((await undo(house, ines, body.id)).body.counts, counts(200, 0, 0, 10, 0))
  })

test('CAM-9: one stops one’s own work after the part under way; what was done stays, and is undone', async () => {
  const { house, ines, colleague } = bulk
  const id = await openCampaign(bulk, some(230))
  const { body } = await count(house, ines, id)
  const stop = (who: typeof ines) => house.call(who, 'POST', `/bulk-works/${body.id}/stop`, undefined, once())
  assert.equal((await stop(ines)).body.code, 'bulk-work/not-running', 'it is counted only')
  assert.deepEqual((await confirm(house, ines, body.id)).body.allowed, ['stop'])
  assert.equal(await part(body.id, 30), '')
  assert.equal((await stop(colleague)).status, 404)
  const stopped = await stop(ines)
  assert.deepEqual([stopped.body.state, stopped.body.counts], ['stopped', counts(200, 30, 0, 0, 0)])
  assert.equal((await stop(ines)).body.code, 'bulk-work/not-running', 'twice')
  await bulk.work(body.id)
  assert.deepEqual((await read(house, ines, body.id)).counts, counts(200, 30, 0, 0, 0), 'the worker leaves it')
  assert.deepEqual((await undo(house, ines, body.id)).body.counts, counts(200, 0, 0, 30, 0))
})

test('CAM-9: while someone is on one of the targets, the part waits, then comes again', async () => {
  const { house, ines } = bulk
  const ns = some(201)
  const id = await openCampaign(bulk, ns)
  const { body } = await count(house, ines, id)
  await confirm(house, ines, body.id)
  const other = await house.owner.connect()
  await other.query('begin')
  await other.query('select from campaign_targets where campaign_id = $1 and siret = $2 for update', [
    id,
    siretOf(ns[7]!),
  ])
  const working = bulk.work(body.id)
  await new Promise(resolve => setTimeout(resolve, 5_000)) // past the worker’s patience
  assert.deepEqual((await read(house, ines, body.id)).counts, counts(201, 0, 0, 0, 0))
  await other.query('commit')
  other.release()
  await working
  assert.deepEqual((await read(house, ines, body.id)).counts, counts(0, 201, 0, 0, 0))
})

test('CAM-9: a campaign closed in the middle stops the work', async () => {
  const { house, ines } = bulk
  const id = await openCampaign(bulk, some(201))
  const { body } = await count(house, ines, id)
  await confirm(house, ines, body.id)
  await part(body.id, 1)
  await house.owner.query(`update campaigns set status = 'closed', closed_at = now() where id = $1`, [id])
  await bulk.work(body.id)
  assert.deepEqual((await read(house, ines, body.id)).counts, counts(200, 1, 0, 0, 0))
})

test('CAM-9: ninety days after its end a work is gone; a count that came to nothing, the next night', async () => {
  const { house, ines } = bulk
  const id = await openCampaign(bulk, some(2))
  const kept = (await count(house, ines, id)).body.id
  await confirm(house, ines, kept)
  const old = (await count(house, ines, id)).body.id
  await confirm(house, ines, old)
  await house.owner.query(`update bulk_works set ended_at = now() - interval '91 days' where id = $1`, [old])
  const counted = (await count(house, ines, id)).body.id
  await house.owner.query(`update bulk_works set counted_at = now() - interval '25 hours' where id = $1`, [counted])
  await bulk.worker.query('select ctx.purge_bulk_works()')
  const { rows } = await house.owner.query('select id from bulk_works where campaign_id = $1', [id])
  assert.deepEqual(rows, [{ id: kept }])
})
