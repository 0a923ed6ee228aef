import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { roles } from '../roles/index.ts'
import { endDeparted } from './end-departed.job.ts'
import { people } from './index.ts'

/* A departure entered ahead whose day finds a last officer: the account waits, and it is said (ACC-16, SEC-2). */

let house: House
let worker: pg.Client
let operator: string
let rgc: Person, ada: Person
const yesterday = addDays(parisDay(new Date()), -1)
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const officer = async (role: 'cssi' | 'administrateur') => {
  const person = await house.person(operator)
  await giveRole(house.owner, person, role)
  return person
}
const endAll = () => within(worker)(endDeparted)
const statusOf = async (of: Person) => (await rows('select status from accounts where id = $1', [of.id]))[0].status
const told = async () =>
  (await rows(`select to_account_id as who, subject, body from mails where kind = 'account-departure-held'`)).toSorted(
    (a, b) => (a.who < b.who ? -1 : 1),
  )
const entries = () =>
  rows(`select e.subject_id as who, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
    where e.action = 'account.departure-held' order by e.at, e.id`)
const page = async (of: Person) => (await house.call(rgc, 'GET', `/habilitations/people/${of.id}`)).body
const line = async (of: Person) =>
  (await house.call(ada, 'GET', '/operator-roles')).body.items.find((r: any) => r.person.id === of.id)
/** Entered while there is another security officer; the day comes when there is none. */
const entered = async () => {
  const [leaving, other] = [await officer('cssi'), await officer('cssi')]
  const { status, body } = await house.call(rgc, 'POST', `/habilitations/people/${leaving.id}/departure-to-come`, {
    cause: 'departure',
    lastDay: addDays(yesterday, 5),
    reason: 'Mutation',
  })
  assert.equal(status, 200, JSON.stringify(body))
  await rows('update role_assignments set ends_at = now() where account_id = $1', [other.id])
  return leaving
}
const comes = async (of: Person) => {
  await rows('update departures_to_come set last_day = $2 where account_id = $1', [of.id, yesterday])
  await rows('update accounts set contract_ends_on = $2 where id = $1', [of.id, yesterday])
}

before(async () => {
  house = await openHouse([...people, ...roles])
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  operator = (await house.organisation({ kind: 'operateur' })).id
  rgc = await house.person(operator)
  await giveRole(house.owner, rgc, 'rgc')
  ada = await officer('administrateur')
})
beforeEach(async () => {
  await rows(`update role_assignments set ends_at = now() where role = 'cssi' and (ends_at is null or ends_at > now())`)
  await rows('delete from mails')
})
after(async () => {
  await worker.end()
  await house.close()
})

test('ACC-16, SEC-2: a departure entered ahead that finds the last CSSI is told once to who may replace them, in the trail, and ends once another is in place', async () => {
  const leaving = await entered()
  await comes(leaving)
  assert.deepEqual([await endAll(), await endAll(), await statusOf(leaving)], [0, 0, 'active'])
  const mails = await told()
  assert.deepEqual(
    mails.map(m => m.who),
    [ada.id],
    'the person concerned aside',
  )
  assert.match(mails[0].subject, /saisi d’avance/)
  assert.match(mails[0].body, /saisi d’avance pour le .*Son compte reste pourtant ouvert.*« [^»]*CSSI[^»]* »/s)
  assert.ok(!mails[0].body.includes(leaving.name), 'nobody is named in a mail')
  const [entry, ...others] = await entries()
  assert.deepEqual([entry.who, entry.detail.roles, others], [leaving.id, ['cssi'], []])
  const [{ id }] = await rows('select id from departures_to_come where account_id = $1', [leaving.id])
  assert.equal(entry.detail.departure, id)
  await officer('cssi')
  assert.deepEqual([await endAll(), await statusOf(leaving), (await told()).length], [1, 'deleted', 1])
  assert.deepEqual(await rows('select from departures_held'), [], 'nothing waits any more')
})
test('ACC-16, SEC-2: while the account waits, its page and that of the roles say so; not before its day, nor once another is in place', async () => {
  const leaving = await entered()
  assert.deepEqual([(await page(leaving)).held, (await line(leaving)).leftOn], [null, null], 'its day is to come')
  await comes(leaving)
  assert.deepEqual((await page(leaving)).held, { lastDay: yesterday, roles: ['cssi'] })
  assert.deepEqual([(await line(leaving)).leftOn, (await line(ada)).leftOn], [yesterday, null])
  await officer('cssi')
  assert.deepEqual([(await page(leaving)).held, (await line(leaving)).leftOn], [null, null])
})
test('SEC-6, ACC-16: an agent without a role reads of nobody that they wait', async () => {
  const leaving = await entered()
  await comes(leaving)
  const agent = await house.person(operator)
  assert.equal((await house.call(agent, 'GET', '/operator-roles')).body.code, 'access/role-required')
  const shown = async (who: Person) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      const found = await tx.all(sql<{ accountId: string }>`select account_id from ctx.departures_shown()`)
      return found.map(r => r.accountId)
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual([await shown(agent), await shown(ada), await shown(rgc)], [[], [leaving.id], [leaving.id]])
})
