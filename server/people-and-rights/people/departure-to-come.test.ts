import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { moveClock, putClockBack } from '../../testing/clock.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { endDeparted } from './end-departed.job.ts'
import { people } from './index.ts'

/* A departure entered ahead: it takes effect on its day, and is undone before (ACC-16). */

let house: House
let workers: [pg.Client, pg.Client]
let own: string
let rgc: Person, second: Person, signs: Person, elsewhere: Person
const today = parisDay(new Date())
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const post = (who: Person, of: Person, act: string, body: object) =>
  house.call(who, 'POST', `/habilitations/people/${of.id}/${act}`, body)
const enters = (of: Person, lastDay: string, who = rgc, over: object = {}) =>
  post(who, of, 'departure-to-come', { cause: 'departure', lastDay, reason: 'Mutation', ...over })
const cancels = (of: Person, who = rgc, body: object = { reason: 'Reste finalement' }) =>
  post(who, of, 'departure-to-come/cancel', body)
const agent = () => house.person(own, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }])
const page = async (of: Person) => (await house.call(rgc, 'GET', `/habilitations/people/${of.id}`)).body
const grantsOf = async (of: Person) => (await rows('select from ctx.effective_grants($1, ctx.clock())', [of.id])).length
const statusOf = async (of: Person) => (await rows('select status from accounts where id = $1', [of.id]))[0].status
const endAll = (worker = workers[0]) => within(worker)(endDeparted)
const mails = (kind: string, to: Person) =>
  rows('select body from mails where kind = $1 and to_account_id = $2', [kind, to.id])

before(async () => {
  house = await openHouse(people)
  workers = [new pg.Client(house.urls.workerUrl), new pg.Client(house.urls.workerUrl)]
  await Promise.all(workers.map(w => w.connect()))
  own = (await house.organisation()).id
  ;[rgc, second, signs] = [await house.person(own), await house.person(own), await house.person(own)]
  for (const one of [rgc, second]) await giveRole(house.owner, one, 'rgc')
  await giveRole(house.owner, signs, 'signataire')
  elsewhere = await house.person((await house.organisation()).id)
  await giveRole(house.owner, elsewhere, 'rgc')
})
beforeEach(() => putClockBack(house.owner))
after(async () => {
  await Promise.all(workers.map(w => w.end()))
  await house.close()
})

test('ACC-16, ACC-6: entered ahead, nothing changes to the last day; then rights end at midnight without a job, and the account within the hour, once', async () => {
  const person = await agent()
  const last = addDays(today, 5)
  const { status, body } = await enters(person, last)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    [body.leaving.lastDay, body.leaving.cause, body.leaving.by.id, body.status],
    [last, 'departure', rgc.id, 'active'],
  )
  assert.ok(body.allowed.includes('cancel-departure'))
  assert.match((await mails('account-ending', person))[0].body, /prennent fin après le .*\n\nMotif : Mutation/)
  await moveClock(house.owner, '5 days')
  assert.deepEqual([await grantsOf(person), await endAll()], [1, 0], 'its last day')
  await moveClock(house.owner, '6 days')
  assert.deepEqual([await grantsOf(person), await statusOf(person)], [0, 'active'])
  assert.deepEqual((await Promise.all(workers.map(w => endAll(w)))).sort(), [0, 1], 'twice at once, once')
  assert.equal(await statusOf(person), 'deleted')
  const [left] = await rows('select cause, reason, recorded_by from departed_people where account_id = $1', [person.id])
  assert.deepEqual(left, { cause: 'departure', reason: 'Mutation', recorded_by: rgc.id })
  const [entry] = await rows(
    `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'account.departed' and e.subject_id = $1`,
    [person.id],
  )
  assert.deepEqual([entry.actor_id, entry.detail.cause], [null, 'departure'])
  assert.equal(await endAll(), 0)
})
test('ACC-16: undone before its day, the account goes on as before, with the end that it had; its person is told', async () => {
  const [free, bound] = [await agent(), await agent()]
  const end = addDays(today, 90)
  await rows('update accounts set contract_ends_on = $2 where id = $1', [bound.id, end])
  for (const [who, ends] of [
    [free, null],
    [bound, end],
  ] as const) {
    assert.equal((await enters(who, addDays(today, 3))).status, 200)
    assert.equal((await page(who)).contractEndsOn, addDays(today, 3))
    assert.equal((await cancels(who, second)).status, 200)
    const after = await page(who)
    assert.deepEqual(
      [after.leaving, after.contractEndsOn, after.allowed.includes('cancel-departure')],
      [null, ends, false],
    )
    assert.match((await mails('account-ending-cancelled', who))[0].body, /Reste finalement/)
    await moveClock(house.owner, '4 days')
    assert.deepEqual([await endAll(), await grantsOf(who)], [0, 1])
    await putClockBack(house.owner)
  }
  // A contract that ends sooner is not carried on by a later departure.
  await enters(bound, addDays(today, 120))
  assert.equal((await page(bound)).contractEndsOn, end)
})
test('ACC-16: refused of a day past, twice, of who manages or signs, of oneself, from elsewhere, for a breach, and once it took effect', async () => {
  const person = await agent()
  assert.equal((await enters(person, addDays(today, -1))).body.code, 'person/last-day-passed')
  assert.equal((await enters(person, addDays(today, 1), rgc, { cause: 'breach' })).status, 400)
  assert.equal((await enters(person, addDays(today, 1), rgc, { reason: ' ' })).status, 400)
  assert.equal((await cancels(person)).body.code, 'person/no-departure-to-come')
  assert.equal((await enters(second, addDays(today, 1))).body.code, 'person/still-manager')
  assert.equal((await enters(signs, addDays(today, 1))).body.code, 'person/still-manager')
  assert.equal((await enters(rgc, addDays(today, 1))).body.code, 'grant/own')
  assert.equal((await enters(person, addDays(today, 1), elsewhere)).status, 404)
  assert.equal((await enters(person, addDays(today, 1), person)).body.code, 'access/role-required')
  assert.equal((await enters(person, addDays(today, 1))).status, 200)
  assert.equal((await enters(person, addDays(today, 2))).body.code, 'person/departure-entered')
  assert.equal((await cancels(person, elsewhere)).status, 404)
  assert.equal((await cancels(person, person)).body.code, 'access/role-required')
  await moveClock(house.owner, '2 days')
  assert.equal(await endAll(), 1)
  await putClockBack(house.owner)
  assert.equal((await cancels(person)).body.code, 'person/no-departure-to-come')
  assert.deepEqual((await page(person)).allowed, ['undo-departure'], 'then within thirty days')
  const undone = await post(rgc, person, 'undo-departure', { reason: 'Erreur' })
  assert.equal(undone.status, 200, JSON.stringify(undone.body))
  const back = await page(person)
  assert.deepEqual([back.status, back.contractEndsOn], ['active', null], 'with the end that the account had before')
})
test('ACC-16: two undo it at once: one does', async () => {
  const person = await agent()
  await enters(person, addDays(today, 3))
  const answers = await Promise.all([cancels(person), cancels(person, second)])
  assert.deepEqual(answers.map(a => a.body.code ?? a.status).sort(), [200, 'person/no-departure-to-come'])
})
test('SEC-6, ACC-16: whatever the application forgets, a departure ahead is entered and undone by who decides for the person alone, and read in their structure', async () => {
  const person = await agent()
  await enters(person, addDays(today, 3))
  const straight = async (who: Person, statement: ReturnType<typeof sql>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return await tx.all(statement as ReturnType<typeof sql<{ done: boolean }>>).then(
        found => found[0]?.done ?? found.length,
        error => (error as { code?: string }).code,
      )
    } finally {
      await tx.rollback()
    }
  }
  const other = await agent()
  const enteringOn = (day: string) => sql`select ctx.enter_departure(${uuidv7()}::uuid, ${other.id}::uuid,
    ${day}::date, 'departure', 'x') as done`
  const entering = enteringOn(addDays(today, 9))
  const cancelling = sql`select ctx.cancel_departure(${person.id}::uuid, 'x') as done`
  const reading = sql`select from departures_to_come where account_id = ${person.id}::uuid`
  for (const [who, said] of [
    [rgc, [true, true, 1]],
    [signs, ['42501', '42501', 1]],
    [person, ['42501', '42501', 0]],
    [elsewhere, ['42501', '42501', 0]],
  ] as const)
    assert.deepEqual(
      [await straight(who, entering), await straight(who, cancelling), await straight(who, reading)],
      said,
    )
  // Of today at the earliest: a day past is recorded, not entered ahead.
  assert.deepEqual(
    [await straight(rgc, enteringOn(addDays(today, -1))), await straight(rgc, enteringOn(today))],
    [false, true],
  )
  assert.equal(await straight(person, sql`update departures_to_come set cancelled_at = now()`), '42501')
})
