import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { exchanges } from './index.ts'

const bakery = '31000000000001'
const garage = '31000000000002'
let house: House
let claire: Person
let colleague: Person
let lead: Person
let karim: Person

const advisor = (profile: 'conseiller' | 'responsable' = 'conseiller') =>
  [
    { tool: 'campagnes', profile, territoryId: 2033 },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
  ] as const
before(async () => {
  house = await openHouse(exchanges, { clock: () => new Date('2026-11-25T11:00:00Z') })
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde')`,
  )
  await house.owner.query('insert into territory_overlaps values (0, 2033), (2033, 0), (2033, 2033)')
  for (const siret of [bakery, garage])
    await house.owner.query(
      `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, region_id,
        departement_id, row_hash) values ($1::bigint, $1::bigint / 100000, $1::bigint % 100000, 'ESSAI', true, true,
        'O', 1075, 2033, 0)`,
      [siret],
    )
  const [cc, mission] = [await house.organisation(), await house.organisation()]
  claire = await house.person(cc.id, [...advisor()])
  colleague = await house.person(cc.id, [...advisor()])
  lead = await house.person(cc.id, [...advisor('responsable')])
  karim = await house.person(mission.id, [...advisor()])
})
after(() => house.close())

const record = (who: Person, over: object = {}, headers = once()) =>
  house.call(
    who,
    'POST',
    '/exchanges',
    { siret: bakery, occurredOn: '2026-11-25', channel: 'telephone', result: 'absent', ...over },
    headers,
  )
/** What Claire planned a week ago, for the day before: late. */
const planned = async (): Promise<{ id: string; exchangeId: string }> =>
  (await record(claire, { occurredOn: '2026-11-18', nextAction: { kind: 'rappel', dueOn: '2026-11-24' } })).body
    .nextAction
const finish = (who: Person, id: string) => house.call(who, 'POST', `/next-actions/${id}/finish`, undefined, once())
const cancel = (who: Person, id: string) =>
  house.call(who, 'POST', `/exchanges/${id}/cancel`, { reason: 'Par erreur' }, once())
const late = async () => (await house.call(claire, 'GET', '/next-actions')).body.counts.late
const actsOn = async (id: string) =>
  (
    await house.owner.query(
      'select e.action, d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.subject_id = $1 order by e.id',
      [id],
    )
  ).rows
const stands = async (id: string) =>
  (await house.owner.query('select done_at is not null as done, answered_by from next_actions where id = $1', [id]))
    .rows[0]

test('CAM-5: the form is told what one planned with that establishment, the earliest first', async () => {
  const first = await planned()
  const asked = async (who: Person, siret = bakery) =>
    (await house.call(who, 'GET', `/establishments/${siret}/recording`)).body.planned.map((n: { id: string }) => n.id)
  assert.ok((await asked(claire)).includes(first.id))
  assert.deepEqual([await asked(colleague), await asked(claire, garage)], [[], []])
  await finish(claire, first.id)
  assert.ok(!(await asked(claire)).includes(first.id))
})

test('CAM-5: recording answers the planned action: one act finishes it, both are in the trail, nothing is late any more', async () => {
  const before = await late()
  const action = await planned()
  assert.equal(await late(), before + 1)
  const { status, body } = await record(claire, { answersId: action.id })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(body.answers, { id: action.id, kind: 'rappel', dueOn: '2026-11-24' })
  assert.equal(await late(), before)
  assert.deepEqual(await stands(action.id), { done: true, answered_by: body.id })
  assert.deepEqual(
    (await actsOn(action.id)).map(({ action: act, detail }) => [act, detail.answeredBy]),
    [['next-action.finished', body.id]],
  )
  assert.equal((await actsOn(body.id))[0].detail.answers, action.id)
  assert.deepEqual((await house.call(karim, 'GET', `/exchanges/${body.id}`)).body.answers, body.answers)
  assert.equal((await finish(claire, action.id)).body.code, 'next-action/already-done')
})

test('SEC-6: who may not finish an action does not answer it either, and nothing is recorded', async () => {
  const action = await planned()
  const count = async () => (await house.owner.query('select count(*)::int as n from exchanges')).rows[0].n
  const before = await count()
  for (const [who, over, code] of [
    [colleague, {}, 'next-action/owner-only'],
    [karim, {}, 'next-action/owner-only'],
    [claire, { siret: garage }, 'next-action/other-establishment'],
    [claire, { answersId: '01890000-0000-7000-8000-000000000000' }, 'not-found'],
    [claire, { answersId: 'hier' }, 'request/malformed'],
  ] as const)
    assert.equal((await record(who, { answersId: action.id, ...over })).body.code, code)
  assert.equal(await count(), before)
  assert.deepEqual(await stands(action.id), { done: false, answered_by: null })
  assert.equal((await record(lead, { answersId: action.id })).body.answers.id, action.id, 'a lead of the structure may')
})

test('EST-11: what is answered is said to those who read what was said', async () => {
  const action = await planned()
  const { body } = await record(claire, { answersId: action.id, visibility: 'organisation' })
  assert.equal((await house.call(karim, 'GET', `/exchanges/${body.id}`)).body.answers, null)
})

test('CAM-5: an action already done, answered or withdrawn never refuses the exchange', async () => {
  const done = await planned()
  await finish(claire, done.id)
  const noted = (await record(claire, { answersId: done.id })).body
  assert.equal(noted.answers.id, done.id, 'said done first, then recorded')
  assert.equal((await actsOn(done.id)).length, 1, 'finished once')
  assert.equal((await record(claire, { answersId: done.id })).body.answers, null, 'answered already')
  const withdrawn = await planned()
  await cancel(claire, withdrawn.exchangeId)
  const late = await record(claire, { answersId: withdrawn.id })
  assert.deepEqual([late.status, late.body.answers], [200, null])
})

test('CAM-5: one action answered by two at once is answered by one; both exchanges are recorded', async () => {
  for (let round = 0; round < 8; round++) {
    const action = await planned()
    const answers = await Promise.all([claire, lead, claire].map(who => record(who, { answersId: action.id })))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    )
    assert.equal(answers.filter(({ body }) => body.answers).length, 1)
    assert.equal((await actsOn(action.id)).length, 1)
  }
})

test('CAM-5: finished and answered at once, in any order: the exchange is recorded, the action is finished once', async () => {
  for (let round = 0; round < 8; round++) {
    const action = await planned()
    const acts = [() => record(claire, { answersId: action.id }), () => finish(lead, action.id)]
    const answers = await Promise.all((round % 2 ? acts : acts.toReversed()).map(act => act()))
    const [recorded, finished] = round % 2 ? answers : answers.toReversed()
    assert.deepEqual([recorded!.status, recorded!.body.answers.id], [200, action.id])
    assert.ok(finished!.status === 200 || finished!.body.code === 'next-action/already-done')
    assert.equal((await actsOn(action.id)).length, 1)
  }
})

test('API-4: the same recording sent twice answers once, also at the same moment', async () => {
  const action = await planned()
  const headers = once()
  const answers = await Promise.all(Array.from({ length: 4 }, () => record(claire, { answersId: action.id }, headers)))
  assert.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
  assert.equal(answers[0]!.body.answers.id, action.id)
  assert.equal((await actsOn(action.id)).length, 1)
})

test('CAM-5: a cancelled exchange answers nothing: what it had finished is to do again, what was done before stays done', async () => {
  const action = await planned()
  const { body } = await record(claire, { answersId: action.id })
  const before = await late()
  assert.equal((await cancel(claire, body.id)).body.answers, null)
  assert.equal(await late(), before + 1)
  assert.deepEqual(await stands(action.id), { done: false, answered_by: null })
  assert.deepEqual(
    (await actsOn(action.id)).map(({ action: act }) => act),
    ['next-action.finished', 'next-action.reopened'],
  )
  assert.equal((await record(claire, { answersId: action.id })).body.answers.id, action.id, 'answered anew')
  const done = await planned()
  await finish(claire, done.id)
  const noted = (await record(claire, { answersId: done.id })).body
  // Told apart by the instant: said done a second before.
  await house.owner.query(`update next_actions set done_at = done_at - interval '1 second' where id = $1`, [done.id])
  await cancel(claire, noted.id)
  assert.deepEqual(await stands(done.id), { done: true, answered_by: null })
})

test('CAM-5: the database too: an action is answered with its establishment, by its organisation, and is then done', async () => {
  const action = await planned()
  const elsewhere = (await record(claire, { siret: garage })).body.id
  const theirs = (await record(karim)).body.id
  const own = (await record(claire)).body.id
  const write = (change: string) => house.owner.query(`update next_actions set ${change} where id = $1`, [action.id])
  for (const id of [elsewhere, theirs])
    await assert.rejects(write(`answered_by = '${id}', done_at = now()`), /next_actions_answered/)
  await assert.rejects(write(`answered_by = '${own}'`), /next_actions_answered_done/)
  await write(`answered_by = '${own}', done_at = now()`)
  const second = await planned()
  await assert.rejects(
    house.owner.query(`update next_actions set answered_by = '${own}', done_at = now() where id = $1`, [second.id]),
    /next_actions_answered_by_key/,
  )
})

const reopen = (who: Person, id: string, headers = once()) =>
  house.call(who, 'POST', `/next-actions/${id}/reopen`, undefined, headers)

test('CAM-5: what was finished by mistake is to do again, with its trail', async () => {
  const action = await planned()
  const before = await late()
  await finish(claire, action.id)
  const { status, body } = await reopen(claire, action.id)
  assert.deepEqual([status, body.doneAt, body.late, body.allowed.includes('finish')], [200, null, true, true])
  assert.equal(await late(), before)
  assert.deepEqual(
    (await actsOn(action.id)).map(({ action: act }) => act),
    ['next-action.finished', 'next-action.reopened'],
  )
})

test('SEC-6: putting an action back is refused to who may not finish it, and where there is nothing to undo', async () => {
  const action = await planned()
  assert.equal((await reopen(claire, action.id)).body.code, 'next-action/not-done')
  await finish(claire, action.id)
  for (const who of [colleague, karim]) assert.equal((await reopen(who, action.id)).body.code, 'next-action/owner-only')
  assert.equal((await reopen(claire, '01890000-0000-7000-8000-000000000000')).status, 404)
  assert.equal((await reopen(lead, action.id)).status, 200)
  await record(claire, { answersId: action.id })
  assert.equal((await reopen(claire, action.id)).body.code, 'next-action/answered', 'the exchange is what one cancels')
  assert.equal((await stands(action.id)).done, true)
})

test('API-4: undone twice with one key, or by two at once: once', async () => {
  const action = await planned()
  await finish(claire, action.id)
  const headers = once()
  const again = await Promise.all([reopen(claire, action.id, headers), reopen(claire, action.id, headers)])
  assert.deepEqual(
    again.map(({ status }) => status),
    [200, 200],
  )
  await finish(claire, action.id)
  const answers = await Promise.all([reopen(claire, action.id), reopen(lead, action.id)])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
  assert.equal(answers.find(({ status }) => status === 409)!.body.code, 'next-action/not-done')
})
