import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { once, type Person } from '../../testing/house.ts'
import { places } from '../campaigns/testing-world.ts'
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
let bulk: BulkHouse
let claire: Person
let colleague: Person
let lead: Person
/** Of the same structure, who works elsewhere. */
let elsewhere: Person
before(async () => {
  bulk = await openBulkHouse(5)
  const { house, ines } = bulk
  const person = (profile: 'conseiller' | 'responsable', territoryId: number = places.gironde) =>
    house.person(ines.organisationId, [
      { profile, territoryId },
      { tool: 'fiche-etablissement', profile: 'consultation', territoryId },
    ])
  claire = await person('conseiller')
  colleague = await person('conseiller')
  lead = await person('responsable')
  elsewhere = await person('conseiller', places.garonne)
})
after(() => bulk.close())

const planned = (owner: Person, many = 1) => planActions(bulk, owner, soon, many)
const cleared = () => finishAll(bulk)
const count = (who: Person, body: object) => bulk.house.call(who, 'POST', '/next-actions/hand-overs', body, once())
const owners = async (ids: readonly string[]) =>
  (
    await bulk.house.owner.query(
      'select owner_id from next_actions where id = any ($1) order by array_position($1, id)',
      [ids],
    )
  ).rows.map(row => row.owner_id)
const trail = async (ids: readonly string[]) =>
  (
    await bulk.house.owner.query(
      `select e.subject_id, e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = 'next-action.handed-over' and e.subject_id = any ($1) order by e.at, e.id`,
      [ids],
    )
  ).rows
const mails = async (to: Person) =>
  (
    await bulk.house.owner.query(
      `select kind, body from mails where to_account_id = $1 and kind = 'work-handed-over' order by created_at`,
      [to.id],
    )
  ).rows

test('CAM-9: one’s actions pass to a colleague: counted first, done, told once, each with its trail, undone', async () => {
  await cleared()
  const ids = await planned(claire, 3)
  const already = await planned(colleague)
  const body = { which: { filter: {}, except: [ids[2]] }, toAccountId: colleague.id }
  const counted = await count(claire, body)
  assert.deepEqual([counted.status, counted.body.chosen, counted.body.planned], [200, 2, 2])
  assert.deepEqual(await owners(ids), Array(3).fill(claire.id), 'nothing is done yet')
  const done = await confirm(bulk.house, claire, counted.body.id)
  assert.deepEqual(
    [done.body.state, done.body.campaign, done.body.handedTo.id, done.body.counts],
    ['done', null, colleague.id, counts(0, 2, 0, 0, 0)],
  )
  assert.deepEqual(await owners([...ids, ...already]), [colleague.id, colleague.id, claire.id, colleague.id])
  const entries = await trail(ids)
  assert.deepEqual(
    entries.map(({ actor_id, detail }) => [actor_id, detail.before, detail.after, detail.work]),
    Array(2).fill([claire.id, { ownerId: claire.id }, { ownerId: colleague.id }, counted.body.id]),
  )
  const told = await mails(colleague)
  assert.equal(told.length, 1)
  assert.match(told[0].body, /confie 2 prochaines actions/)
  // They are no longer claire’s to plan one by one, and she still undoes what she did.
  const back = await undo(bulk.house, claire, counted.body.id)
  assert.deepEqual([back.body.state, back.body.counts], ['undone', counts(0, 0, 0, 2, 0)])
  assert.deepEqual(await owners(ids), Array(3).fill(claire.id))
  assert.equal((await trail(ids)).length, 4)
})

test('SEC-6, CAM-9: only who may hand one over hands it in number; a lead their colleagues’; to oneself nothing is told', async () => {
  await cleared()
  const [mine, theirs] = [await planned(claire), await planned(colleague)]
  const which = { ids: [...mine, ...theirs, uuidv7()] }
  const counted = await count(claire, { which, toAccountId: colleague.id })
  assert.deepEqual(
    [counted.body.chosen, counted.body.planned, counted.body.left],
    [2, 1, [{ because: 'refused', count: 1 }]],
  )
  const before = (await mails(lead)).length
  const led = await count(lead, { which, toAccountId: lead.id })
  assert.equal(led.body.planned, 2)
  await confirm(bulk.house, lead, led.body.id)
  assert.deepEqual(await owners([...mine, ...theirs]), [lead.id, lead.id])
  assert.equal((await mails(lead)).length, before)
  assert.deepEqual((await confirm(bulk.house, claire, counted.body.id)).body.counts, counts(0, 0, 2, 0, 0))
  await undo(bulk.house, lead, led.body.id)
  assert.deepEqual(await owners([...mine, ...theirs]), [claire.id, colleague.id], 'each to whose it was')
})

test('CAM-9: a colleague who does not work there receives none; one who is gone, or of another structure, is unknown', async () => {
  await cleared()
  const which = { ids: await planned(claire) }
  const away = await count(claire, { which, toAccountId: elsewhere.id })
  assert.deepEqual([away.body.planned, away.body.left], [0, [{ because: 'elsewhere', count: 1 }]])
  for (const id of [bulk.member.id, uuidv7()])
    assert.equal((await count(claire, { which, toAccountId: id })).body.code, 'account/unknown')
  const { body } = await bulk.house.call(claire, 'GET', '/next-actions/hand-overs/recipients')
  const listed = new Set(body.items.map((item: { id: string }) => item.id))
  for (const person of [claire, colleague, lead, elsewhere]) assert.ok(listed.has(person.id))
  assert.ok(!listed.has(bulk.member.id))
  const reader = await bulk.house.person(claire.organisationId, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
  ])
  assert.equal((await count(reader, { which, toAccountId: colleague.id })).status, 403)
  assert.equal((await bulk.house.call(reader, 'GET', '/next-actions/hand-overs/recipients')).status, 403)
  assert.ok(
    !(await bulk.house.call(claire, 'GET', '/next-actions/hand-overs/recipients')).body.items.some(
      (p: Person) => p.id === reader.id,
    ),
  )
})

const suspend = (who: Person, status: 'active' | 'suspended') =>
  bulk.house.owner.query('update accounts set status = $2, status_reason = $3 where id = $1', [
    who.id,
    status,
    status === 'active' ? null : 'Essai',
  ])
test('CAM-9: the recipient suspended meanwhile receives none; whose it was suspended since, it stays where it is', async () => {
  await cleared()
  const ids = await planned(colleague, 2)
  const { body } = await count(lead, { which: { ids }, toAccountId: claire.id })
  await suspend(claire, 'suspended')
  const refused = await confirm(bulk.house, lead, body.id)
  await suspend(claire, 'active')
  assert.deepEqual(refused.body.counts, counts(0, 0, 2, 0, 0))
  const again = await count(lead, { which: { ids }, toAccountId: claire.id })
  await confirm(bulk.house, lead, again.body.id)
  await suspend(colleague, 'suspended')
  const kept = await undo(bulk.house, lead, again.body.id)
  await suspend(colleague, 'active')
  assert.deepEqual(kept.body.counts, counts(0, 0, 0, 0, 2))
  assert.deepEqual((await read(bulk.house, lead, again.body.id)).left, [{ because: 'elsewhere', count: 2 }])
  assert.deepEqual(await owners(ids), [claire.id, claire.id])
})

test('CAM-9: what is finished meanwhile is left; what the colleague moved since is kept by the undoing', async () => {
  await cleared()
  const ids = await planned(claire, 3)
  const { body } = await count(claire, { which: { ids }, toAccountId: colleague.id })
  const finish = 'update next_actions set done_at = now() where id = $1'
  const done = await meanwhile(bulk.house, finish, [ids[0]], () => confirm(bulk.house, claire, body.id))
  assert.deepEqual(done.body.counts, counts(0, 2, 1, 0, 0))
  const plan = { dueOn: addDays(today, 8), dueAt: null, ownerId: colleague.id }
  const moved = await bulk.house.call(colleague, 'PUT', `/next-actions/${ids[1]}`, plan, { 'if-match': '"2"' })
  assert.equal(moved.status, 200, JSON.stringify(moved.body))
  assert.deepEqual((await undo(bulk.house, claire, body.id)).body.counts, counts(0, 0, 1, 1, 1))
  assert.deepEqual(await owners(ids), [claire.id, colleague.id, claire.id])
})

test('CAM-9: asked twice at once, it is done once; hundreds are long work, done by the worker in parts', async () => {
  await cleared()
  const ids = await planned(claire, 205)
  const { body } = await count(claire, { which: { filter: {} }, toAccountId: colleague.id })
  const answers = await Promise.all([confirm(bulk.house, claire, body.id), confirm(bulk.house, claire, body.id)])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
  await bulk.work(body.id)
  assert.deepEqual((await read(bulk.house, claire, body.id)).counts, counts(0, 205, 0, 0, 0))
  assert.deepEqual(new Set(await owners(ids)), new Set([colleague.id]))
  assert.equal((await trail(ids)).length, 205)
  await undo(bulk.house, claire, body.id)
  await bulk.work(body.id)
  assert.deepEqual(new Set(await owners(ids)), new Set([claire.id]))
})
