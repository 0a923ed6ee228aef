import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { rgc } from '../rgc/index.ts'
import { deedActs, withConditions } from '../rgc/testing.ts'
import { insertSent } from '../uploads/testing.ts'

/* A community whose mayor never signs in: the regional direction enters its deed and departures, as its letters. */

let house: House
let office: Person
let elsewhere: Person
let farOfficer: Person
let officer: Person
let mayor: Person
let manager: Person
let organisationId: string
const today = parisDay(new Date())
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows

before(async () => {
  house = await withConditions(await openHouse(rgc))
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
    (1053, 'region', '53', 'Bretagne')`)
  const operator = (await house.organisation({ kind: 'operateur' })).id
  ;[office, elsewhere, farOfficer, officer] = (await Promise.all([0, 1, 2, 3].map(() => house.person(operator)))) as [
    Person,
    Person,
    Person,
    Person,
  ]
  await giveRole(house.owner, office, 'direction-regionale', { regionId: 1075 })
  await giveRole(house.owner, elsewhere, 'direction-regionale', { regionId: 1053 })
  await giveRole(house.owner, farOfficer, 'cssi', { regionId: 1053 })
  await giveRole(house.owner, officer, 'cssi')
})
beforeEach(async () => {
  await rows('delete from mails')
  organisationId = (await house.organisation({ name: `Communauté ${uuidv7()}` })).id
  await rows('update conventions set region_id = 1075 where organisation_id = $1', [organisationId])
  mayor = await house.person(organisationId)
  manager = await house.person(organisationId)
  await giveRole(house.owner, mayor, 'signataire')
})
after(() => house.close())

const paper = async (by: Person, over: object = {}) => ({
  organisationId,
  conventionId: (await rows('select id from conventions where organisation_id = $1', [organisationId]))[0].id,
  address: '1 place de l’Essai, 33000 Essai',
  signatoryId: mayor.id,
  signatoryTitle: 'Présidence',
  conditionsGiven: true,
  members: [await deedActs(house).named(manager)],
  signedOn: addDays(today, -20),
  receivedOn: addDays(today, -3),
  file: await insertSent(house.owner, by.id, Buffer.from(`%PDF-1.7 ${uuidv7()} %%EOF`)),
  ...over,
})
const post = (by: Person, body: object) => house.call(by, 'POST', '/rgc/paper-deeds', body, once())
const enter = async (by: Person, over: object = {}) => post(by, await paper(by, over))
const kept = async () => (await rows('select id from rgc_deeds where organisation_id = $1', [organisationId])).length
const told = async (kind: string) =>
  (await rows('select to_account_id as id, body from mails where kind = $1 order by to_account_id', [kind])) as {
    id: string
    body: string
  }[]

test('AGR-13, RGC-10: the regional direction enters a deed signed by hand; the structure, the CSSI and who it names are told, and the trail says who entered for whom', async () => {
  const { status, body } = await enter(office)
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.state, 'en-vigueur')
  assert.deepEqual(
    (await house.call(mayor, 'GET', '/rgc')).body.inPlace.map((p: any) => p.id),
    [manager.id],
  )
  const [toMayor, ...others] = await told('rgc-deed-entered')
  assert.deepEqual([toMayor!.id, others.length], [mayor.id, 0])
  assert.match(toMayor!.body, /La direction régionale de l’opérateur a reçu/)
  assert.deepEqual(
    (await told('rgc-deed-designated')).map(m => m.id),
    [manager.id],
  )
  const toOfficer = await told('rgc-deed-sent')
  assert.deepEqual(
    toOfficer.map(m => m.id),
    [officer.id],
  )
  assert.match(toOfficer[0]!.body, /La direction régionale enregistre, au nom de la structure/)
  const [entry] = await rows(
    `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'rgc-deed.entered' and e.subject_id = $1`,
    [body.id],
  )
  assert.deepEqual(
    [entry.actor_id, entry.detail.enteredFor, entry.detail.enteredBy],
    [office.id, organisationId, 'direction-regionale'],
  )
  assert.equal(body.members[0].bornOn, null, 'a date of birth is typed, and not read again')
})

test('AGR-13, RGC-10: the mayor contests what the regional direction entered: it counts no more', async () => {
  const { body: deed } = await enter(office)
  const answer = await house.call(mayor, 'POST', `/rgc/deeds/${deed.id}/contest`, { reason: 'Rien signé' }, once())
  assert.deepEqual([answer.status, answer.body.state], [200, 'conteste'])
  assert.deepEqual((await house.call(mayor, 'GET', '/rgc')).body.inPlace, [])
})

test('AGR-13, SEC-6: another region, a CSSI of another region, an advisor of the partner are refused, and nothing is kept', async () => {
  const advisor = await house.person(organisationId, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }])
  for (const who of [elsewhere, farOfficer, advisor])
    assert.equal((await enter(who)).body.code, 'access/role-required', who.name)
  assert.equal(await kept(), 0)
  assert.ok((await found(office)).items.some((s: any) => s.organisation.id === organisationId))
  assert.deepEqual((await found(elsewhere)).items, [])
  assert.equal((await found(advisor)).code, 'access/role-required')
})

test('AGR-13, RGC-10: after the end of the convention no deed is entered', async () => {
  await rows(`update conventions set ends_at = now() - interval '1 hour' where organisation_id = $1`, [organisationId])
  assert.equal((await enter(office)).body.code, 'rgc/no-convention')
  assert.equal(await kept(), 0)
})

test('AGR-13, RGC-10: one paper is entered once: again, it is refused; twice at once, one deed is kept', async () => {
  const asked = await paper(office)
  const answers = await Promise.all([post(office, asked), post(office, asked)])
  assert.deepEqual(answers.map(a => a.status === 200).sort(), [false, true])
  assert.equal(await kept(), 1)
  assert.equal((await post(office, asked)).body.code, 'upload/unknown')
  assert.equal(await kept(), 1)
})

test('AGR-13, RGC-10: a draft that waited for signatures in the service gives way, and the trail says so', async () => {
  const draft = await (await deedActs(house).proposal(mayor, [await deedActs(house).named(manager)])).body
  const { status, body } = await enter(office)
  assert.equal(status, 200, JSON.stringify(body))
  const entries = await rows(
    `select e.subject_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'rgc-deed.abandoned' and e.actor_id = $1 and d.detail ->> 'by' = $2`,
    [office.id, body.id],
  )
  assert.deepEqual(
    entries.map(e => e.subject_id),
    [draft.id],
  )
  assert.match((await told('rgc-deed-entered'))[0]!.body, /abandonné/)
})

const declares = async (by: Person, over: object = {}) =>
  house.call(
    by,
    'POST',
    '/rgc/events',
    {
      accountId: manager.id,
      kind: 'depart',
      lastDay: addDays(today, 6),
      knownOn: addDays(today, -4),
      signedOn: addDays(today, -3),
      receivedOn: addDays(today, -2),
      file: await insertSent(house.owner, by.id, Buffer.from(`%PDF-1.7 ${uuidv7()} %%EOF`)),
      ...over,
    },
    once(),
  )
const takesBack = (by: Person, id: string, reason = 'Une autre personne') =>
  house.call(by, 'POST', `/rgc/events/${id}/withdraw`, { reason }, once())
const events = async () => (await rows('select id from rgc_events where organisation_id = $1', [organisationId])).length
/** When the role of the account manager ends; null: it goes on. */
const roleEnds = async () =>
  (
    await rows(
      `select ends_at from role_assignments where account_id = $1 and role = 'rgc' order by starts_at desc limit 1`,
      [manager.id],
    )
  )[0].ends_at
const found = async (who: Person) =>
  (await house.call(who, 'GET', `/rgc/paper-deeds?q=${encodeURIComponent('Communauté')}`)).body
/** Without a name: no structure, what one entered. */
const entered = async (who: Person) => {
  const { body } = await house.call(who, 'GET', '/rgc/paper-deeds')
  assert.deepEqual(body.items, [])
  return body.entered
}

test('AGR-13, RGC-6: the regional direction enters a departure received on paper; the role ends, what was noted is declared, the structure, the person and the CSSI are told, and the trail says for whom', async () => {
  await giveRole(house.owner, manager, 'rgc')
  await rows(
    `insert into rgc_known_events (id, account_id, organisation_id, kind, known_on, noted_by, noted_at)
      values ($1, $2, $3, 'depart', $4, $5, now())`,
    [uuidv7(), manager.id, organisationId, addDays(today, -4), mayor.id],
  )
  const shown = (await found(office)).items.find((s: any) => s.organisation.id === organisationId)
  assert.deepEqual(
    shown.inPlace.map((p: any) => p.id),
    [manager.id],
  )
  const { status, body } = await declares(office)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    [body.receivedOn, body.late, body.endsAccount, body.allowed],
    [addDays(today, -2), false, true, ['download', 'withdraw']],
  )
  assert.equal((await roleEnds()).toISOString(), body.rightsEndAt)
  const [noted] = await rows('select declared_as from rgc_known_events where account_id = $1', [manager.id])
  assert.equal(noted.declared_as, body.id)
  const [toMayor] = (await told('rgc-event-entered')).filter(m => m.id === mayor.id)
  assert.match(toMayor!.body, /La direction régionale de l’opérateur a enregistré le départ/)
  assert.deepEqual(
    (await told('rgc-event-named')).map(m => m.id),
    [manager.id],
  )
  const toOfficer = await told('rgc-event')
  assert.deepEqual(
    toOfficer.map(m => m.id),
    [officer.id],
  )
  assert.match(toOfficer[0]!.body, /La direction régionale enregistre, au nom de la structure/)
  const nobodyLeft = (await told('rgc-nobody-left')).map(m => m.id)
  assert.ok(nobodyLeft.includes(mayor.id) && nobodyLeft.includes(officer.id))
  const [entry] = await rows(
    `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'rgc-event.received' and e.subject_id = $1`,
    [manager.id],
  )
  assert.deepEqual(
    [entry.actor_id, entry.detail.enteredFor, entry.detail.enteredBy, entry.detail.sha256.length],
    [office.id, organisationId, 'direction-regionale', 64],
  )
})

test('AGR-13, RGC-6: the regional direction enters a long absence; another manager stays, and nobody is told that none is left', async () => {
  await giveRole(house.owner, manager, 'rgc')
  await giveRole(house.owner, await house.person(organisationId), 'rgc')
  const { status, body } = await declares(office, {
    kind: 'absence',
    lastDay: null,
    knownOn: null,
    absentFrom: addDays(today, 3),
    backOn: addDays(today, 90),
    foreseenOn: addDays(today, -4),
  })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual([body.endsAccount, body.nobodyLeft], [false, null])
})

test('AGR-13, RGC-6: who entered a departure reads it, its letter and takes it back; the mayor contests it; a colleague of the office does neither', async () => {
  await giveRole(house.owner, manager, 'rgc')
  const colleague = await house.person(office.organisationId)
  await giveRole(house.owner, colleague, 'direction-regionale', { regionId: 1075 })
  const { body: event } = await declares(office)
  const read = async (who: Person) =>
    (await entered(who)).filter((e: any) => e.organisation.id === organisationId).map((e: any) => [e.id, e.allowed])
  assert.deepEqual(await read(office), [[event.id, ['download', 'withdraw']]])
  for (const who of [colleague, elsewhere]) {
    assert.deepEqual(await read(who), [])
    assert.equal((await takesBack(who, event.id)).status, 404)
  }
  const { status, body } = await takesBack(office, event.id)
  assert.deepEqual([status, body.back?.role, await roleEnds()], [200, true, null])
  assert.ok((await told('rgc-event-received-withdrawn')).some(m => m.id === mayor.id))
  const { body: again } = await declares(office)
  await rows('delete from mails')
  const contest = await takesBack(mayor, again.id, 'Nous n’avons rien écrit')
  assert.deepEqual([contest.status, await roleEnds()], [200, null])
  const contested = await told('rgc-event-received-withdrawn')
  assert.deepEqual(contested.map(m => m.id).sort(), [officer.id, office.id, colleague.id].sort(), 'both offices')
  for (const { body } of contested) assert.match(body, /conteste .* avait enregistré en son nom/)
  assert.deepEqual((await rows(`select path from mails where to_account_id = $1`, [office.id]))[0].path, '/conventions')
})

test('AGR-13, SEC-6: another region, a CSSI of another region, an advisor, a role over, a paper missing: each is refused, and nothing is kept', async () => {
  await giveRole(house.owner, manager, 'rgc')
  const advisor = await house.person(organisationId, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }])
  const former = await house.person(office.organisationId)
  await giveRole(house.owner, former, 'direction-regionale', { regionId: 1075, endsAt: new Date(Date.now() - 1000) })
  await giveRole(house.owner, former, 'direction-regionale', { regionId: 1053 })
  for (const [who, code] of [
    [elsewhere, 'access/role-required'],
    [farOfficer, 'access/role-required'],
    [former, 'access/role-required'],
    [advisor, 'rgc/partner-only'],
  ] as const)
    assert.equal((await declares(who)).body.code, code)
  for (const [over, code] of [
    [{ file: null }, 'rgc/paper-required'],
    [{ file: uuidv7() }, 'upload/unknown'],
    [{ receivedOn: null }, 'rgc/event-dates'],
    [{ receivedOn: addDays(today, 1) }, 'rgc/event-dates'],
    [{ signedOn: addDays(today, -1) }, 'rgc/event-dates'],
    [{ accountId: mayor.id }, 'rgc/not-in-place'],
  ] as const)
    assert.equal((await declares(office, over)).body.code, code)
  const stale = await house.person(office.organisationId, [], { provenAt: new Date(Date.now() - 11 * 60_000) })
  await giveRole(house.owner, stale, 'direction-regionale', { regionId: 1075 })
  assert.equal((await declares(stale)).body.code, 'session/step-up-required')
  assert.deepEqual([await events(), await roleEnds()], [0, null])
  const moved = await declares(office)
  await rows('update conventions set region_id = 1053 where organisation_id = $1', [organisationId])
  assert.equal((await takesBack(office, moved.body.id)).status, 404, 'the structure left its region')
})

test('AGR-13, RGC-6: one paper entered twice at once is kept once', async () => {
  await giveRole(house.owner, manager, 'rgc')
  const file = await insertSent(house.owner, office.id, Buffer.from(`%PDF-1.7 ${uuidv7()} %%EOF`))
  const answers = await Promise.all([declares(office, { file }), declares(office, { file })])
  assert.deepEqual(answers.map(a => a.status === 200).sort(), [false, true])
  assert.equal(await events(), 1)
})
