import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { dayInWords } from '../../platform/french.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, addMonths, parisDay } from '../../platform/time.ts'
import { moveClock, putClockBack } from '../../testing/clock.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { endDeparted } from '../people/end-departed.job.ts'
import { insertSent } from '../uploads/testing.ts'
import { rgc } from './index.ts'
import { remindRgcEvents } from './remind-events.job.ts'
import { mayAnswer, mayDeclare } from './rgc.policy.ts'

/* What a departure ends beside the role, what the CSSI enters for a structure, and the question of inactivity. */

let house: House
let workers: [pg.Client, pg.Client]
let cssi: Person
let signatory: Person
let manager: Person
let organisationId: string
const today = parisDay(new Date())
const grant = { tool: 'campagnes', profile: 'conseiller', territoryId: 0 } as const
/** The day of the database's clock; sessions follow it. */
const later = async (days: number) => {
  await moveClock(house.owner, `${days} days`)
  await house.owner.query(
    'update sessions set created_at = now() + $1::interval, last_seen_at = now() + $1::interval where ended_at is null',
    [`${days} days`],
  )
}
const post = (who: Person, path: string, body?: object) => house.call(who, 'POST', path, body, once())
const declare = (who: Person, body: object, of = manager) => post(who, '/rgc/events', { accountId: of.id, ...body })
/** As the CSSI received it, with its paper. */
const receivedOf = async (
  body: { kind: string; receivedOn?: string; [more: string]: unknown },
  of = manager,
  by = cssi,
) =>
  declare(
    by,
    {
      signedOn: body.receivedOn,
      file: await insertSent(house.owner, by.id, Buffer.from('%PDF-1.7 lettre %%EOF')),
      ...body,
    },
    of,
  )
const rows = async (statement: string, values: unknown[] = []) => (await house.owner.query(statement, values)).rows
const account = async ({ id }: Person) =>
  (
    await rows(
      `select a.status, a.family_name,
        (select count(*)::int from ctx.effective_grants(a.id, ctx.clock())) as grants,
        array(select r.role from ctx.effective_roles(a.id, ctx.clock()) r) as roles from accounts a where a.id = $1`,
      [id],
    )
  )[0]
const trail = async (action: string, of: Person) =>
  rows(
    `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = $1 and e.subject_id = $2`,
    [action, of.id],
  )
const mails = async (kind: string, about: string) =>
  rows('select to_account_id, body from mails where kind = $1 and about_id = $2 order by to_account_id', [kind, about])
const endAll = (worker = workers[0]) => within(worker)(endDeparted)
const officer = async (): Promise<Person> => {
  const person = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, person, 'cssi')
  return person
}
const overview = async (who: Person) => (await house.call(who, 'GET', '/rgc')).body

before(async () => {
  house = await openHouse(rgc)
  workers = [new pg.Client(house.urls.workerUrl), new pg.Client(house.urls.workerUrl)]
  await Promise.all(workers.map(w => w.connect()))
  cssi = await officer()
})
beforeEach(async () => {
  await putClockBack(house.owner)
  await house.owner.query(`update sessions set created_at = now(), last_seen_at = now() where ended_at is null`)
  await house.owner.query('delete from mails')
  organisationId = (await house.organisation()).id
  signatory = await house.person(organisationId)
  manager = await house.person(organisationId, [grant])
  await giveRole(house.owner, signatory, 'signataire')
  await giveRole(house.owner, manager, 'rgc')
})
after(async () => {
  await Promise.all(workers.map(w => w.end()))
  await house.close()
})

test('RGC-6, ACC-6: a departure to come ends the account and its grants with the last day, at that midnight without a job; then the name', async () => {
  const last = addDays(today, 5)
  const { body } = await declare(signatory, { kind: 'depart', lastDay: last, knownOn: today })
  assert.deepEqual([body.endsAccount, body.receivedOn], [true, null])
  assert.deepEqual(await account(manager).then(a => [a.status, a.grants, a.roles]), ['active', 1, ['rgc']])
  assert.equal((await trail('rgc-event.declared', manager))[0].detail.accountEnds, last)
  assert.equal(await endAll(), 0, 'not before its day')
  await later(6)
  assert.deepEqual(await account(manager).then(a => [a.status, a.grants, a.roles]), ['active', 0, []])
  assert.deepEqual((await Promise.all(workers.map(w => endAll(w)))).sort(), [0, 1], 'twice at once, once')
  const gone = await account(manager)
  assert.deepEqual([gone.status, /^n° [0-9A-F]{6}$/.test(gone.family_name)], ['deleted', true])
  const [left] = await rows('select cause, recorded_by from departed_people where account_id = $1', [manager.id])
  assert.deepEqual(left, { cause: 'departure', recorded_by: signatory.id })
  const [entry] = await trail('account.departed', manager)
  assert.deepEqual([entry.actor_id, entry.detail.event, entry.detail.grants], [null, body.id, 0])
  const [reminder, ...others] = await rows(`select body from mails where kind = 'confidentiality-reminder'`)
  assert.deepEqual(others, [])
  assert.match(
    reminder.body,
    new RegExp(`prend fin le ${dayInWords(last)}`),
    'their last day, not the day it is written',
  )
  assert.equal((await house.call(manager, 'GET', '/rgc')).body.code, 'session/required')
  assert.equal(await endAll(), 0)
})

test('RGC-6, ACC-6: one that is past takes nothing before its declaration, and all of it then', async () => {
  await house.owner.query(
    `update grants set granted_at = now() - interval '9 days', starts_on = $2 where account_id = $1`,
    [manager.id, addDays(today, -9)],
  )
  await house.owner.query(`update account_states set from_at = now() - interval '9 days' where account_id = $1`, [
    manager.id,
  ])
  const held = async (at: string) =>
    (await rows('select from ctx.held_grants($1, now() - $2::interval)', [manager.id, at])).length
  assert.equal(await held('1 day'), 1)
  await declare(signatory, { kind: 'depart', lastDay: addDays(today, -3), knownOn: addDays(today, -3) })
  assert.deepEqual([await held('1 day'), await held('0')], [1, 0], 'who had access the day before still reads so')
  assert.deepEqual(await account(manager).then(a => [a.status, a.grants, a.roles]), ['active', 0, []])
  assert.equal(await endAll(), 1)
  assert.equal((await account(manager)).status, 'deleted')
})

test('ACC-6: a change of function ends the account when it says so, an absence never; who is named again since keeps it', async () => {
  const [stays, moves, away] = await Promise.all([1, 2, 3].map(() => house.person(organisationId, [grant])))
  for (const who of [stays!, moves!, away!]) await giveRole(house.owner, who, 'rgc')
  const change = { kind: 'changement-de-fonction', lastDay: today, knownOn: today }
  assert.equal((await declare(signatory, change, stays)).body.endsAccount, false)
  assert.equal((await declare(signatory, { ...change, endsAccount: true }, moves)).body.endsAccount, true)
  assert.equal(
    (await declare(signatory, { kind: 'absence', absentFrom: addDays(today, -1), endsAccount: true }, away)).body
      .endsAccount,
    false,
  )
  await declare(signatory, { kind: 'depart', lastDay: today, knownOn: today })
  await later(2)
  await giveRole(house.owner, manager, 'rgc')
  assert.equal(await endAll(), 1)
  assert.deepEqual(await Promise.all([stays!, moves!, away!, manager].map(async who => (await account(who)).status)), [
    'active',
    'deleted',
    'active',
    'active',
  ])
})

test('ACC-6: a departure that a new designation made void ends nothing later, when that one ends in its turn; another departure does', async () => {
  const designate = (of = manager) =>
    house.owner.query(
      `insert into role_assignments (id, account_id, organisation_id, role, starts_at, assigned_by, reason)
        values (gen_random_uuid(), $1, $2, 'rgc', ctx.clock(), $3, 'Acte d’engagement')`,
      [of.id, organisationId, signatory.id],
    )
  const letGo = (of = manager) =>
    house.owner.query(
      `update role_assignments set ends_at = ctx.clock() where account_id = $1 and role = 'rgc' and ends_at is null`,
      [of.id],
    )
  const depart = { kind: 'depart', lastDay: addDays(today, 2), knownOn: today }
  const leaves = await house.person(organisationId, [grant])
  await giveRole(house.owner, leaves, 'rgc')
  for (const who of [manager, leaves]) {
    assert.equal((await declare(signatory, depart, who)).status, 200)
    await designate(who)
  }
  await letGo(leaves)
  await later(4)
  assert.equal(await endAll(), 1, 'one let go before that day leaves all the same')
  assert.deepEqual([(await account(leaves)).status, (await account(manager)).status], ['deleted', 'active'])
  await letGo()
  await later(5)
  assert.deepEqual([await endAll(), (await account(manager)).status], [0, 'active'], 'an agent like the others')
  await designate()
  await house.owner.query(
    `insert into rgc_events (id, account_id, organisation_id, kind, last_day, known_on, declare_by, late,
      rights_end_at, declared_by, declared_at, ends_account) values (gen_random_uuid(), $1, $2, 'depart', $3, $3, $3,
      false, ctx.clock(), $4, ctx.clock(), true)`,
    [manager.id, organisationId, addDays(today, 5), signatory.id],
  )
  await letGo()
  await later(6)
  assert.deepEqual([await endAll(), (await account(manager)).status], [1, 'deleted'])
})

test('RGC-6, AGR-13: the CSSI enters what it received, with its paper: the day of receipt decides what is late, rights end from the entry, and the structure is told', async () => {
  const body = { kind: 'depart', lastDay: addDays(today, -20), knownOn: addDays(today, -20) }
  for (const wrong of [
    body,
    { ...body, receivedOn: addDays(today, 1) },
    { ...body, receivedOn: addDays(today, -21) },
    { ...body, receivedOn: addDays(today, -12), signedOn: addDays(today, -11) },
    { ...body, receivedOn: addDays(today, -12), signedOn: null },
  ])
    assert.equal((await receivedOf(wrong)).body.code, 'rgc/event-dates')
  const bare = { ...body, receivedOn: today }
  assert.equal((await receivedOf({ ...bare, file: null })).body.code, 'rgc/paper-required')
  assert.equal((await receivedOf({ ...bare, file: uuidv7() })).body.code, 'upload/unknown')
  assert.deepEqual(await account(manager).then(a => a.roles), ['rgc'], 'nothing of what is refused is done')
  assert.equal(
    (await declare(signatory, { ...body, receivedOn: today })).body.code,
    'rgc/event-dates',
    'a structure receives nothing of its own',
  )
  const { body: entered } = await receivedOf({
    ...body,
    receivedOn: addDays(today, -12),
    signedOn: addDays(today, -14),
  })
  assert.deepEqual(
    [entered.late, entered.receivedOn, entered.signedOn, entered.endsAccount, entered.allowed],
    [false, addDays(today, -12), addDays(today, -14), true, ['download', 'withdraw']],
  )
  assert.ok(entered.rightsEndAt >= entered.declaredAt)
  const told = await mails('rgc-event-entered', entered.id)
  assert.ok(told.some(m => m.to_account_id === signatory.id))
  assert.match(told[0].body, /a enregistré le départ.*dites-le-lui sans attendre/s)
  assert.deepEqual(await mails('rgc-event', entered.id), [])
  assert.deepEqual(
    (await mails('rgc-event-named', entered.id)).map(m => m.to_account_id),
    [manager.id],
    'whom it is about reads it too',
  )
  assert.equal((await trail('rgc-event.received', manager))[0].detail.receivedOn, addDays(today, -12))
  assert.deepEqual(await account(manager).then(a => [a.grants, a.roles]), [0, []])
  const other = await house.person(organisationId)
  await giveRole(house.owner, other, 'rgc')
  const { body: late } = await receivedOf({ ...body, receivedOn: addDays(today, -11) }, other)
  assert.equal(late.late, true)
  assert.equal((await receivedOf({ ...body, receivedOn: today }, signatory)).body.code, 'rgc/not-in-place')
  // AGR-13: a mistaken day is corrected, what is late with it, and each correction stays.
  const correct = (who: Person, over: object) =>
    post(who, '/rgc/papers/corrections', { kind: 'event', id: late.id, reason: 'Tampon mal lu', ...over })
  const [second, third] = [await officer(), await officer()]
  const days = { receivedOn: addDays(today, -12), signedOn: addDays(today, -13) }
  assert.equal((await correct(cssi, days)).body.code, 'rgc/second-person', 'who told it does not correct it')
  // Within ninety days of what was told last; the delay runs anew from each correction.
  const enteredAgo = (ago: number) =>
    house.owner.query(`update rgc_events set declared_at = now() - make_interval(days => $2) where id = $1`, [
      late.id,
      ago,
    ])
  await enteredAgo(91)
  assert.equal((await correct(second, days)).body.code, 'rgc/correction-too-late')
  await enteredAgo(89)
  assert.equal((await correct(second, days)).status, 200)
  assert.equal((await correct(second, { receivedOn: addDays(today, -11) })).body.code, 'rgc/second-person')
  const line = (await overview(signatory)).events.find((e: any) => e.id === late.id)
  assert.deepEqual(
    [line.late, line.allowed, line.corrections.map((c: any) => [c.before, c.after])],
    [
      false,
      ['download', 'contest'],
      [
        [
          { signedOn: addDays(today, -11), receivedOn: addDays(today, -11) },
          { signedOn: addDays(today, -13), receivedOn: addDays(today, -12) },
        ],
      ],
    ],
  )
  assert.equal((await correct(third, { receivedOn: addDays(today, -21) })).body.code, 'rgc/paper-dates')
  assert.equal((await correct(signatory, { receivedOn: today })).body.code, 'access/role-required')
  const stranger = await house.person((await house.organisation()).id)
  await giveRole(house.owner, stranger, 'signataire')
  assert.notEqual((await declare(stranger, body, other)).status, 200)
  const stale = await house.person(cssi.organisationId, [], { provenAt: new Date(Date.now() - 11 * 60_000) })
  await giveRole(house.owner, stale, 'cssi')
  assert.equal((await receivedOf({ ...body, receivedOn: today }, other, stale)).body.code, 'session/step-up-required')
})

test('RGC-6: two months without an act ask a question, once, to the structure alone; never late, answered or ended by an act', async () => {
  const quiet = (day: string) =>
    house.owner.query(
      `insert into account_activity (account_id, organisation_id, last_act_at, first_at)
        values ($1, $2, $3, '2020-01-01') on conflict (account_id) do update set last_act_at = excluded.last_act_at`,
      [manager.id, organisationId, `${day}T10:00:00Z`],
    )
  const agent = await house.person(organisationId)
  const answer = (who: Person) => post(who, `/rgc/unseen/${manager.id}/present`)
  await quiet(addMonths(today, -2))
  assert.deepEqual((await overview(signatory)).unseen, [], 'to the end of the two months')
  assert.equal((await answer(signatory)).body.code, 'rgc/not-asked')
  await quiet(addDays(addMonths(today, -2), -1))
  const { unseen, toDeclare } = await overview(signatory)
  assert.deepEqual([unseen.map((u: any) => [u.person.id, u.allowed]), toDeclare], [[[manager.id, ['answer']]], []])
  const seen = (await house.call(cssi, 'GET', '/rgc/oversight')).body.unseen.filter(
    (u: any) => u.person.id === manager.id,
  )
  assert.deepEqual(
    seen.map((u: any) => u.allowed),
    [[]],
    'the operator sees it and answers nothing',
  )
  const remind = () => Promise.all(workers.map(w => within(w)(remindRgcEvents)))
  await remind()
  await later(40)
  await remind()
  const asked = await mails('rgc-event-question', manager.id)
  assert.deepEqual(asked.map(m => m.to_account_id).sort(), [signatory.id, manager.id].sort())
  assert.match(asked[0].body, /Est-il toujours en fonction/)
  assert.deepEqual(await mails('rgc-event-late', manager.id), [])
  assert.equal((await answer(agent)).body.code, 'rgc/partner-only')
  assert.equal((await answer(cssi)).body.code, 'rgc/partner-only')
  assert.deepEqual(
    (await Promise.all([answer(signatory), answer(signatory)])).map(a => a.status).sort(),
    [200, 409],
    'twice at once, once',
  )
  assert.deepEqual((await overview(signatory)).unseen, [])
  assert.equal((await trail('rgc-presence.answered', manager)).length, 1)
  await later(40 + 70)
  assert.equal((await overview(signatory)).unseen.length, 1, 'asked again after two more months')
  await post(signatory, '/rgc/known-events', { accountId: manager.id, kind: 'absence', knownOn: addDays(today, 100) })
  assert.deepEqual((await overview(signatory)).unseen, [], 'what is noted is asked no more')
})

test('SEC-6, RGC-6: whatever the application forgets, a declaration and an answer are one’s own; the database says what the policy says', async () => {
  const [agent, stranger, admin, office, otherOffice] = (await Promise.all([
    house.person(organisationId),
    house.person((await house.organisation()).id),
    ...[1, 2, 3].map(() => house.person(cssi.organisationId)),
  ])) as [Person, Person, Person, Person, Person]
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
    (1053, 'region', '53', 'Bretagne')`)
  await rows('update conventions set region_id = 1075 where organisation_id = $1', [organisationId])
  await giveRole(house.owner, office, 'direction-regionale', { regionId: 1075 })
  await giveRole(house.owner, otherOffice, 'direction-regionale', { regionId: 1053 })
  await giveRole(house.owner, stranger, 'signataire')
  await giveRole(house.owner, admin, 'administrateur')
  const tries = async (who: Person, statement: ReturnType<typeof sql>) => {
    const tx = await house.database.begin()
    try {
      const viewer = (await tx.enter(tokenHash(who.cookie.slice('session='.length))))!
      const done = await tx.run(statement).catch(() => 0)
      return { viewer, done: done === 1 }
    } finally {
      await tx.rollback()
    }
  }
  const event = (by: Person, receivedOn: string | null, of = manager) =>
    sql`insert into rgc_events (id, account_id, organisation_id, kind, last_day, known_on, declare_by, late,
      rights_end_at, declared_by, declared_at, received_on, ends_account)
      values (${uuidv7()}, ${of.id}, ${organisationId}, 'depart', ${today}, ${today}, ${today}, false, now(), ${by.id},
      now(), ${receivedOn}, true)`
  const presence = (by: Person, of = manager) =>
    sql`insert into rgc_presences (id, account_id, organisation_id, said_by, said_at)
      values (${uuidv7()}, ${of.id}, ${organisationId}, ${by.id}, now())`
  const received: Person[] = []
  for (const who of [signatory, manager, agent, stranger, admin, cssi, office, otherOffice]) {
    const [own, entered, answered] = [
      await tries(who, event(who, null)),
      await tries(who, event(who, today)),
      await tries(who, presence(who)),
    ]
    const may = mayDeclare(own.viewer, { organisationId, regionId: 1075 }) === true
    assert.equal(own.done || entered.done, may)
    if (entered.done) received.push(who)
    assert.equal(own.done && entered.done, false, 'what one receives one does not declare')
    assert.equal(answered.done, mayAnswer(answered.viewer, organisationId) === true)
  }
  for (const statement of [
    event(cssi, null),
    event(manager, null),
    event(office, today),
    event(signatory, null, stranger),
    presence(cssi),
    presence(signatory, stranger),
  ])
    assert.equal((await tries(signatory, statement)).done, false)
  assert.deepEqual(received, [cssi, office])
  // Of the operator, who ends a role has just entered why.
  const ends = sql`select from (select end_rgc_role(${manager.id}::uuid, now()) as n) e where e.n > 0`
  const endsAs = async (who: Person, ...first: ReturnType<typeof sql>[]) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      for (const statement of first) await tx.run(statement)
      return (await tx.run(ends)) === 1
    } finally {
      await tx.rollback()
    }
  }
  const other = await house.person(organisationId)
  assert.deepEqual(
    [
      await endsAs(office),
      await endsAs(cssi),
      await endsAs(office, event(office, today, other)),
      await endsAs(office, event(office, today)),
      await endsAs(cssi, event(cssi, today)),
      await endsAs(signatory),
    ],
    [false, false, false, true, true, true],
  )
  // What ends an account is the event just declared, by who declared it.
  const { body: declared } = await declare(signatory, { kind: 'depart', lastDay: addDays(today, 9), knownOn: today })
  await tries(signatory, sql`select end_rgc_access(${declared.id}::uuid)`)
  assert.equal(
    (
      await tries(
        stranger,
        sql`select from (select end_rgc_access(${declared.id}::uuid) as ends) e where e.ends is not null`,
      )
    ).done,
    false,
  )
  assert.equal(
    (
      await tries(
        signatory,
        sql`select from (select end_rgc_access(${declared.id}::uuid) as ends) e where e.ends is not null`,
      )
    ).done,
    false,
  )
  assert.equal(
    (await tries(stranger, sql`select from (select end_rgc_role(${manager.id}::uuid, now()) as n) e where e.n > 0`))
      .done,
    false,
  )
})
