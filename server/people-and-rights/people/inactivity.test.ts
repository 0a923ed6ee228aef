import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { Type } from 'typebox'
import { defineRoute } from '../../../contract/route.ts'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { action } from '../../platform/action.ts'
import { within } from '../../platform/job.ts'
import { addDays } from '../../platform/time.ts'
import { moveClockTo } from '../../testing/clock.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { until } from '../../testing/until.ts'
import { giveRole } from '../accounts/testing.ts'
import { grants } from '../grants/index.ts'
import { people } from './index.ts'
import { tellInactivity } from './tell-inactivity.job.ts'

let house: House
let mailbox: Mailbox
let worker: pg.Client
let own: string
let rgc: Person
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const reply = Type.Object({ ok: Type.Boolean() })
const reading = (path: string, more: object) =>
  action(
    defineRoute({
      method: 'GET',
      path,
      tag: 'Essai',
      summary: 'Essai',
      needs: 'signed-in',
      reply,
      ...more,
    } as any) as any,
    { load: async () => null, may: () => true, run: async () => ({ ok: true }) } as any,
  )

before(async () => {
  house = await openHouse([
    ...people,
    ...grants,
    reading('/plain', {}),
    reading('/card', { deliberate: true }),
    reading('/polled', { background: true }),
  ])
  mailbox = await openMailbox()
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  await rows(`insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde')`)
  own = (await house.organisation()).id
  rgc = await house.person(own)
  await giveRole(house.owner, rgc, 'rgc')
})
after(async () => {
  await worker.end()
  await mailbox.close()
  await house.close()
})
/** The clock of the rights stands at that instant. */
const standAt = (at: string) => moveClockTo(house.owner, at)
const noon = (day: string) => `${day}T11:00:00Z`
/** A person who last acted at that instant. */
const quietSince = async (at: string) => {
  const person = await house.person(own, [{ territoryId: 2033, startsOn: '2025-01-01' }])
  await rows(`update account_states set from_at = '2025-01-01' where account_id = $1`, [person.id])
  await rows(`update grants set granted_at = '2025-01-02' where account_id = $1`, [person.id])
  await rows(
    'insert into account_activity (account_id, organisation_id, last_act_at, first_at) values ($1, $2, $3, $3)',
    [person.id, own, at],
  )
  return person
}
const run = async () => within(worker)(tellInactivity)
const told = async (person: Person) =>
  (
    await rows(
      `select m.kind, m.subject, m.to_account_id = $1 as self from mails m where m.about_id = $2
        order by m.created_at, m.kind`,
      [person.id, person.id],
    )
  ).map(m => (m.self ? m.subject : m.kind))
const lastAct = async (person: Person) =>
  (await rows('select last_act_at from account_activity where account_id = $1', [person.id]))[0]?.last_act_at

for (const [why, last, due] of [
  ['over ordinary months', noon('2027-03-10'), '2027-05-11'],
  ['31 December, in a common year', noon('2026-12-31'), '2027-03-01'],
  ['31 December, before a leap year', noon('2027-12-31'), '2028-03-01'],
  ['over the change of hour of March', '2027-02-28T22:59:00Z', '2027-04-29'],
  ['after midnight in Paris, over the change of hour of October', '2027-08-31T22:30:00Z', '2027-11-02'],
  ['30 August', noon('2027-08-30'), '2027-10-31'],
] as const)
  test(`ACC-5: warned fourteen and three days before, told with the account manager at the suspension, never twice: ${why}`, async () => {
    await rows('delete from mails')
    const person = await quietSince(last)
    for (const [day, expected] of [
      [addDays(due, -15), []],
      [addDays(due, -14), ['Vos habilitations seront bientôt suspendues pour inactivité']],
      [addDays(due, -14), []],
      [addDays(due, -9), []],
      [addDays(due, -3), ['Plus que trois jours avant la suspension de vos habilitations']],
      [addDays(due, -1), []],
      [due, ['Vos habilitations sont suspendues pour inactivité', 'inactivity-suspended']],
      [addDays(due, 1), []],
      [addDays(due, 40), []],
    ] as const) {
      await standAt(noon(day))
      await Promise.all([
        run(),
        (async () => {
          const other = new pg.Client(house.urls.workerUrl)
          await other.connect()
          await within(other)(tellInactivity)
          await other.end()
        })(),
      ])
      assert.deepEqual((await told(person)).toSorted(), [...expected].toSorted(), day)
      assert.equal(
        (await rows('select ctx.inactive_at($1, ctx.clock()) as inactive', [person.id]))[0].inactive,
        day >= due,
        `${day}: the suspension waits for no job`,
      )
      await rows('delete from mails')
    }
    await rows(`update accounts set status = 'suspended' where id = $1`, [person.id])
  })
test('ACC-5: a job that was dead tells the step that is reached, not those it missed; one that dies in the middle has told nobody', async () => {
  await standAt(noon('2027-06-01'))
  await rows('delete from mails')
  const person = await quietSince(noon('2027-04-04')) // suspended from 5 June
  const failing = {
    query: async (text: string, values?: unknown[]) => {
      if (/insert into/i.test(JSON.stringify(text))) throw new Error('killed')
      return worker.query(text, values)
    },
  }
  await assert.rejects(within(failing as never)(tellInactivity), /killed/)
  assert.deepEqual(await rows('select from inactivity_notices where account_id = $1', [person.id]), [])
  await standAt(noon('2027-06-03'))
  await run()
  assert.deepEqual(await told(person), ['Plus que trois jours avant la suspension de vos habilitations'])
  await rows(`update accounts set status = 'suspended' where id = $1`, [person.id])
})
test('ACC-5: the mails leave: whole sentences, the day, and no name', async () => {
  await standAt(noon('2027-07-01'))
  await rows('delete from mails')
  const person = await quietSince(noon('2027-04-30'))
  await run()
  const mails = await deliverMails(house, mailbox)
  assert.equal(mails.length, 2)
  assert.match(mails.map(m => m.text).join(''), /Depuis le 01\/07\/2027/)
  assert.ok(mails.every(m => !m.text.includes(person.name) && !m.subject.includes(person.name)))
  await rows(`update accounts set status = 'suspended' where id = $1`, [person.id])
})

test('ACC-5: only a deliberate act counts: not polling, nor reading what says nothing of it; a write and a card opened do', async () => {
  await standAt(noon('2027-08-02'))
  const old = noon('2027-07-20')
  const here = (person: Person) =>
    rows(
      "update sessions set created_at = ctx.clock(), last_seen_at = ctx.clock() - interval '1 minute', proven_at = now() where id = $1",
      [person.sessionId],
    )
  for (const [path, counts] of [
    ['/plain', false],
    ['/polled', false],
    ['/card', true],
  ] as const) {
    const person = await quietSince(old)
    await here(person)
    assert.equal((await house.call(person, 'GET', path)).status, 200)
    await settle(async () => (await lastAct(person)).toISOString() !== new Date(old).toISOString(), counts)
    assert.equal((await lastAct(person)).toISOString() !== new Date(old).toISOString(), counts, path)
  }
  const writer = await quietSince(old)
  await here(writer)
  assert.equal(
    (
      await house.call(writer, 'POST', '/habilitations/requests', {
        tool: 'fiche-etablissement',
        profile: 'consultation',
        perimeter: { territoryId: 2033 },
        purpose: 'suivi',
        reason: 'Lire',
      })
    ).status,
    200,
  )
  await settle(async () => (await lastAct(writer)).toISOString() !== new Date(old).toISOString(), true)
  assert.notEqual((await lastAct(writer)).toISOString(), new Date(old).toISOString())
})
test('ACC-5, ACC-12: suspended for inactivity, an open session opens nothing at its next request, and acting does not lift it', async () => {
  await standAt(noon('2027-11-15'))
  const person = await quietSince(noon('2027-09-14')) // suspended from 15 November
  await rows(
    "update sessions set created_at = ctx.clock() - interval '1 hour', last_seen_at = ctx.clock() where id = $1",
    [person.sessionId],
  )
  assert.equal((await house.call(person, 'GET', '/card')).status, 200)
  await settle(async () => false, false)
  assert.equal((await lastAct(person)).toISOString(), new Date(noon('2027-09-14')).toISOString())
  assert.deepEqual((await rows('select missing from ctx.held_grants($1, ctx.clock())', [person.id]))[0].missing, [
    'inactivity',
  ])
})
/** Notes are written after the answer: waited for when expected, given the time to be wrong when not. */
const settle = async (done: () => Promise<boolean>, expected: boolean) => {
  if (expected) return until('a note written', done)
  for (let i = 0; i < 10 && !(await done()); i++) await new Promise(next => setTimeout(next, 20))
}
