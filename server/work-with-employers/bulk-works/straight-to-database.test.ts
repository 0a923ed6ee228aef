import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { insertSession } from '../../signing-in/identity/testing.ts'
import type { Person } from '../../testing/house.ts'
import { mayWrite, rowsWritten } from '../../testing/parity.ts'
import { siretOf } from '../campaigns/testing-world.ts'
import {
  asideAct,
  type BulkHouse,
  confirm,
  count,
  meanwhile,
  openBulkHouse,
  openCampaign,
  standing,
} from './testing.ts'

let bulk: BulkHouse
before(async () => {
  bulk = await openBulkHouse(500)
})
after(() => bulk.close())

const hashOf = ({ cookie }: Pick<Person, 'cookie'>) => tokenHash(cookie.slice('session='.length))
let from = 0
/** A campaign of so many targets that no other test has, and what a person counted there. */
const counted = async (who: Person, many: number) => {
  const ns = Array.from({ length: many }, () => ++from)
  const campaignId = await openCampaign(bulk, ns)
  const id: string = (await count(bulk.house, who, campaignId)).body.id
  return { id, campaignId, ns }
}
/** Under way, for the worker: more than are done at once. */
const underWay = async (who: Person) => {
  const work = await counted(who, 201)
  assert.equal((await confirm(bulk.house, who, work.id)).body.state, 'doing')
  return work
}
const done = async (who: Person, many = 1) => {
  const work = await counted(who, many)
  assert.equal((await confirm(bulk.house, who, work.id)).body.state, 'done')
  return work
}
/** What a session's function answers, undone after. */
const answer = async <T>(who: Person, call: ReturnType<typeof sql<{ it: T }>>): Promise<T> => {
  const tx = await bulk.house.database.begin()
  try {
    await tx.enter(hashOf(who))
    return (await tx.first(call))!.it
  } finally {
    await tx.rollback()
  }
}

test('SEC-6, CAM-9: one adds lines to one’s own count alone, and none that says that something was done', async () => {
  const { ines, colleague, house } = bulk
  const [mine, theirs, over] = [await counted(ines, 1), await counted(colleague, 1), await done(ines)]
  for (const [workId, state, may] of [
    [mine.id, 'to-do', true],
    [mine.id, 'left', true],
    [mine.id, 'done', false],
    [mine.id, 'undone', false],
    [mine.id, 'kept', false],
    [over.id, 'to-do', false],
    [theirs.id, 'to-do', false],
  ] as const)
    assert.equal(
      await mayWrite(
        house.database,
        hashOf(ines),
        sql`insert into bulk_work_lines (work_id, siret, before, after, state, because)
          values (${workId}::uuid, ${siretOf(499)}, '{}', '{}', ${state}, ${['left', 'kept'].includes(state) ? 'changed' : null})`,
      ),
      may,
      state,
    )
})

test('SEC-6, CAM-9: no work is laid already under way, and one forgets one’s own counts alone', async () => {
  const { ines, colleague, stranger, house } = bulk
  const { campaignId } = await counted(ines, 1)
  await counted(colleague, 1)
  await done(ines)
  const laid = sql`insert into bulk_works (id, campaign_id, by_id, act, reason, counted_at, state, way, origin, request_id, asked_at)
    values (${uuidv7()}::uuid, ${campaignId}::uuid, ${ines.id}::uuid, 'set-aside', 'Essai', now(), 'doing', 'proconnect', '', '', now())`
  assert.equal(await mayWrite(house.database, hashOf(ines), laid), false)
  for (const who of [ines, colleague, stranger]) {
    const { rowCount } = await house.owner.query(`select from bulk_works where by_id = $1 and state = 'counted'`, [
      who.id,
    ])
    assert.equal(await rowsWritten(house.database, hashOf(who), sql`delete from bulk_works`), rowCount, who.name)
  }
})

test('SEC-6, CAM-9: a work is asked by its author alone, in a session of theirs that lasts, from the state that it is in', async () => {
  const { ines, colleague, house } = bulk
  const ended = await insertSession(house.owner, ines.id)
  await house.owner.query(`update sessions set ended_at = now() where id = $1`, [ended.id])
  const [waiting, over] = [await counted(ines, 1), await done(ines)]
  const ask = (who: Person, id: string, session: Pick<Person, 'cookie'>, undo: boolean) =>
    answer(
      who,
      sql<{
        it: boolean
      }>`select ask_bulk_work(${id}::uuid, ${hashOf(session)}::bytea, ${undo}, true, now(), '', '', null) as it`,
    )
  for (const [what, may, ...asked] of [
    ['one’s own', true, ines, waiting.id, ines, false],
    ['another’s', false, colleague, waiting.id, colleague, false],
    ['in the author’s session, by another', false, colleague, waiting.id, ines, false],
    ['in another’s session', false, ines, waiting.id, colleague, false],
    ['in a session that ended', false, ines, waiting.id, ended, false],
    ['undone before it is done', false, ines, waiting.id, ines, true],
    ['undone', true, ines, over.id, ines, true],
    ['done again', false, ines, over.id, ines, false],
  ] as const)
    assert.equal(await ask(...(asked as unknown as Parameters<typeof ask>)), may, what)
})

test('SEC-6, CAM-9: a work under way is stopped and gone on with by its author alone', async () => {
  const { ines, colleague } = bulk
  const { id } = await underWay(ines)
  for (const [who, may] of [
    [colleague, false],
    [ines, true],
  ] as const) {
    const stopped = await answer(who, sql<{ it: boolean }>`select stop_own_bulk_work(${id}::uuid, now()) as it`)
    const part = await answer(who, sql<{ it: string | null }>`select ctx.do_bulk_part(${id}::uuid, 1, now()) as it`)
    assert.deepEqual([stopped, part], [may, may ? '' : null], who.name)
  }
})

test('SEC-6, IDN-7, CAM-9: the worker enters in a person’s name for a work under way alone, and as they came in', async () => {
  const { ines, house, worker } = bulk
  const [waiting, over, running] = [await counted(ines, 1), await done(ines), await underWay(ines)]
  const enters = async (id: string) => {
    await worker.query('begin')
    try {
      return (await worker.query('select ctx.enter_bulk_work($1) as it', [id])).rows[0].it
    } finally {
      await worker.query('rollback')
    }
  }
  assert.deepEqual([await enters(waiting.id), await enters(over.id), await enters(running.id)], [false, false, true])
  await house.owner.query(
    `insert into authentication_directives (id, audience, effective_on, weak_until, local, password, reason, set_at)
      values (gen_random_uuid(), 'pilote', current_date - 1, current_date - 1, true, true, 'Essai', now())`,
  )
  try {
    assert.equal(await enters(running.id), true, 'a strong sign-in is accepted')
    await house.owner.query(`update bulk_works set way = 'proconnect-weak' where id = $1`, [running.id])
    assert.equal(await enters(running.id), false, 'a weak one no longer is')
  } finally {
    await house.owner.query('delete from authentication_directives')
  }
})

test('CAM-9: held by a campaign that opens in the same instant, a target stays aside, the others come back', async () => {
  const { ines, house } = bulk
  const { campaignId, ns } = await done(ines, 2)
  const [n, free] = ns as [number, number]
  const { id } = (await count(house, ines, campaignId, { act: { kind: 'put-back' } })).body
  const other = await openCampaign(bulk, [])
  const { body } = await meanwhile(
    house,
    `insert into campaign_holds select id, $2, daterange(starts_on, ends_on, '[]') from campaigns where id = $1`,
    [other, siretOf(n)],
    () => confirm(house, ines, id),
  )
  assert.deepEqual([body.state, body.counts.done, body.counts.left], ['done', 1, 1])
  const [kept, back] = [await standing(house, campaignId, n), await standing(house, campaignId, free)]
  assert.deepEqual([kept.status, kept.set_aside_reason, kept.holds], ['ecarte', asideAct.reason, 0])
  assert.deepEqual([back.status, back.holds], ['a-contacter', 1])
})

test('CAM-9: a target that someone is taking when it is set aside stays theirs', async () => {
  const { ines, advisor, house } = bulk
  const { id, campaignId, ns } = await counted(ines, 2)
  const { body } = await meanwhile(
    house,
    `update campaign_targets set taken_by = $3, taken_by_organisation = $4, taken_at = now(), status = 'prise-en-charge'
      where campaign_id = $1 and siret = $2`,
    [campaignId, siretOf(ns[0]!), advisor.id, advisor.organisationId],
    () => confirm(house, ines, id),
  )
  assert.deepEqual([body.counts.done, body.counts.left], [1, 1])
  const { status, taken_by: holder } = await standing(house, campaignId, ns[0]!)
  assert.deepEqual([status, holder], ['prise-en-charge', advisor.id])
})

test('CAM-9: a campaign that is being closed changes no more', async () => {
  const { ines, house } = bulk
  const { id, campaignId, ns } = await counted(ines, 1)
  const close = `update campaigns set status = 'closed', closed_at = now() where id = $1`
  const { body } = await meanwhile(house, close, [campaignId], () => confirm(house, ines, id))
  assert.equal(body.code, 'campaign/not-open')
  assert.equal((await standing(house, campaignId, ns[0]!)).status, 'a-contacter')
})
