import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { wholeDepth } from '../../testing/depth.ts'
import { once } from '../../testing/house.ts'
import { processStarter, type Started } from '../../testing/processes.ts'
import { sharing } from '../sharing/index.ts'
import { type BulkHouse, confirm, count, here, openBulkHouse, openCampaign, read, trailOf } from './testing.ts'

/** Three parts of a work, or a dozen. */
const many = wholeDepth ? 6000 : 1500
let bulk: BulkHouse
let starter: ReturnType<typeof processStarter>
before(async () => {
  bulk = await openBulkHouse(many, sharing)
  starter = processStarter(bulk.house.urls)
})
after(async () => {
  starter.killAll()
  await bulk.close()
})

/** What the work has become, as long as a worker is there to do it. */
const until = async (id: string, worker: Started, so: (work: any) => boolean) => {
  for (;;) {
    const work = await read(bulk.house, bulk.ines, id)
    if (so(work)) return work
    const seen = `${JSON.stringify(work)}\n${worker.output()}`
    assert.notEqual(work.state, 'stopped', seen)
    assert.equal(worker.child.exitCode ?? worker.child.signalCode, null, seen)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

const lastAction = ['select from next_actions order by id desc limit 1 for no key update', []] as [string, string[]]
const lastTarget = 'select from campaign_targets where campaign_id = $1 order by siret desc limit 1 for no key update'
/**
 * Kills the worker in the middle of a work, and has another take it up. Until then someone is on the last of its rows,
 * so that it is not done before it is killed.
 */
const takenUp = async (
  id: string,
  [last, values]: readonly [string, string[]],
  ask = () => confirm(bulk.house, bulk.ines, id),
) => {
  const { house, ines } = bulk
  const first = await starter.begin('server/worker.ts')
  const holder = await house.owner.connect()
  try {
    await holder.query('begin')
    assert.equal((await holder.query(last, values)).rowCount, 1)
    await ask()
    await until(id, first, work => work.counts.done > 0)
    first.child.kill('SIGKILL')
    await first.ended
  } finally {
    await holder.query('rollback')
    holder.release()
  }
  const left = await read(house, ines, id)
  assert.ok(left.counts.toDo > 0 && left.counts.done > 0, JSON.stringify(left.counts))
  const second = await starter.begin('server/worker.ts')
  // What each minute does, without waiting for it.
  await house.owner.query(`update bulk_works set part_at = part_at - interval '1 minute'`)
  await house.owner.query(`select graphile_worker.add_job('do-bulk-works')`)
  const done = await until(id, second, work => work.state === 'done')
  assert.deepEqual(done.counts, { toDo: 0, done: many, left: 0, undone: 0, kept: 0 })
  second.child.kill('SIGTERM')
  await second.ended
}

test('CAM-9, REL-6: a worker killed in the middle: another takes the work up, each target once', {
  timeout: 240_000,
}, async () => {
  const { house, ines } = bulk
  const id = await openCampaign(
    bulk,
    Array.from({ length: many }, (_, i) => i + 1),
  )
  await takenUp((await count(house, ines, id)).body.id, [lastTarget, [id]])
  const entries = await trailOf(house, id)
  assert.deepEqual([entries.length, new Set(entries.map(({ times }) => times))], [many, new Set([1])])
})

test('CAM-9, REL-6: the same of targets closed in number: each once', { timeout: 240_000 }, async () => {
  const { house, ines } = bulk
  // Those of another test are set aside, hence held by nobody.
  await house.owner.query('delete from campaign_holds')
  const id = await openCampaign(
    bulk,
    Array.from({ length: many }, (_, i) => i + 1),
  )
  await takenUp((await count(house, ines, id, { act: { kind: 'close', result: 'ferme' } })).body.id, [lastTarget, [id]])
  const entries = await trailOf(house, id)
  assert.deepEqual(new Set(entries.map(({ action, times }) => `${action} ${times}`)), new Set(['target.closed 1']))
  assert.equal(entries.length, many)
})

test('CAM-9, REL-6: the same of targets given back in number: each once', { timeout: 240_000 }, async () => {
  const { house, ines } = bulk
  await house.owner.query('delete from campaign_holds')
  const id = await openCampaign(
    bulk,
    Array.from({ length: many }, (_, i) => i + 1),
  )
  await house.owner.query(
    `update campaign_targets set taken_by = $2, taken_by_organisation = $3, taken_at = now(), status = 'prise-en-charge'
      where campaign_id = $1`,
    [id, ines.id, ines.organisationId],
  )
  await takenUp((await count(house, ines, id, { act: { kind: 'release' } })).body.id, [lastTarget, [id]])
  const entries = await trailOf(house, id)
  assert.deepEqual(new Set(entries.map(({ action, times }) => `${action} ${times}`)), new Set(['target.released 1']))
  const { rows } = await house.owner.query(
    `select (select count(*)::int from campaign_targets where campaign_id = $1 and taken_by is null) as free,
        count(*)::int as history, count(distinct siret)::int as targets from target_assignments where campaign_id = $1`,
    [id],
  )
  assert.deepEqual(rows, [{ free: many, history: many, targets: many }])
})

test('CAM-4, CAM-9, REL-6: the same of targets shared out: each once', { timeout: 240_000 }, async () => {
  const { house, ines, member } = bulk
  await house.owner.query('delete from campaign_holds')
  const id = await openCampaign(
    bulk,
    Array.from({ length: many }, (_, i) => i + 1),
  )
  const path = `/campaigns/${id}/sharings`
  const asked = { which: { filter: {} }, how: { kind: 'main', to: { organisationId: member.organisationId } } }
  const { body: plan } = await house.call(ines, 'POST', path, asked, once())
  assert.equal(plan.planned, many)
  await takenUp(plan.id, [lastTarget, [id]], () => house.call(ines, 'POST', `${path}/${plan.id}/confirm`, {}, once()))
  const { rows } = await house.owner.query(
    `select (select count(*)::int from campaign_targets where campaign_id = $1 and assigned_organisation = $2) as given,
        (select count(*)::int from target_assignments where campaign_id = $1 and at is not null) as history,
        (select sum((d.detail ->> 'targets')::int)::int from audit_entries e join audit_details d on d.entry_id = e.id
          where e.action = 'targets.shared-out' and e.subject_id = $1::text) as told,
        (select moved from target_sharings where campaign_id = $1) as moved`,
    [id, member.organisationId],
  )
  assert.deepEqual(rows, [{ given: many, history: many, told: many, moved: many }])
})

test('CAM-9, REL-6: the same of actions moved, then handed over in number: each once', {
  timeout: 240_000,
}, async () => {
  const { house, ines, colleague } = bulk
  const place = [here.regionId, here.departementId, here.epciId, here.clpeId, ines.organisationId]
  await house.owner.query(
    `with x as (insert into exchanges (id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id, author_id,
        occurred_on, reached, visibility, recorded_at)
      select gen_random_uuid(), siret, $1, $2, $3, $4, $5, $6, '2026-10-01', true, 'reseau', now()
        from establishments returning *)
    insert into next_actions (id, exchange_id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id,
      visibility, kind, due_on, owner_id)
      select gen_random_uuid(), id, siret, $1, $2, $3, $4, $5, visibility, 'rappel', '2026-10-02', $6 from x`,
    [...place, ines.id],
  )
  const { body } = await house.call(
    ines,
    'POST',
    '/next-actions/bulk-works',
    { which: { filter: {} }, move: { to: '2099-01-05' } },
    once(),
  )
  assert.equal(body.planned, many, JSON.stringify(body))
  await takenUp(body.id, lastAction)
  const { rows } = await house.owner.query(
    `select count(*)::int as entries, count(distinct subject_id)::int as actions,
        (select count(*)::int from next_actions where due_on = '2099-01-05' and version = 2) as moved
      from audit_entries where action = 'next-action.moved'`,
  )
  assert.deepEqual(rows, [{ entries: many, actions: many, moved: many }])

  // Then handed to a colleague, the same way.
  const handed = await house.call(
    ines,
    'POST',
    '/next-actions/hand-overs',
    { which: { filter: {} }, toAccountId: colleague.id },
    once(),
  )
  await takenUp(handed.body.id, lastAction)
  const told = await house.owner.query(
    `select count(*)::int as entries, count(distinct subject_id)::int as actions,
        (select count(*)::int from next_actions where owner_id = $1 and version = 3) as handed
      from audit_entries where action = 'next-action.handed-over'`,
    [colleague.id],
  )
  assert.deepEqual(told.rows, [{ entries: many, actions: many, handed: many }])
})
