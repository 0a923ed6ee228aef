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
import { insertSent } from '../uploads/testing.ts'
import { rgc } from './index.ts'
import { remindRgcEvents } from './remind-events.job.ts'
import { reminderOf } from './rgc.model.ts'
import { mayNote } from './rgc.policy.ts'
import { aCertificate, deedActs, layGate, withConditions } from './testing.ts'

let house: House
let acts: ReturnType<typeof deedActs>
let worker: pg.Client
let second: pg.Client
const remind2 = () => within(second)(remindRgcEvents)
let cssi: Person
let signatory: Person
let organisationId: string
/** A later day, to which open sessions are carried. */
const shift = async (interval: string) => {
  await moveClock(house.owner, interval)
  await house.owner.query(
    'update sessions set created_at = now() + $1::interval, last_seen_at = now() + $1::interval',
    [interval],
  )
}
const still = () => putClockBack(house.owner)
const call = (who: Person | null, method: 'GET' | 'POST', path: string, body?: unknown) =>
  house.call(who, method, path, body, method === 'POST' ? once() : {})
const today = parisDay(new Date())

before(async () => {
  house = await withConditions(await openHouse(rgc))
  acts = deedActs(house)
  ;[worker, second] = [new pg.Client(house.urls.workerUrl), new pg.Client(house.urls.workerUrl)]
  await Promise.all([worker.connect(), second.connect()])
  cssi = await house.person((await house.organisation({ kind: 'operateur', name: 'Opérateur' })).id)
  await giveRole(house.owner, cssi, 'cssi')
})
beforeEach(async () => {
  await still()
  organisationId = (await house.organisation()).id
  signatory = await house.person(organisationId)
  await giveRole(house.owner, signatory, 'signataire')
  await house.owner.query('delete from mails')
})
after(async () => {
  await Promise.all([worker.end(), second.end()])
  await house.close()
})

const emailOf = (who: Person) => acts.emailOf(who)
const named = (who: Person, over: object = {}) => acts.named(who, over)
const sign = (who: Person, deed: { id: string; digest: string }) => acts.sign(who, deed)
const proposal = (members: object[], over: object = {}) => ({
  address: '1 place de l’Essai, 33000 Essai',
  signatoryId: signatory.id,
  signatoryTitle: 'Direction générale',
  conditionsGiven: true,
  members,
  ...over,
})
const propose = async (who: Person, members: object[]) =>
  (await call(who, 'POST', '/rgc/deeds', proposal(members))).body
const sent = async (...people: Person[]) => {
  const deed = await propose(signatory, await Promise.all(people.map(p => named(p))))
  for (const p of people) await sign(p, deed)
  return (await sign(signatory, deed)).body
}
const mails = async (kind: string): Promise<{ to_account_id: string; body: string; subject: string }[]> =>
  (
    await house.owner.query('select to_account_id, subject, body from mails where kind = $1 order by created_at', [
      kind,
    ])
  ).rows
const trail = async (action: string) =>
  (
    await house.owner.query(
      'select d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.action = $1 order by e.at desc, e.id desc',
      [action],
    )
  ).rows.map(r => r.detail)
const certificate = async (who: Person, over: object = {}) =>
  call(cssi, 'POST', '/rgc/certificates', {
    accountId: who.id,
    issuedOn: today,
    file: await insertSent(house.owner, cssi.id, aCertificate),
    ...over,
  })
const mine = async (who: Person) => {
  const { status, body } = await call(who, 'GET', '/rgc')
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

test('RGC-1, RGC-3, RGC-9: a deed is proposed, signed by each by step-up, and sent to the CSSI with the last signature', async () => {
  const [titular, deputy] = [await house.person(organisationId), await house.person(organisationId)]
  const deed = await propose(signatory, [
    await named(titular),
    await named(deputy, { position: 'suppleant', email: (await emailOf(deputy)).toUpperCase() }),
  ])
  assert.deepEqual(
    [deed.state, deed.members.length, deed.siret.length, deed.allowed.sort()],
    ['a-signer', 2, 14, ['abandon', 'sign']],
  )
  assert.equal(deed.members[0].bornOn, null, 'whoever typed it reads it back no more')
  assert.equal((await mails('rgc-deed-to-sign'))[0]!.to_account_id, signatory.id)
  assert.equal((await sign(await house.person(organisationId, []), deed)).status, 404)
  const stale = await house.person(organisationId, [], { provenAt: new Date(Date.now() - 11 * 60_000) })
  assert.equal((await sign(stale, deed)).body.code, 'session/step-up-required')

  assert.equal((await sign(titular, deed)).body.state, 'a-signer')
  assert.equal((await sign(titular, deed)).body.code, 'rgc/already-signed')
  await sign(signatory, deed)
  assert.equal((await mails('rgc-deed-sent')).length, 0, 'not before the last')
  const last = (await sign(deputy, deed)).body
  assert.deepEqual([last.state, last.silenceAcceptsAt, last.allowed], ['en-vigueur', null, ['download']])
  assert.deepEqual(
    (await mails('rgc-deed-sent')).map(m => m.to_account_id),
    [cssi.id],
  )
  assert.equal((await sign(deputy, deed)).body.code, 'rgc/deed-closed')
  assert.equal((await trail('rgc-deed.proposed'))[0].conditionsGiven.version, 1)
  assert.deepEqual((await trail('rgc-deed.sent'))[0].told, { mails: 1, emptyRoles: [] })
  assert.deepEqual(
    (await mine(signatory)).inPlace.map((p: { id: string }) => p.id).sort(),
    [titular.id, deputy.id].sort(),
  )
})
test('RGC-1: the last two signatures at once send the deed, once', async () => {
  for (let round = 0; round < 5; round++) {
    const person = await house.person(organisationId)
    const deed = await propose(signatory, [await named(person)])
    await Promise.all([sign(person, deed), sign(signatory, deed)])
    assert.ok((await mine(signatory)).deeds.find((d: { id: string }) => d.id === deed.id).sentAt)
  }
  assert.equal((await mails('rgc-deed-sent')).length, 5)
})
test('RGC-1: two deeds proposed at once, that name one person, known or new: one is to sign, the other is told or gives way', async () => {
  const colleague = await house.person(organisationId)
  for (let round = 0; round < 5; round++) {
    const member = await named(colleague, {
      email: round % 2 ? await emailOf(colleague) : `nouvelle.personne${round}@partenaire.example`,
    })
    const answers = await Promise.all([1, 2].map(() => call(signatory, 'POST', '/rgc/deeds', proposal([member]))))
    assert.ok(
      answers.some(a => a.status === 200) &&
        answers.every(a => a.status === 200 || a.body.code === 'rgc/changed-meanwhile'),
      JSON.stringify(answers.map(a => a.body)),
    )
    assert.equal((await mine(signatory)).deeds.filter((d: { state: string }) => d.state === 'a-signer').length, 1)
  }
})
test('RGC-1: dates of birth are read by the CSSI and the person, and by nobody else', async () => {
  const [titular, deputy] = [await house.person(organisationId), await house.person(organisationId)]
  await sent(titular, deputy)
  const births = async (who: Person) =>
    (await mine(who)).deeds[0]?.members.map((m: { bornOn: string | null }) => m.bornOn)
  assert.deepEqual(await births(titular), ['1980-02-29', null])
  assert.deepEqual(await births(signatory), [null, null])
  assert.equal(await births(await house.person(organisationId)), undefined)
  const seen = (await call(cssi, 'GET', '/rgc/oversight')).body.deeds.find(
    (d: { organisation: { id: string } }) => d.organisation.id === organisationId,
  )
  assert.deepEqual(
    seen.members.map((m: { bornOn: string }) => m.bornOn),
    ['1980-02-29', '1980-02-29'],
  )
  const admin = await house.person(cssi.organisationId)
  await giveRole(house.owner, admin, 'administrateur')
  assert.equal((await call(admin, 'GET', '/rgc/oversight')).body.code, 'access/role-required')
  assert.ok(!JSON.stringify(await trail('rgc-deed.proposed')).includes('1980-02-29'), 'nor does the trail say them')
})
test('RGC-1, RGC-2, ACC-4: who may not be named, and what a deed may not say', async () => {
  const [person, other] = [await house.person(organisationId), await house.person((await house.organisation()).id)]
  const contractor = await house.person(organisationId)
  await house.owner.query(`update accounts set contract_ends_on = '2030-01-01' where id = $1`, [contractor.id])
  for (const [code, members, over] of [
    [
      'rgc/shared-mailbox',
      [await named(person, { email: 'accueil.essai33@partenaire.example', familyName: 'Durand' })],
      {},
    ],
    ['rgc/permanent-staff-only', [await named(person, { staff: 'prestataire' })], {}],
    ['person/mailbox-taken', [await named(person, { email: (await named(person)).email.replace('@', '+bis@') })], {}],
    [
      'rgc/permanent-staff-only',
      [await named(person), await named(person, { staff: 'interimaire', position: 'suppleant' })],
      {},
    ],
    ['rgc/permanent-staff-only', [await named(person, { staff: 'autre-organisme' })], {}],
    ['rgc/not-of-the-structure', [await named(other)], {}],
    ['rgc/not-of-the-structure', [await named(contractor)], {}],
    ['rgc/titular-required', [await named(person, { position: 'suppleant' })], {}],
    ['rgc/named-twice', [await named(person), await named(person, { position: 'suppleant' })], {}],
    ['rgc/birth-date-unlikely', [await named(person, { bornOn: addDays(today, -365 * 10) })], {}],
    ['rgc/signatory-unknown', [await named(person)], { signatoryId: person.id }],
    ['request/malformed', [await named(person)], { conditionsGiven: false }],
    ['request/malformed', [await named(person, { bornOn: '1980-02-30' })], {}],
    ['request/malformed', [], {}],
  ] as const)
    assert.equal((await call(signatory, 'POST', '/rgc/deeds', proposal([...members], over))).body.code, code)
  assert.equal(
    (await call(person, 'POST', '/rgc/deeds', proposal([await named(person)]))).body.code,
    'rgc/partner-only',
  )
  assert.equal((await call(cssi, 'POST', '/rgc/deeds', proposal([await named(person)]))).body.code, 'rgc/partner-only')
  assert.equal((await mine(signatory)).deeds.length, 0)
})
test('RGC-1: a person without an account gets one that holds no grant; a new proposal replaces the one to sign; giving up ends it', async () => {
  const fresh = {
    ...(await named(signatory)),
    givenName: 'Dominique',
    familyName: 'Nouvel',
    email: 'dominique.nouvel@partenaire.example',
  }
  const first = await propose(signatory, [fresh])
  const account = first.members[0].person.id
  assert.deepEqual(
    (
      await house.owner.query(
        'select a.organisation_id, (select count(*)::int from grants g where g.account_id = a.id) as grants, (select count(*)::int from role_assignments r where r.account_id = a.id) as roles from accounts a where id = $1',
        [account],
      )
    ).rows,
    [{ organisation_id: organisationId, grants: 0, roles: 0 }],
  )
  const second = await propose(signatory, [fresh])
  assert.equal(second.members[0].person.id, account)
  assert.deepEqual(
    (await mine(signatory)).deeds.map((d: { state: string }) => d.state),
    ['a-signer', 'abandonne'],
  )
  assert.equal((await sign(signatory, first)).body.code, 'rgc/deed-closed')
  assert.equal((await call(signatory, 'POST', `/rgc/deeds/${second.id}/abandon`)).body.state, 'abandonne')
  assert.equal((await call(signatory, 'POST', `/rgc/deeds/${second.id}/abandon`)).body.code, 'rgc/deed-closed')
})
test('RGC-3: refused in writing, proposed anew, accepted by a month of silence at the next request, without a job', async () => {
  const person = await house.person(organisationId)
  const deed = await sent(person)
  const decide = (id: string, body: object, who = cssi) => call(who, 'POST', `/rgc/deeds/${id}/decision`, body)
  assert.equal((await decide(deed.id, { kind: 'refus' })).body.code, 'rgc/reason-required')
  assert.equal((await decide(deed.id, { kind: 'refus', reason: ' ' })).body.code, 'request/malformed')
  assert.equal((await decide(deed.id, { kind: 'refus', reason: 'Motif' }, signatory)).body.code, 'access/role-required')
  const refused = (await decide(deed.id, { kind: 'refus', reason: 'La personne n’est pas de la structure' })).body
  assert.deepEqual([refused.state, refused.decision.reason], ['refuse', 'La personne n’est pas de la structure'])
  for (const [kind, who] of [
    ['rgc-deed-decided', signatory],
    ['rgc-deed-answered', person],
  ] as const)
    assert.deepEqual(
      (await mails(kind)).map(m => [m.to_account_id, /La personne n’est pas de la structure/.test(m.body)]),
      [[who.id, true]],
      kind,
    )
  assert.equal(refused.told.mails, 2)
  assert.equal((await mails('rgc-nobody-left')).length, 2, 'RGC-8: the CSSI and the signatory')
  assert.equal(
    (await call(signatory, 'POST', '/rgc/deeds', proposal([await named(person)]))).body.code,
    'rgc/refused-person',
    'the partner proposes another',
  )
  assert.equal((await decide(deed.id, { kind: 'acceptation' })).body.code, 'rgc/already-decided')
  assert.deepEqual((await mine(signatory)).inPlace, [])

  const again = await sent(await house.person(organisationId))
  assert.equal(again.state, 'en-attente')
  assert.ok(again.silenceAcceptsAt > new Date(Date.now() + 27 * 86_400_000).toISOString())
  await shift('27 days')
  assert.deepEqual([(await mine(signatory)).deeds[0].state, (await mine(signatory)).inPlace.length], ['en-attente', 0])
  await shift('32 days')
  assert.deepEqual([(await mine(signatory)).deeds[0].state, (await mine(signatory)).inPlace.length], ['en-vigueur', 1])
})
test('RGC-3: accepted before its month is over, whom it names is told as well, each once', async () => {
  const [person, another] = [await house.person(organisationId), await house.person(organisationId)]
  for (const [kind, who] of [
    ['refus', person],
    ['acceptation', another],
  ] as const)
    assert.equal(
      (await call(cssi, 'POST', `/rgc/deeds/${(await sent(who)).id}/decision`, { kind, reason: 'Motif' })).body.told
        .mails,
      2,
      kind,
    )
  assert.deepEqual(
    (await mine(signatory)).inPlace.map((p: { id: string }) => p.id),
    [another.id],
  )
  for (const [kind, ...who] of [
    ['rgc-deed-answered', person, another],
    ['rgc-deed-decided', signatory, signatory],
  ] as const)
    assert.deepEqual(
      (await mails(kind)).map(m => [m.to_account_id, m.subject]),
      [
        [who[0]!.id, 'L’opérateur refuse un acte d’engagement'],
        [who[1]!.id, 'L’opérateur accepte un acte d’engagement'],
      ],
      kind,
    )
})
test('RGC-3: silence counts to its instant on every path: the page, who is in place, and the CSSI who comes too late', async () => {
  const [refused, person] = [await house.person(organisationId), await house.person(organisationId)]
  const deed = await sent(refused)
  await call(cssi, 'POST', `/rgc/deeds/${deed.id}/decision`, { kind: 'refus', reason: 'Motif' })
  const again = await sent(person)
  await house.owner.query(`update rgc_deeds set silence_accepts_at = sent_at + interval '1 minute' where id = $1`, [
    again.id,
  ])
  assert.equal((await mine(signatory)).deeds[0].state, 'en-attente')
  await shift('2 minutes')
  assert.deepEqual(
    [(await mine(signatory)).deeds[0].state, (await mine(signatory)).inPlace[0].id],
    ['en-vigueur', person.id],
  )
  assert.equal(
    (await call(cssi, 'POST', `/rgc/deeds/${again.id}/decision`, { kind: 'refus', reason: 'Trop tard' })).body.code,
    'rgc/already-decided',
  )
})
test('RGC-3, RGC-9: any other replacement starts again as a first designation, and lets go whom it no longer names', async () => {
  const [before, next] = [await house.person(organisationId), await house.person(organisationId)]
  await sent(before)
  const replaced = await sent(next)
  assert.deepEqual([replaced.state, replaced.silenceAcceptsAt], ['en-vigueur', null])
  assert.deepEqual(
    (await mine(signatory)).inPlace.map((p: { id: string }) => p.id),
    [next.id],
  )
  assert.equal((await mails('rgc-deed-sent')).length, 2)
})
const unchecked = async (who: Person) => {
  const file = await insertSent(house.owner, who.id, aCertificate)
  await house.owner.query(
    'update uploads set checked_at = null, media_type = null, sha256 = null, scanned = null where id = $1',
    [file],
  )
  return file
}
test('RGC-4, RGC-5: the gate says what is missing and who must act, until the certificate is recorded; then the tool is open', async () => {
  const person = await house.person(organisationId)
  assert.equal((await mine(person)).gate, null)
  assert.equal((await certificate(person)).body.code, 'rgc/not-named')
  await sent(person)
  const missing = async () =>
    (await mine(person)).gate.filter((s: { done: boolean }) => !s.done).map((s: { term: string }) => s.term)
  assert.deepEqual(await missing(), ['certificate'])
  assert.deepEqual((await mine(person)).allowed, [], 'RGC-5: nobody proposes before the gate is open')
  for (const file of [
    uuidv7(),
    await insertSent(house.owner, signatory.id, aCertificate, { name: 'autrui.pdf' }),
    await unchecked(cssi),
  ])
    assert.equal((await certificate(person, { file })).body.code, 'upload/unknown')
  assert.equal((await certificate(person, { issuedOn: addDays(today, 2) })).body.code, 'rgc/certificate-in-future')
  assert.equal(
    (
      await call(signatory, 'POST', '/rgc/certificates', {
        accountId: person.id,
        issuedOn: today,
        file: uuidv7(),
      })
    ).body.code,
    'access/role-required',
  )
  const file = await insertSent(house.owner, cssi.id, aCertificate)
  // Refused, the act leaves the file for the form corrected.
  assert.equal((await certificate(person, { file, issuedOn: addDays(today, 2) })).status, 422)
  const both = await Promise.all([certificate(person, { file }), certificate(person, { file })])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409])
  assert.deepEqual(
    (
      await house.owner.query(
        `select file_name, media_type, content, (select count(*)::int from uploads where id = $2) as left
          from rgc_certificates where account_id = $1`,
        [person.id, file],
      )
    ).rows,
    [{ file_name: 'signé.pdf', media_type: 'application/pdf', content: aCertificate, left: 0 }],
  )
  assert.equal((await mails('rgc-certificate'))[0]!.to_account_id, person.id)
  assert.deepEqual(await missing(), [])
  assert.deepEqual((await mine(person)).allowed, ['propose', 'declare'])
  await house.owner.query(`update conventions set ends_at = now() where organisation_id = $1`, [organisationId])
  assert.deepEqual(
    [await missing(), (await mine(person)).allowed],
    [['convention', 'deed', 'certificate'], []],
    'at the next request',
  )
})
test('RGC-6, RGC-8: a departure declared late is marked; the role ends with the declared day, and nobody left is told to both sides', async () => {
  const person = await house.person(organisationId)
  await sent(person)
  const declare = (body: object, who = signatory) => call(who, 'POST', '/rgc/events', { accountId: person.id, ...body })
  assert.equal((await declare({ kind: 'depart', lastDay: today })).body.code, 'rgc/event-dates')
  assert.equal(
    (await declare({ kind: 'depart', lastDay: today, knownOn: addDays(today, 1) })).body.code,
    'rgc/event-dates',
  )
  assert.equal(
    (await declare({ kind: 'absence', absentFrom: addDays(today, 3) })).body.code,
    'rgc/event-dates',
    'an absence to come was foreseen',
  )
  assert.equal(
    (await declare({ kind: 'absence', absentFrom: addDays(today, 3), backOn: addDays(today, 40), foreseenOn: today }))
      .body.code,
    'rgc/absence-short',
  )
  assert.equal(
    (
      await call(signatory, 'POST', '/rgc/events', {
        accountId: signatory.id,
        kind: 'depart',
        lastDay: today,
        knownOn: today,
      })
    ).body.code,
    'rgc/not-in-place',
  )
  assert.equal(
    (await declare({ kind: 'depart', lastDay: today, knownOn: today }, await house.person(organisationId))).body.code,
    'rgc/partner-only',
  )
  const event = (await declare({ kind: 'depart', lastDay: addDays(today, 5), knownOn: addDays(today, -9) })).body
  assert.deepEqual([event.late, event.declareBy], [true, addDays(today, -1)])
  assert.match((await mails('rgc-event'))[0]!.body, /au-delà des huit jours/)
  assert.deepEqual((await mails('rgc-nobody-left')).map(m => m.to_account_id).sort(), [cssi.id, signatory.id].sort())
  assert.match(
    (await mails('rgc-nobody-left'))[0]!.body,
    /n’aura plus.*personne ne peut y créer de compte.*le signataire de la structure le fait/s,
  )
  assert.deepEqual(
    (await trail('rgc-event.declared'))[0].nobodyLeft.emptyRoles,
    [
      ['operateur', 'direction-regionale'],
      ['operateur', 'gouvernance'],
      ['partenaire', 'gouvernance'],
      ['partenaire', 'responsable-operationnel'],
      ['partenaire', 'correspondant-si'],
    ].map(([party, role]) => ({ party, role })),
    'roles that nobody holds are said',
  )
  assert.equal((await mine(signatory)).inPlace.length, 1, 'to the end of the day')
  await shift('7 days')
  assert.equal((await mine(signatory)).inPlace.length, 0)
  assert.ok(
    (await call(cssi, 'GET', '/rgc/oversight')).body.withoutRgc.some((o: { id: string }) => o.id === organisationId),
  )
})
test('RGC-6: an absence that has elapsed ends the role at once, and a new deed takes the person back', async () => {
  const [person, other] = [await house.person(organisationId), await house.person(organisationId)]
  await sent(person, other)
  const event = (
    await call(signatory, 'POST', '/rgc/events', {
      accountId: person.id,
      kind: 'absence',
      absentFrom: addDays(today, -65),
    })
  ).body
  assert.equal(event.late, false)
  assert.deepEqual(
    (await mine(signatory)).inPlace.map((p: { id: string }) => p.id),
    [other.id],
  )
  assert.equal((await mails('rgc-nobody-left')).length, 0, 'one is left')
  await sent(person, other)
  assert.equal((await mine(signatory)).inPlace.length, 2)
})
test('RGC-7, PRI-7: the operator requires, the partner revokes, never the person themself, who is told that confidentiality goes on', async () => {
  const person = await house.person(organisationId)
  await sent(person)
  await certificate(person)
  assert.equal(
    (await call(cssi, 'POST', '/rgc/revocations', { accountId: signatory.id, reason: 'Manquement constaté' })).body
      .code,
    'rgc/not-in-place',
  )
  assert.equal(
    (await call(signatory, 'POST', '/rgc/revocations', { accountId: person.id, reason: 'Manquement constaté' })).body
      .code,
    'access/role-required',
  )
  const revocation = (
    await call(cssi, 'POST', '/rgc/revocations', { accountId: person.id, reason: 'Manquement constaté' })
  ).body
  assert.match(
    (await mails('rgc-revocation-required')).find(m => m.to_account_id === signatory.id)!.body,
    /Manquement constaté/,
  )
  assert.equal(
    (await call(cssi, 'POST', '/rgc/revocations', { accountId: person.id, reason: 'Manquement constaté' })).body.code,
    'rgc/revocation-waiting',
  )
  assert.equal((await mine(signatory)).inPlace.length, 1, 'nothing is cut before the partner does')
  const make = (who: Person) => call(who, 'POST', `/rgc/revocations/${revocation.id}/make`)
  assert.equal((await make(person)).body.code, 'rgc/never-oneself')
  assert.equal((await make(cssi)).body.code, 'rgc/partner-only')
  assert.equal((await make(await house.person((await house.organisation()).id))).status, 404)
  assert.ok((await make(signatory)).body.madeAt)
  assert.equal((await make(signatory)).body.code, 'rgc/revocation-made')
  assert.equal((await mine(signatory)).inPlace.length, 0)
  assert.equal((await mails('rgc-nobody-left')).length, 2)
  const reminders = (await mails('confidentiality-reminder')).filter(m => m.to_account_id === person.id)
  assert.equal(reminders.length, 1)
  assert.match(reminders[0]!.body, /vous n’êtes plus responsable de gestion de comptes.*sans limite de durée/s)
})
test('RGC-4: the factory lays a gate that is open, for two of one structure too', async () => {
  const [one, two] = [await house.person(organisationId), await house.person(organisationId)]
  await giveRole(house.owner, one, 'rgc')
  await giveRole(house.owner, two, 'rgc')
  for (const who of [one, two]) assert.deepEqual((await mine(who)).allowed, ['propose', 'declare'])
  assert.ok(await layGate(house.owner, one))
})
test('RGC-6: what is known is noted by either side; the eight days are reminded once a moment, late is told and shown to both sides, and the declaration ends it', async () => {
  const [person, other, agent] = [
    await house.person(organisationId),
    await house.person(organisationId),
    await house.person(organisationId),
  ]
  await sent(person, other)
  const note = (who: Person, body: object = {}) =>
    call(who, 'POST', '/rgc/known-events', {
      accountId: person.id,
      kind: 'depart',
      knownOn: addDays(today, -1),
      ...body,
    })
  assert.equal((await note(agent)).body.code, 'rgc/not-yours-to-note')
  assert.equal((await note(await house.person((await house.organisation()).id))).body.code, 'not-found')
  const admin = await house.person(cssi.organisationId)
  await giveRole(house.owner, admin, 'administrateur')
  assert.equal((await note(admin)).body.code, 'rgc/not-yours-to-note', 'who oversees reads, and notes nothing')
  assert.equal((await note(signatory, { accountId: agent.id })).body.code, 'rgc/not-in-place')
  assert.equal((await note(signatory, { knownOn: addDays(today, 1) })).body.code, 'rgc/event-dates')
  const both = await Promise.all([note(signatory), note(cssi)])
  assert.deepEqual(both.map(b => b.status).sort(), [200, 409], 'at once, once')
  const noted = both.find(b => b.status === 200)!.body
  assert.deepEqual([noted.declareBy, noted.late], [addDays(today, 7), false])
  assert.equal(
    (await call(admin, 'POST', `/rgc/known-events/${noted.id}/withdraw`, { reason: 'Non' })).body.code,
    'rgc/not-yours-to-note',
  )
  const told = async () =>
    (
      await house.owner.query(
        `select kind, to_account_id as who from mails where kind like 'rgc-event-%' and about_id = $1
          order by kind, to_account_id`,
        [person.id],
      )
    ).rows
      .map(
        r =>
          `${r.kind} ${r.who === signatory.id ? 'signatory' : r.who === cssi.id ? 'cssi' : r.who === person.id ? 'person' : 'other'}`,
      )
      .sort()
  const remind = () => within(worker)(remindRgcEvents)
  const own = ['other', 'person', 'signatory']
  const at = (step: string, ...who: string[]) => who.map(w => `rgc-event-${step} ${w}`)
  await Promise.all([remind(), remind2()])
  assert.deepEqual(await told(), at('known', ...own), 'from the day it is known, once')
  await shift('5 days')
  await remind()
  assert.deepEqual(await told(), [...at('known', ...own), ...at('three-days', ...own)])
  await shift('7 days')
  await remind()
  await shift('8 days')
  await remind()
  await remind()
  assert.deepEqual(
    await told(),
    [
      ...at('known', ...own),
      ...at('last-day', ...own),
      ...at('late', 'cssi', ...own),
      ...at('three-days', ...own),
    ].sort(),
  )
  for (const { toDeclare } of [await mine(signatory), (await call(cssi, 'GET', '/rgc/oversight')).body])
    assert.deepEqual(
      toDeclare
        .filter((u: { person: { id: string } }) => u.person.id === person.id)
        .map((u: { late: boolean }) => u.late),
      [true],
    )
  assert.deepEqual((await mine(agent)).toDeclare, [])
  const [elsewhere, asks] = [
    await house.person((await house.organisation()).id),
    async (who: Person, of: string | null) => {
      const tx = await house.database.begin()
      try {
        await tx.enter(tokenHash(who.cookie.slice('session='.length)))
        return (await tx.all(sql<{ account_id: string }>`select account_id from rgc_undeclared(${of}::uuid)`)).length
      } finally {
        await tx.rollback()
      }
    },
  ] as const
  await giveRole(house.owner, elsewhere, 'signataire')
  assert.deepEqual(
    [
      await asks(signatory, organisationId),
      await asks(elsewhere, organisationId),
      await asks(elsewhere, null),
      await asks(agent, organisationId),
      (await asks(cssi, null)) > 0,
    ],
    [1, 0, 0, 0, true],
    'of one’s own structure, of all for who oversees',
  )
  assert.equal(
    (
      await call(signatory, 'POST', '/rgc/events', {
        accountId: person.id,
        kind: 'depart',
        lastDay: addDays(today, 20),
        knownOn: addDays(today, -1),
      })
    ).body.late,
    true,
  )
  assert.deepEqual((await mine(signatory)).toDeclare, [], 'declared')
  assert.equal(
    (await call(signatory, 'POST', `/rgc/known-events/${noted.id}/withdraw`, { reason: 'Trop tard' })).body.code,
    'rgc/already-withdrawn',
    'what is declared is not taken back',
  )
  assert.equal((await note(signatory, { kind: 'absence' })).status, 200, 'and leaves room for what comes next')
  await still()
})
test('RGC-6: noted wrongly, it is taken back with a reason, once', async () => {
  const [person, other] = [await house.person(organisationId), await house.person(organisationId)]
  await sent(person, other)
  const noted = (
    await call(signatory, 'POST', '/rgc/known-events', { accountId: person.id, kind: 'absence', knownOn: today })
  ).body
  const back = (who: Person, body: object = { reason: 'Erreur de personne' }) =>
    call(who, 'POST', `/rgc/known-events/${noted.id}/withdraw`, body)
  assert.equal((await back(await house.person((await house.organisation()).id))).status, 404)
  assert.equal((await back(signatory, { reason: ' ' })).body.code, 'request/malformed')
  assert.deepEqual((await Promise.all([back(signatory), back(cssi)])).map(b => b.status).sort(), [200, 409])
  assert.deepEqual((await mine(signatory)).toDeclare, [])
})
test('RGC-6: the step that is reached on a day, alike in TypeScript and SQL', async () => {
  for (const [n, step] of [
    [-9, 'known'],
    [-4, 'known'],
    [-3, 'three-days'],
    [-1, 'three-days'],
    [0, 'last-day'],
    [1, 'late'],
    [40, 'late'],
  ] as const)
    assert.equal(reminderOf('2026-03-01', addDays('2026-03-01', n)), step)
  const person = await house.person(organisationId)
  await sent(person)
  const limit = addDays(today, 20)
  await house.owner.query(
    `insert into rgc_known_events (id, account_id, organisation_id, kind, known_on, noted_by, noted_at)
      values ($1, $2, $3, 'depart', $4, $5, now())`,
    [uuidv7(), person.id, organisationId, addDays(limit, -8), signatory.id],
  )
  for (let n = -12; n <= 12; n++) {
    await worker.query('begin')
    const { rows } = await worker.query('select step from ctx.rgc_event_reminders($1) where account_id = $2', [
      `${addDays(limit, n)}T12:00:00Z`,
      person.id,
    ])
    await worker.query('rollback')
    assert.deepEqual(rows, [{ step: reminderOf(limit, addDays(limit, n)) }], `${n}`)
  }
})
test('SEC-6, RGC-6: whatever the application forgets, who may declare notes of their structure, the CSSI of any, in their own name', async () => {
  const [person, stranger] = [await house.person(organisationId), await house.person((await house.organisation()).id)]
  await giveRole(house.owner, stranger, 'signataire')
  await sent(person)
  const tries = async (who: Person, by = who.id, of = person) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      await tx.run(
        sql`insert into rgc_known_events (id, account_id, organisation_id, kind, known_on, noted_by, noted_at)
          values (${uuidv7()}::uuid, ${of.id}::uuid, ${organisationId}::uuid, 'depart', ${today}, ${by}::uuid, now())`,
      )
      return true
    } catch {
      return false
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual(
    [
      await tries(signatory),
      await tries(cssi),
      await tries(person),
      await tries(stranger),
      await tries(signatory, cssi.id),
    ],
    [true, true, false, false, false],
  )
  assert.deepEqual(
    [await tries(signatory, signatory.id, stranger), await tries(cssi, cssi.id, stranger)],
    [false, false],
    'of the structure’s own person',
  )
  const viewerOf = async (who: Person) => {
    const tx = await house.database.begin()
    try {
      return (await tx.enter(tokenHash(who.cookie.slice('session='.length))))!
    } finally {
      await tx.rollback()
    }
  }
  for (const who of [signatory, cssi, person, stranger])
    assert.equal(await tries(who), mayNote(await viewerOf(who), organisationId) === true, 'as the policy says')
  // What is noted ends by a declaration of that person, by who made it, or is taken back in one's own name; once.
  const [other, note] = [await house.person(organisationId), uuidv7()]
  const event = async (receivedOn: string | null) =>
    (
      await house.owner.query(
        `insert into rgc_events (id, account_id, organisation_id, kind, last_day, known_on, declare_by, late,
          rights_end_at, declared_by, declared_at, received_on)
    values ($1, $2, $3, 'depart', $4, $4, $5, false, now(), $6, now(), $7) returning id`,
        [uuidv7(), person.id, organisationId, today, addDays(today, 8), signatory.id, receivedOn],
      )
    ).rows[0].id as string
  const [earlier, corrected] = [await event(null), await event(today)]
  await house.owner.query(
    `insert into rgc_known_events (id, account_id, organisation_id, kind, known_on, noted_by, noted_at)
      values ($1, $2, $3, 'depart', $4, $5, now())`,
    [note, person.id, organisationId, today, signatory.id],
  )
  const settles = async (who: Person, set: ReturnType<typeof sql>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return await tx.run(sql`update rgc_known_events set ${set} where id = ${note}::uuid`)
    } catch {
      return 'refused'
    } finally {
      await tx.rollback()
    }
  }
  const back = (by: Person) => sql`withdrawn_at = now(), withdrawn_by = ${by.id}::uuid, withdrawal_reason = 'Erreur'`
  const ends = async (who: Person, id: string, first?: ReturnType<typeof sql>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      if (first) await tx.run(first)
      return (await tx.first(sql<{ n: number }>`select settle_rgc_known(${id}::uuid) as n`))!.n
    } finally {
      await tx.rollback()
    }
  }
  /** By a declaration of the same transaction: the CSSI's is received. */
  const declares = (who: Person, about = person) => {
    const id = uuidv7()
    return ends(
      who,
      id,
      sql`insert into rgc_events (id, account_id, organisation_id, kind, last_day, known_on, declare_by, late,
        rights_end_at, declared_by, declared_at, received_on)
        values (${id}::uuid, ${about.id}::uuid, ${organisationId}::uuid, 'depart', ${today}, ${today}, ${today}, false,
          now(), ${who.id}::uuid, now(), ${who === cssi ? today : null}::date)`,
    )
  }
  const ended = async () => [
    await declares(signatory),
    await declares(cssi),
    await declares(signatory, other),
    await ends(signatory, earlier),
    await ends(cssi, corrected, sql`update rgc_events set late = late where id = ${corrected}::uuid`),
    await ends(stranger, earlier),
  ]
  assert.deepEqual(await ended(), [1, 1, 0, 0, 0, 0], 'by one’s own declaration, just made of that person')
  for (const [from, n] of [
    ['k.account_id = e.account_id and ', 2],
    [' and e.xmin = pg_current_xact_id()::xid', 3],
    ['e.declared_by = ctx.account() and ', 4],
  ] as const)
    await withFunctionChanged(house.owner, 'settle_rgc_known(uuid)', from, '', async () =>
      assert.notEqual((await ended())[n], 0, from),
    )
  assert.equal(await settles(signatory, sql`declared_as = ${earlier}::uuid`), 'refused', 'by the function alone')
  assert.deepEqual(
    await Promise.all([
      settles(signatory, back(signatory)),
      settles(cssi, back(cssi)),
      settles(signatory, back(cssi)),
      settles(stranger, back(stranger)),
    ]),
    [1, 1, 'refused', 0],
  )
  for (const who of [signatory, cssi, person, stranger])
    assert.equal((await settles(who, back(who))) === 1, mayNote(await viewerOf(who), organisationId) === true)
  await house.owner.query('update rgc_known_events set declared_as = $2 where id = $1', [note, earlier])
  assert.deepEqual(
    [await settles(signatory, back(signatory)), await declares(signatory)],
    [0, 0],
    'declared, it stays so',
  )
})
