import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { moveClock, putClockBack } from '../../testing/clock.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { giveRole } from '../accounts/testing.ts'
import { rgc } from '../rgc/index.ts'
import { mayContestDeed, mayTakeBack } from '../rgc/rgc.policy.ts'
import { deedActs, withConditions } from '../rgc/testing.ts'
import { insertSent } from '../uploads/testing.ts'
import { endDeparted } from './end-departed.job.ts'

/* A departure declared by mistake, a paper contested: who takes them back, what comes back, and who is told. */

let house: House
let worker: pg.Client
let cssi: Person
let signatory: Person
let manager: Person
let colleague: Person
let organisationId: string
const today = parisDay(new Date())
const grant = { tool: 'campagnes', profile: 'conseiller', territoryId: 0 } as const
const later = async (days: number) => {
  await moveClock(house.owner, `${days} days`)
  await house.owner.query(
    'update sessions set created_at = now() + $1::interval, last_seen_at = now() + $1::interval where ended_at is null',
    [`${days} days`],
  )
}
const rows = async (statement: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(statement, values)).rows
const post = (who: Person, path: string, body?: object) => house.call(who, 'POST', path, body, once())
const declares = async (who: Person, body: object, of = manager) => {
  const answer = await post(who, '/rgc/events', { accountId: of.id, kind: 'depart', knownOn: today, ...body })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
/** As the CSSI received it, with its paper. */
const received = async (lastDay: string, of = manager, by = cssi) =>
  declares(
    by,
    {
      lastDay,
      signedOn: today,
      receivedOn: today,
      file: await insertSent(house.owner, by.id, Buffer.from('%PDF-1.7 lettre %%EOF')),
    },
    of,
  )
const takesBack = (who: Person, { id }: { id: string }, body: object = { reason: 'Erreur sur la personne' }) =>
  post(who, `/rgc/events/${id}/withdraw`, body)
const account = async ({ id }: Person) =>
  (
    await rows(
      `select a.status, (select count(*)::int from ctx.effective_grants(a.id, ctx.clock())) as grants,
        array(select r.role from ctx.effective_roles(a.id, ctx.clock()) r) as roles from accounts a where a.id = $1`,
      [id],
    )
  )[0]
const standing = (who: Person) => account(who).then(a => [a.status, a.grants, a.roles])
const trail = async (action: string, of: Person) =>
  rows(
    `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = $1 and e.subject_id = $2`,
    [action, of.id],
  )
const mails = async (kind: string): Promise<{ to_account_id: string; body: string }[]> =>
  rows('select to_account_id, body from mails where kind = $1', [kind])
const eventOf = async (who: Person, { id }: { id: string }) =>
  (await house.call(who, 'GET', '/rgc')).body.events.find((e: { id: string }) => e.id === id)

before(async () => {
  house = await withConditions(await openHouse(rgc))
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  cssi = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, cssi, 'cssi')
})
beforeEach(async () => {
  await putClockBack(house.owner)
  await rows('update sessions set created_at = now(), last_seen_at = now() where ended_at is null')
  await rows('delete from mails')
  organisationId = (await house.organisation()).id
  signatory = await house.person(organisationId)
  manager = await house.person(organisationId, [grant])
  colleague = await house.person(organisationId)
  await giveRole(house.owner, signatory, 'signataire')
  for (const who of [manager, colleague]) await giveRole(house.owner, who, 'rgc')
})
after(async () => {
  await worker.end()
  await house.close()
})

test('RGC-6: a departure to come, declared by mistake, is taken back with a reason: role, grants and account go on past its day; both sides and the person are told', async () => {
  const event = await declares(signatory, { lastDay: addDays(today, 5) })
  assert.equal((await takesBack(signatory, event, {})).status, 400)
  assert.equal((await takesBack(signatory, event, { reason: ' ' })).status, 400)
  const { status, body } = await takesBack(signatory, event)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(body.back, { role: true, account: false, grants: 1, waiting: 0 })
  assert.deepEqual(
    [body.withdrawn.reason, body.withdrawn.by.id, body.allowed],
    ['Erreur sur la personne', signatory.id, []],
  )
  assert.deepEqual(
    (await mails('rgc-event-withdrawn')).map(m => m.to_account_id).sort(),
    [cssi.id, colleague.id].sort(),
    'the other account manager and the CSSI; not who did it',
  )
  for (const { body: said } of await mails('rgc-event-withdrawn')) assert.match(said, /Erreur sur la personne/)
  assert.deepEqual(
    (await mails('rgc-event-named')).map(m => [m.to_account_id, /droits de gestion continuent/.test(m.body)]),
    [[manager.id, true]],
  )
  assert.equal((await takesBack(signatory, event)).body.code, 'rgc/event-taken-back')
  await later(6)
  assert.deepEqual(await standing(manager), ['active', 1, ['rgc']])
  assert.equal(await within(worker)(endDeparted), 0)
  const [entry] = await trail('rgc-event.withdrawn', manager)
  assert.deepEqual([entry.actor_id, entry.detail.event], [signatory.id, event.id])
})
test('RGC-6: one whose day is past gives the role back from now on; its grant waits to be given back; nothing of the past changes', async () => {
  const event = await declares(signatory, { lastDay: addDays(today, 2) })
  await later(4)
  assert.deepEqual(await standing(manager), ['active', 0, []])
  const { body } = await takesBack(colleague, event)
  assert.deepEqual(body.back, { role: true, account: false, grants: 0, waiting: 1 })
  assert.deepEqual(await standing(manager), ['active', 0, ['rgc']])
  const held = async (day: number) =>
    (
      await rows(
        `select from ctx.held_grants($1, (($2::date)::timestamp + interval '12 hours') at time zone 'Europe/Paris')`,
        [manager.id, addDays(today, day)],
      )
    ).length
  assert.deepEqual([await held(1), await held(2), await held(3)], [1, 1, 0])
  const [waiting] = await rows('select suspended, ends_on from grants where account_id = $1', [manager.id])
  assert.deepEqual([waiting.suspended, waiting.ends_on], [true, null], 'as an RGC gives it back, with the end it had')
})
test('RGC-6, ACC-6: one declared late, of a day past, gives back the role, and its grant waits', async () => {
  const day = addDays(today, -3)
  const event = await declares(signatory, { lastDay: day, knownOn: day })
  assert.deepEqual(await standing(manager), ['active', 0, []])
  assert.deepEqual((await takesBack(signatory, event)).body.back, { role: true, account: false, grants: 0, waiting: 1 })
  assert.deepEqual(await standing(manager), ['active', 0, ['rgc']])
  assert.equal(await within(worker)(endDeparted), 0)
})
test('RGC-6, ACC-16: the account that the departure ended comes back within thirty days, and no later', async () => {
  const event = await declares(signatory, { lastDay: addDays(today, 1) })
  await later(2)
  assert.equal(await within(worker)(endDeparted), 1)
  assert.equal((await account(manager)).status, 'deleted')
  await later(40)
  assert.equal((await takesBack(signatory, event)).body.code, 'person/undo-too-late')
  assert.equal((await eventOf(signatory, event)).withdrawn, null, 'nothing of it is kept')
  await later(20)
  const { body } = await takesBack(signatory, event)
  assert.deepEqual(body.back, { role: true, account: true, grants: 0, waiting: 1 })
  const [back] = await rows('select status, given_name, family_name from accounts where id = $1', [manager.id])
  assert.deepEqual([back.status, `${back.given_name} ${back.family_name}`], ['active', manager.name])
})
test('RGC-6: an absence is taken back too; the role is not given back once a new deed names the person no more', async () => {
  const event = await declares(signatory, {
    kind: 'absence',
    absentFrom: addDays(today, 1),
    knownOn: null,
    foreseenOn: today,
  })
  await later(2)
  assert.deepEqual((await account(manager)).roles, [])
  await rows(
    `with d as (insert into rgc_deeds (id, organisation_id, organisation_name, siret, address, signatory_id, signatory_name,
        signatory_title, conditions_given, digest, created_by, created_at, sent_at, convention_id)
      select gen_random_uuid(), d.organisation_id, d.organisation_name, d.siret, d.address, d.signatory_id, 'Essai', 'Essai',
        true, d.digest, d.created_by, now(), now(), d.convention_id from rgc_deeds d where d.organisation_id = $1 limit 1
      returning *)
      insert into rgc_members (deed_id, account_id, organisation_id, position, rank, given_name, family_name, phone, email)
      select d.id, $2, d.organisation_id, 'titulaire', 1, 'Essai', 'Essai', '0500000000', 'essai@x.example' from d`,
    [organisationId, colleague.id],
  )
  assert.equal((await takesBack(signatory, event)).body.back.role, false)
  assert.deepEqual((await account(manager)).roles, [])
})
test('RGC-6: of two declarations of one departure, each taken back leaves what the other ends', async () => {
  const [first, second] = [addDays(today, 9), addDays(today, 5)]
  const one = await declares(signatory, { lastDay: first })
  const two = await declares(signatory, { lastDay: second })
  const ends = async () => (await rows('select ends_on from grants where account_id = $1', [manager.id]))[0].ends_on
  assert.equal((await takesBack(signatory, one)).body.back.grants, 0)
  assert.equal(await ends(), second)
  assert.deepEqual((await takesBack(signatory, two)).body.back, { role: true, account: false, grants: 1, waiting: 0 })
  assert.equal(await ends(), null, 'not the day of the first, which is taken back')
  await later(10)
  assert.deepEqual(await standing(manager), ['active', 1, ['rgc']])
})
test('AGR-13, RGC-6: what the CSSI entered is contested by the structure, or taken back by the CSSI; its paper and the trail stay', async () => {
  const contested = await received(addDays(today, 3))
  assert.deepEqual((await eventOf(signatory, contested)).allowed, ['download', 'contest'])
  assert.equal((await takesBack(signatory, contested, { reason: 'Nous n’avons rien envoyé' })).status, 200)
  assert.deepEqual(
    (await mails('rgc-event-received-withdrawn')).map(m => m.to_account_id).sort(),
    [cssi.id, colleague.id].sort(),
  )
  assert.match((await mails('rgc-event-received-withdrawn'))[0]!.body, /conteste/)
  assert.deepEqual((await eventOf(signatory, contested)).allowed, ['download'])
  assert.equal((await trail('rgc-event.contested', manager))[0].actor_id, signatory.id)
  const own = await received(addDays(today, 3))
  assert.equal((await takesBack(cssi, own)).status, 200)
  assert.deepEqual(await standing(manager), ['active', 1, ['rgc']])
})
test('RGC-6: two take it back at once: one does, the other reads that it is done', async () => {
  const event = await declares(signatory, { lastDay: addDays(today, 5) })
  const answers = await Promise.all([takesBack(signatory, event), takesBack(colleague, event)])
  assert.deepEqual(answers.map(a => a.body.code ?? a.status).sort(), [200, 'rgc/event-taken-back'].sort())
})
test('SEC-6, RGC-6: who takes back what: the policy and ctx.takes_back agree, each clause counts, and the refused change nothing', async () => {
  const elsewhere = (await house.organisation()).id
  const stranger = await house.person(elsewhere)
  await giveRole(house.owner, stranger, 'signataire')
  const agent = await house.person(organisationId)
  const operator = (await rows('select organisation_id from accounts where id = $1', [cssi.id]))[0].organisation_id
  const administrator = await house.person(operator)
  await giveRole(house.owner, administrator, 'administrateur')
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
    (1053, 'region', '53', 'Bretagne')`)
  await rows('update conventions set region_id = 1075 where organisation_id = $1', [organisationId])
  // Of the office: who enters one, a colleague, and who entered one before leaving for another region.
  const [office, officeColleague, moved] = [
    await house.person(operator),
    await house.person(operator),
    await house.person(operator),
  ]
  for (const [who, regionId] of [
    [office, 1075],
    [officeColleague, 1075],
    [moved, 1053],
  ] as const)
    await giveRole(house.owner, who, 'direction-regionale', { regionId })
  const day = addDays(today, 5)
  const events = [
    { id: (await declares(signatory, { lastDay: day })).id, by: signatory, received: false },
    { id: (await declares(manager, { lastDay: addDays(today, 4) })).id, by: manager, received: false },
    { id: (await received(addDays(today, 3))).id, by: cssi, received: true },
    ...[
      { id: uuidv7(), by: office, received: true },
      { id: uuidv7(), by: moved, received: true },
      { id: uuidv7(), by: office, received: false },
    ],
  ]
  for (const { id, by, received: entered } of events.slice(3))
    await rows(
      `insert into rgc_events (id, account_id, organisation_id, kind, last_day, known_on, declare_by, late,
        rights_end_at, declared_by, declared_at, received_on)
        values ($1, $2, $3, 'depart', $4, $4, $4, false, now(), $5, now(), $6)`,
      [id, manager.id, organisationId, today, by.id, entered ? today : null],
    )
  const sights: [string, Person, boolean][] = []
  for (const who of [
    signatory,
    manager,
    colleague,
    agent,
    stranger,
    cssi,
    administrator,
    office,
    officeColleague,
    moved,
  ]) {
    const tx = await house.database.begin()
    const viewer = (await tx.enter(tokenHash(who.cookie.slice('session='.length))))!
    await tx.rollback()
    for (const { id, by, received: entered } of events)
      sights.push([
        id,
        who,
        mayTakeBack(viewer, {
          organisationId,
          regionId: 1075,
          accountId: manager.id,
          declaredBy: by.id,
          received: entered,
        }) === true,
      ])
  }
  const parts = async () => {
    let n = 0
    for (const [id, who, may] of sights) {
      const tx = await house.database.begin()
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      const said = await tx.first(sql<{ said: boolean }>`select ctx.takes_back(${id}::uuid) as said`)
      await tx.rollback()
      if (said!.said !== may) n++
    }
    return n
  }
  assert.equal(await parts(), 0)
  assert.deepEqual(
    sights.filter(([, , may]) => may).map(([id, who]) => [events.findIndex(e => e.id === id), who.id]),
    [
      ...[0, 1, 2, 3, 4, 5].map(n => [n, signatory.id]),
      [1, manager.id],
      ...[0, 1, 2, 3, 4, 5].map(n => [n, colleague.id]),
      ...[2, 3, 4].map(n => [n, cssi.id]),
      [3, office.id],
    ],
  )
  for (const [from, to] of [
    ['e.received_on is not null and ', ''],
    ['ctx.officer_for(e.organisation_id) or ', ''],
    ['ctx.officer_for(e.organisation_id)', 'true'],
    ['or ctx.receives_papers_of(e.organisation_id) and e.declared_by = ctx.account()', ''],
    ['ctx.receives_papers_of(e.organisation_id) and ', ''],
    [' and e.declared_by = ctx.account()', ''],
    ['e.organisation_id = ctx.organisation() and ', ''],
    ['ctx.proposes_deeds() and ', ''],
    ['e.account_id <> ctx.account() or ', ''],
    [' or e.declared_by = ctx.account()', ''],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.takes_back(uuid)', from, to, async () =>
      assert.notEqual(await parts(), 0, from),
    )
  // Refused by the routes, and by the database when the application forgets.
  assert.equal((await takesBack(manager, events[0]!)).body.code, 'rgc/not-yours-to-take-back')
  assert.equal((await takesBack(cssi, events[0]!)).body.code, 'rgc/not-yours-to-take-back')
  assert.equal((await takesBack(stranger, events[0]!)).status, 404)
  for (const who of [manager, cssi, stranger]) {
    const tx = await house.database.begin()
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    const back = await tx.first(
      sql<{ back: object | null }>`select take_back_rgc_event(${events[0]!.id}::uuid, 'x') as back`,
    )
    assert.equal(back!.back, null)
    await tx.commit()
  }
  assert.equal(
    (await rows('select from rgc_events where withdrawn_at is not null and organisation_id = $1', [organisationId]))
      .length,
    0,
  )
})

/** A deed signed by hand that names these people, as the CSSI enters it. */
const entered = async (people: readonly Person[], by = cssi, over: object = {}) => {
  const [convention] = await rows('select id from conventions where organisation_id = $1', [organisationId])
  const answer = await post(by, '/rgc/paper-deeds', {
    organisationId,
    conventionId: convention.id,
    address: '1 place de l’Essai, 33000 Essai',
    signatoryId: signatory.id,
    signatoryTitle: 'Présidence',
    conditionsGiven: true,
    members: await Promise.all(people.map(p => deedActs(house).named(p))),
    signedOn: addDays(today, -2),
    receivedOn: today,
    file: await insertSent(house.owner, by.id, Buffer.from(`%PDF-1.7 ${uuidv7()} %%EOF`)),
    ...over,
  })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const contests = (who: Person, { id }: { id: string }, body: object = { reason: 'Nous n’avons rien signé' }) =>
  post(who, `/rgc/deeds/${id}/contest`, body)
const inPlace = async () =>
  (await house.call(signatory, 'GET', '/rgc')).body.inPlace.map((p: { id: string }) => p.id).sort()

test('AGR-13, RGC-10: the signatory contests a deed that the CSSI entered: it counts no more, who was in place is again, and all are told', async () => {
  const newcomer = await house.person(organisationId)
  const before = await inPlace()
  assert.equal(before.length, 2)
  const deed = await entered([newcomer])
  assert.deepEqual(await inPlace(), [newcomer.id])
  assert.ok((await house.call(signatory, 'GET', '/rgc')).body.deeds[0].allowed.includes('contest'))
  assert.equal((await contests(signatory, deed, {})).status, 400)
  const { status, body } = await contests(signatory, deed)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    [body.state, body.contested.reason, body.allowed],
    ['conteste', 'Nous n’avons rien signé', ['download']],
  )
  assert.deepEqual(await inPlace(), before)
  const told = [...(await mails('rgc-deed-contested')), ...(await mails('rgc-deed-answered'))]
  assert.deepEqual(told.map(m => m.to_account_id).sort(), [cssi.id, manager.id, colleague.id, newcomer.id].sort())
  for (const { body: said } of told) assert.match(said, /Nous n’avons rien signé/)
  assert.equal((await contests(signatory, deed)).body.code, 'rgc/not-contestable', 'once')
  const [oversight] = (await house.call(cssi, 'GET', '/rgc/oversight')).body.deeds
  assert.deepEqual([oversight.state, oversight.allowed], ['conteste', ['download']], 'neither answered nor corrected')
  const correction = { kind: 'deed', id: deed.id, receivedOn: addDays(today, -1), reason: 'Erreur' }
  assert.equal((await post(cssi, '/rgc/papers/corrections', correction)).body.code, 'rgc/no-paper')
  assert.equal(
    (await post(cssi, `/rgc/deeds/${deed.id}/decision`, { kind: 'acceptation' })).body.code,
    'rgc/already-decided',
  )
  // It barred nobody, and the next one waits for no month.
  const next = await entered([newcomer, manager])
  assert.deepEqual([next.state, await inPlace()], ['en-vigueur', [newcomer.id, manager.id].sort()])
  const [entry] = await rows(
    `select actor_id from audit_entries where action = 'rgc-deed.contested' and subject_id = $1`,
    [deed.id],
  )
  assert.equal(entry.actor_id, signatory.id)
})
test('AGR-13, SEC-6: a deed is contested by a signatory of that structure alone, of what the operator entered and did not refuse, in the routes and in contest_rgc_deed', async () => {
  const stranger = await house.person((await house.organisation()).id)
  await giveRole(house.owner, stranger, 'signataire')
  const deed = await entered([manager, colleague])
  const straight = async (who: Person, { id }: { id: string }) => {
    const tx = await house.database.begin()
    const viewer = (await tx.enter(tokenHash(who.cookie.slice('session='.length))))!
    const said = await tx.first(sql<{ done: boolean }>`select contest_rgc_deed(${id}::uuid, 'x') as done`)
    await tx.rollback()
    assert.equal(said!.done && mayContestDeed(viewer, { organisationId }) !== true, false)
    return said!.done
  }
  assert.equal((await contests(manager, deed)).body.code, 'rgc/signatory-only')
  assert.equal((await contests(cssi, deed)).body.code, 'rgc/signatory-only')
  assert.equal((await contests(stranger, deed)).status, 404)
  const done = []
  for (const who of [signatory, manager, cssi, stranger]) done.push(await straight(who, deed))
  assert.deepEqual(done, [true, false, false, false])
  await post(cssi, `/rgc/deeds/${deed.id}/decision`, { kind: 'refus', reason: 'Motif', refused: [colleague.id] })
  const deposited = await entered([manager], signatory)
  for (const not of [deed, deposited]) {
    assert.equal((await contests(signatory, not)).body.code, 'rgc/not-contestable')
    assert.equal(await straight(signatory, not), false)
  }
})

const ends = (who: Person, by: Person) =>
  rows(`select ctx.end_account($1, 'departure', 'Mutation', $2)`, [who.id, by.id])
const roleRows = async (who: Person) =>
  (
    await rows(
      `select from role_assignments where account_id = $1 and role = 'rgc' and (ends_at is null or ends_at > ctx.clock())`,
      [who.id],
    )
  ).length
test('RGC-6, ACC-16: taken back, a departure gives nothing to an account that somebody else ended meanwhile', async () => {
  const event = await declares(signatory, { lastDay: addDays(today, 1) })
  await later(2)
  assert.deepEqual(await standing(manager), ['active', 0, []])
  await ends(manager, colleague)
  const { body } = await takesBack(signatory, event)
  assert.deepEqual(body.back, { role: false, account: false, grants: 0, waiting: 0 })
  assert.deepEqual([(await account(manager)).status, await roleRows(manager)], ['deleted', 0])
  assert.equal((await eventOf(signatory, event)).withdrawn.reason, 'Erreur sur la personne', 'the event is taken back')
})
test('RGC-6, ACC-16: nor to an account that the same person had ended before the day declared', async () => {
  const event = await declares(signatory, { lastDay: addDays(today, 5) })
  await ends(manager, signatory)
  const { body } = await takesBack(signatory, event)
  assert.deepEqual(body.back, { role: false, account: false, grants: 0, waiting: 0 })
  assert.deepEqual([(await account(manager)).status, await roleRows(manager)], ['deleted', 0])
})
test('RGC-10, AGR-13: a contested deed gives the role back to those it let go, save an account ended since', async () => {
  const deed = await entered([await house.person(organisationId)])
  await ends(manager, colleague)
  assert.equal((await contests(signatory, deed)).status, 200)
  assert.deepEqual([await roleRows(manager), await roleRows(colleague)], [0, 1])
})
