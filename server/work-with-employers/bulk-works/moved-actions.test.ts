import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { workingDaysAfter } from '../../platform/working-days.ts'
import { once, type Person } from '../../testing/house.ts'
import { places } from '../campaigns/testing-world.ts'
import { doPart } from './bulk-works.queries.ts'
import {
  type BulkHouse,
  confirm,
  counts,
  finishAll,
  meanwhile,
  openBulkHouse,
  planActions,
  read,
  undo,
} from './testing.ts'

const today = parisDay(new Date())
const soon = addDays(today, 3)
/** Many on the few employers of this world. */
const beyond = { beyondBudget: 'Essai' }
let bulk: BulkHouse
let claire: Person
let colleague: Person
let lead: Person
before(async () => {
  bulk = await openBulkHouse(5)
  const { house, ines } = bulk
  const person = (profile: 'conseiller' | 'responsable') =>
    house.person(ines.organisationId, [
      { profile, territoryId: places.gironde },
      { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
    ])
  claire = await person('conseiller')
  colleague = await person('conseiller')
  lead = await person('responsable')
})
after(() => bulk.close())

const planned = (owner: Person, dueOn: string, many = 1, over: object = {}) =>
  planActions(bulk, owner, dueOn, many, { dueAt: '10:00', ...over })
/** Each test starts from a portfolio without actions. */
const cleared = () => finishAll(bulk)
const count = (who: Person, body: object) => bulk.house.call(who, 'POST', '/next-actions/bulk-works', body, once())
const days = async (ids: readonly string[]) =>
  (
    await bulk.house.owner.query(
      `select to_char(due_on, 'YYYY-MM-DD') as day from next_actions where id = any ($1) order by array_position($1, id)`,
      [ids],
    )
  ).rows.map(({ day }) => day)
const trail = async (ids: readonly string[]) =>
  (
    await bulk.house.owner.query(
      `select e.subject_id, e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = 'next-action.moved' and e.subject_id = any ($1) order by e.at, e.id`,
      [ids],
    )
  ).rows

test('CAM-9: one’s late actions are moved to a day: counted first, done, with a trail for each, undone', async () => {
  await cleared()
  const late = await planned(claire, addDays(today, -2), 3)
  const already = await planned(claire, soon)
  const body = { which: { filter: {}, except: [late[2]] }, move: { to: soon } }
  const counted = await count(claire, body)
  assert.deepEqual(
    [counted.status, counted.body.chosen, counted.body.planned, counted.body.left],
    [200, 3, 2, [{ because: 'already', count: 1 }]],
  )
  assert.deepEqual(await days(late), Array(3).fill(addDays(today, -2)), 'nothing is done yet')
  const done = await confirm(bulk.house, claire, counted.body.id)
  assert.deepEqual(
    [done.status, done.body.state, done.body.campaign, done.body.movedTo, done.body.counts],
    [200, 'done', null, soon, counts(0, 2, 1, 0, 0)],
  )
  assert.deepEqual(await days([...late, ...already]), [soon, soon, addDays(today, -2), soon])
  const entries = await trail(late)
  assert.deepEqual(
    entries
      .map(({ subject_id, actor_id, detail }) => [subject_id, actor_id, detail.before, detail.after, detail.work])
      .toSorted(),
    late
      .slice(0, 2)
      .map(id => [
        id,
        claire.id,
        { dueOn: addDays(today, -2), dueAt: '10:00' },
        { dueOn: soon, dueAt: '10:00' },
        counted.body.id,
      ])
      .toSorted(),
  )
  const back = await undo(bulk.house, claire, counted.body.id)
  assert.deepEqual([back.body.state, back.body.counts], ['undone', counts(0, 0, 1, 2, 0)])
  assert.deepEqual(await days(late), Array(3).fill(addDays(today, -2)))
  assert.equal((await trail(late)).length, 4)
  assert.equal((await undo(bulk.house, claire, counted.body.id)).body.code, 'bulk-work/not-done', 'twice')
})

test('CAM-9: moved by working days, each from its own day; what is late counts from today', async () => {
  await cleared()
  const [late] = await planned(claire, addDays(today, -30))
  const [later] = await planned(claire, addDays(today, 9))
  const { body } = await count(claire, { which: { filter: {} }, move: { by: 2 } })
  await confirm(bulk.house, claire, body.id)
  assert.deepEqual(await days([late!, later!]), [workingDaysAfter(today, 2), workingDaysAfter(addDays(today, 9), 2)])
  assert.equal((await read(bulk.house, claire, body.id)).movedBy, 2)
})

test('CAM-9: only a part of the portfolio is chosen, as the portfolio itself counts it', async () => {
  await cleared()
  const late = await planned(claire, addDays(today, -2), 2)
  const later = await planned(claire, addDays(today, 5))
  const { body } = await count(claire, { which: { filter: { part: 'late' } }, move: { to: soon } })
  assert.deepEqual([body.chosen, body.planned], [2, 2])
  await confirm(bulk.house, claire, body.id)
  assert.deepEqual(await days([...late, ...later]), [soon, soon, addDays(today, 5)])
})

test('SEC-6, CAM-9: only who may plan an action again by itself moves it in number; a lead, their colleagues’', async () => {
  const mine = await planned(claire, soon)
  const theirs = await planned(colleague, soon)
  const elsewhere = await planned(bulk.advisor, soon, 1, {
    organisationId: bulk.member.organisationId,
    authorId: bulk.member.id,
  })
  const which = { ids: [...mine, ...theirs, ...elsewhere, uuidv7()] }
  const move = { to: addDays(today, 6) }
  const counted = await count(claire, { which, move })
  assert.deepEqual(
    [counted.body.chosen, counted.body.planned, counted.body.left],
    [3, 1, [{ because: 'refused', count: 2 }]],
  )
  const led = await count(lead, { which, move })
  assert.deepEqual([led.body.planned, led.body.left], [2, [{ because: 'refused', count: 1 }]])
  await confirm(bulk.house, lead, led.body.id)
  assert.deepEqual(await days([...mine, ...theirs, ...elsewhere]), [move.to, move.to, soon])
  assert.deepEqual(
    (await trail(theirs)).map(({ actor_id }) => actor_id),
    [lead.id],
  )
  // What the lead moved meanwhile is left.
  assert.deepEqual((await confirm(bulk.house, claire, counted.body.id)).body.counts, counts(0, 0, 3, 0, 0))
  for (const who of [claire, bulk.ines, bulk.stranger]) {
    assert.equal((await undo(bulk.house, who, led.body.id)).status, 404, 'each has their own works')
    assert.equal((await bulk.house.call(who, 'GET', `/bulk-works/${led.body.id}`)).status, 404)
  }
})

test('SEC-6: nobody without the right to record counts, nor towards a day that is past', async () => {
  const which = { ids: await planned(claire, soon) }
  const reader = await bulk.house.person(claire.organisationId, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
  ])
  assert.equal((await count(reader, { which, move: { to: soon } })).status, 403)
  const past = await count(claire, { which, move: { to: addDays(today, -1) } })
  assert.equal(past.body.code, 'exchange/next-action-in-past')
})
for (const [why, over] of [
  ['no day', { move: {} }],
  ['a day and a number', { move: { to: soon, by: 1 } }],
  ['no working day', { move: { by: 0 } }],
  ['too many working days', { move: { by: 61 } }],
  ['no action', { which: { ids: [] } }],
  ['an unknown part', { which: { filter: { part: 'new' } } }],
] as const)
  test(`CAM-9: a move with ${why} is malformed`, async () => {
    const { status, body } = await count(claire, { which: { filter: {} }, move: { to: soon }, ...over })
    assert.deepEqual([status, body.code], [400, 'request/malformed'])
  })

test('CAM-9: what someone finished, moved or handed over since is left, and kept as they left it by the undoing', async () => {
  await cleared()
  const ids = await planned(claire, addDays(today, -1), 4)
  const to = addDays(today, 4)
  const { body } = await count(claire, { which: { ids }, move: { to } })
  await bulk.house.call(claire, 'POST', `/next-actions/${ids[0]}/finish`, undefined, once())
  assert.deepEqual((await confirm(bulk.house, claire, body.id)).body.counts, counts(0, 3, 1, 0, 0))
  const plan = (id: string, over: object) =>
    bulk.house.call(
      claire,
      'PUT',
      `/next-actions/${id}`,
      { dueOn: to, dueAt: '10:00', ownerId: claire.id, ...over },
      { 'if-match': '"2"' },
    )
  assert.equal((await plan(ids[1]!, { dueOn: addDays(today, 8) })).status, 200, 'its version is the next one')
  assert.equal((await plan(ids[2]!, { ownerId: colleague.id })).status, 200)
  const back = await undo(bulk.house, claire, body.id)
  assert.deepEqual(back.body.counts, counts(0, 0, 1, 1, 2))
  assert.deepEqual(await days(ids), [addDays(today, -1), addDays(today, 8), to, addDays(today, -1)])
  const { leftItems } = await read(bulk.house, claire, body.id)
  assert.deepEqual(new Set(leftItems.map(({ because }: { because: string }) => because)), new Set(['changed']))
})

test('CAM-9: an action that someone is finishing when it is moved stays at its day', async () => {
  await cleared()
  const ids = await planned(claire, addDays(today, -1), 2)
  const { body } = await count(claire, { which: { ids }, move: { to: soon } })
  const finish = 'update next_actions set done_at = now() where id = $1'
  const moved = await meanwhile(bulk.house, finish, [ids[0]], () => confirm(bulk.house, claire, body.id))
  assert.deepEqual(moved.body.counts, counts(0, 1, 1, 0, 0))
  assert.deepEqual(await days(ids), [addDays(today, -1), soon])
  const chosen = async () => (await count(claire, { which: { ids }, move: { to: addDays(today, 9) } })).body.chosen
  assert.equal(await chosen(), 1, 'what is finished is not counted, even named')
  await bulk.house.owner.query('update next_actions set cancelled_at = now() where id = $1', [ids[1]])
  assert.equal(await chosen(), 0, 'nor what is cancelled')
})

test('CAM-9: asked twice at once, a move is done once; two at once leave each action to one', async () => {
  await cleared()
  const ids = await planned(claire, addDays(today, -1), 20)
  const [mine, theirs] = await Promise.all([
    count(claire, { which: { ids }, move: { to: soon } }),
    count(lead, { which: { ids }, move: { to: addDays(today, 6) } }),
  ])
  const answers = await Promise.all([
    confirm(bulk.house, claire, mine.body.id),
    confirm(bulk.house, claire, mine.body.id),
    confirm(bulk.house, lead, theirs.body.id),
  ])
  const codes = answers.map(({ status }) => status)
  assert.deepEqual([codes.filter(s => s === 200).length, codes.filter(s => s === 409).length], [2, 1])
  const works = await Promise.all([read(bulk.house, claire, mine.body.id), read(bulk.house, lead, theirs.body.id)])
  assert.equal(works[0].counts.done + works[1].counts.done, 20)
  assert.equal((await trail(ids)).length, 20)
})

/** One part of so many actions, as the worker. */
const part = (id: string, size: number) =>
  within(bulk.worker)(async ({ db, now }) => {
    const { rows } = await bulk.worker.query('select ctx.enter_bulk_work($1) as entered', [id])
    return rows[0].entered ? doPart(db, id, size, now) : 'not entered'
  })
const revoke = `update grants set revoked_at = now(), revoked_by = account_id, revoke_reason = 'Essai'
  where account_id = $1 and tool = $2`
const give = 'update grants set revoked_at = null, revoked_by = null, revoke_reason = null where account_id = $1'
test('CAM-9, ACC-12: a long move stops at the next part when the right is lost; what was done stays, and is undone later', async () => {
  await cleared()
  const ids = await planned(claire, addDays(today, -1), 205)
  const { body } = await count(claire, { which: { filter: {} }, move: { to: soon } })
  assert.equal((await confirm(bulk.house, claire, body.id, once(), beyond)).body.state, 'doing')
  assert.equal(await part(body.id, 5), '')
  await bulk.house.owner.query(revoke, [claire.id, 'campagnes'])
  await bulk.work(body.id)
  await bulk.house.owner.query(give, [claire.id])
  const stopped = await read(bulk.house, claire, body.id)
  assert.deepEqual([stopped.state, stopped.counts], ['stopped', counts(200, 5, 0, 0, 0)])
  const { rows } = await bulk.house.owner.query(
    `select e.subject_kind, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'bulk-work.stopped' and e.subject_id = $1`,
    [claire.id],
  )
  assert.deepEqual(rows, [{ subject_kind: 'account', detail: { work: body.id, stoppedFor: 'access/no-grant' } }])
  assert.deepEqual((await undo(bulk.house, claire, body.id)).body.counts, counts(200, 0, 0, 5, 0))
  assert.deepEqual(new Set(await days(ids)), new Set([addDays(today, -1)]))
})
test('CAM-9: a lead who no longer leads moves no colleague’s action, one by one', async () => {
  await cleared()
  const theirs = await planned(colleague, soon, 201)
  const own = await planned(lead, soon, 2)
  const { body } = await count(lead, { which: { ids: [...theirs, ...own] }, move: { to: addDays(today, 6) } })
  assert.equal(body.planned, 203)
  await confirm(bulk.house, lead, body.id, once(), beyond)
  await bulk.house.owner.query(
    `update grants set profile = 'conseiller' where account_id = $1 and tool = 'campagnes'`,
    [lead.id],
  )
  await bulk.work(body.id)
  await bulk.house.owner.query(
    `update grants set profile = 'responsable' where account_id = $1 and tool = 'campagnes'`,
    [lead.id],
  )
  const told = await read(bulk.house, lead, body.id)
  assert.deepEqual(
    [told.state, told.counts, told.left],
    ['done', counts(0, 2, 201, 0, 0), [{ because: 'refused', count: 201 }]],
  )
})
