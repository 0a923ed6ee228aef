import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { conventions } from '../conventions/index.ts'
import { partnerRoles } from './index.ts'

let house: House
let mailbox: Mailbox
let partner: string
let gilles: Person // signatory
let maite: Person // account manager
let ines: Person // an agent with no role
let stranger: Person // signatory of another partner
const today = parisDay(new Date())
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const give = (who: Person | null, to: { id: string }, role: string, over: object = {}) =>
  house.call(who, 'POST', '/partner-roles', { accountId: to.id, role, reason: 'Désignée par note', ...over }, once())
const end = (who: Person | null, roleId: string, reason: unknown = 'Changement de poste') =>
  house.call(who, 'POST', `/partner-roles/${roleId}/end`, { reason }, once())
const list = async (who: Person, query = '') => (await house.call(who, 'GET', `/partner-roles${query}`)).body
const seat = async (who: Person, role: string) =>
  (await house.call(who, 'GET', '/partner-roles/seats')).body.items.find((s: any) => s.role === role)
const holds = async (who: { id: string }) =>
  (await rows('select role from ctx.effective_roles($1, ctx.clock()) order by 1', [who.id])).map(r => r.role)
const roleOf = async (who: { id: string }, role: string): Promise<string> =>
  (await rows('select id from role_assignments where account_id = $1 and role = $2', [who.id, role]))[0].id
const addressOf = async (who: { id: string }): Promise<string> =>
  (await rows('select email from account_contacts where account_id = $1', [who.id]))[0].email
const name = async (who: Person, role: string, email: string) =>
  (await house.call(who, 'PUT', `/contacts/${role}`, { name: 'Inès Essai', email, telephone: null }, once())).status

before(async () => {
  house = await openHouse([...partnerRoles, ...conventions])
  mailbox = await openMailbox()
})
after(async () => {
  await mailbox.close()
  await house.close()
})
beforeEach(async () => {
  await rows('delete from mails')
  partner = (await house.organisation()).id
  ;[gilles, maite, ines] = [await house.person(partner), await house.person(partner), await house.person(partner)]
  stranger = await house.person((await house.organisation()).id)
  await giveRole(house.owner, gilles, 'signataire')
  await giveRole(house.owner, maite, 'rgc')
  await giveRole(house.owner, stranger, 'signataire')
})

for (const role of ['responsable-operationnel', 'correspondant-si', 'dpd', 'rssi', 'responsable-formation'] as const)
  test(`AGR-16: the signatory gives ${role}, then ends it: at once, the person, the account manager and the trail are told`, async () => {
    const given = await give(gilles, ines, role)
    assert.deepEqual([given.status, given.body.told, await holds(ines)], [200, 2, [role]])
    const mails = await deliverMails(house, mailbox)
    assert.deepEqual(mails.map(m => m.subject).sort(), [
      'Un rôle de votre structure est donné',
      'Un rôle vous est donné dans votre structure',
    ])
    assert.ok(mails.every(m => /Désignée par note/.test(m.text)))
    const shown = (await list(gilles)).items.find((r: any) => r.person.id === ines.id)
    assert.deepEqual(
      [shown.role, shown.state, shown.givenBy.id, shown.allowed],
      [role, 'in-effect', gilles.id, ['end']],
    )
    assert.equal((await end(gilles, shown.id)).status, 200)
    assert.deepEqual(await holds(ines), [])
    assert.equal((await deliverMails(house, mailbox)).length, 2)
    assert.equal((await end(gilles, shown.id)).body.code, 'role/over')
    const over = await list(maite, '?over=true&total=true')
    assert.deepEqual(
      [over.total, over.items[0].state, over.items[0].endedBy.id, over.items[0].endReason, over.items[0].allowed],
      [1, 'over', gilles.id, 'Changement de poste', []],
    )
    const told = await rows(
      `select e.action, e.actor_id as by, d.detail ->> 'role' as role from audit_entries e
        join audit_details d on d.entry_id = e.id where e.subject_id = $1 and e.action like 'partner-role.%' order by e.at`,
      [ines.id],
    )
    assert.deepEqual(told, [
      { action: 'partner-role.given', by: gilles.id, role },
      { action: 'partner-role.ended', by: gilles.id, role },
    ])
  })

test('AGR-16, AGR-9: from the contact of annex 2 to the role, and back', async () => {
  assert.equal((await seat(gilles, 'dpd')).contact, null)
  assert.equal(await name(gilles, 'dpd', (await addressOf(ines)).toUpperCase()), 200)
  const offered = await seat(gilles, 'dpd')
  assert.deepEqual(
    [offered.contact.account.id, offered.contact.holds, offered.allowed],
    [ines.id, false, ['give', 'give-to-contact', 'name']],
  )
  assert.deepEqual((await seat(maite, 'dpd')).allowed, ['give', 'give-to-contact'])
  assert.equal((await give(maite, offered.contact.account, 'dpd')).status, 200)
  const held = await seat(gilles, 'dpd')
  assert.deepEqual(
    [held.contact.holds, held.holders.map((h: any) => [h.id, h.email]), held.allowed],
    [true, [[ines.id, await addressOf(ines)]], ['give', 'name']],
  )
  // Back: whoever holds the role becomes the contact, with the address that the page gives.
  assert.equal((await give(gilles, ines, 'rssi')).status, 200)
  const [holder] = (await seat(gilles, 'rssi')).holders
  assert.equal(await name(gilles, 'rssi', holder.email), 200)
  const back = await seat(gilles, 'rssi')
  assert.deepEqual([back.contact.account.id, back.contact.holds], [ines.id, true])
  // An address of another structure, or of nobody, gives no one.
  for (const email of [await addressOf(stranger), 'dpd.mutualise@partenaire.example']) {
    assert.equal(await name(gilles, 'correspondant-si', email), 200)
    const unknown = await seat(gilles, 'correspondant-si')
    assert.deepEqual([unknown.contact.account, unknown.allowed], [null, ['give', 'name']])
  }
})

test('AGR-16, SEC-6: an account manager gives what acts in nobody’s name; nobody gives or ends their own, nor in another structure', async () => {
  for (const role of ['correspondant-si', 'dpd', 'rssi', 'responsable-formation'])
    assert.equal((await give(maite, ines, role)).status, 200)
  assert.equal((await give(maite, ines, 'responsable-operationnel')).body.code, 'partner-role/signatory-only')
  assert.equal((await give(gilles, ines, 'responsable-operationnel')).status, 200)
  assert.equal(
    (await end(maite, await roleOf(ines, 'responsable-operationnel'))).body.code,
    'partner-role/signatory-only',
  )
  assert.equal((await end(maite, await roleOf(ines, 'dpd'))).status, 200)

  for (const [who, to, code] of [
    [maite, maite, 'partner-role/own'],
    [gilles, gilles, 'partner-role/own'],
    [ines, maite, 'partner-role/givers-only'],
    [stranger, ines, 'not-found'],
    [gilles, stranger, 'not-found'],
    [gilles, { id: uuidv7() }, 'not-found'],
  ] as const)
    assert.equal((await give(who, to, 'dpd')).body.code, code)
  assert.equal((await give(gilles, maite, 'dpd')).status, 200)
  assert.equal((await end(maite, await roleOf(maite, 'dpd'))).body.code, 'partner-role/own')
  assert.equal((await end(stranger, await roleOf(maite, 'dpd'))).status, 404)
  assert.equal((await end(gilles, await roleOf(maite, 'rgc'))).status, 404) // its deed names it
  assert.equal((await end(ines, await roleOf(maite, 'dpd'))).body.code, 'partner-role/givers-only')
  assert.deepEqual(await holds(maite), ['dpd', 'rgc'])
  assert.equal((await give(null, ines, 'dpd')).status, 401)
})

test('AGR-16: read by who answers for the structure; by nobody else of it, nor by the operator', async () => {
  const [agent, officer] = [
    await house.person(partner),
    await house.person((await house.organisation({ kind: 'operateur' })).id),
  ]
  await giveRole(house.owner, officer, 'signataire')
  for (const path of ['/partner-roles', '/partner-roles/seats'])
    for (const who of [agent, officer])
      assert.equal((await house.call(who, 'GET', path)).body.code, 'partner-role/readers-only')
  assert.equal((await give(officer, ines, 'dpd')).body.code, 'partner-role/givers-only')
  assert.equal((await give(gilles, agent, 'dpd')).status, 200)
  assert.deepEqual(
    (await list(agent)).items.map((r: any) => [r.person.id, r.allowed]),
    [[agent.id, []]],
  )
  assert.deepEqual((await list(stranger)).items, [])
})

test('AGR-16: an active account of the structure alone; the operational lead is one of its own agents', async () => {
  const [gone, delegate] = [await house.person(partner), await house.person(partner)]
  await rows(`update accounts set status = 'suspended' where id = $1`, [gone.id])
  const third = uuidv7()
  await rows(
    `insert into third_parties (id, organisation_id, kind, name, capacity, starts_on, evidence, evidence_on,
      recorded_by, recorded_at) values ($1, $2, 'contractor', 'x', 'processor', '2026-01-01', 'x', '2026-01-01', $3, now())`,
    [third, partner, gilles.id],
  )
  await rows(
    `update accounts set attachment = 'contractor', third_party_id = $2, contract_ends_on = '2040-01-01' where id = $1`,
    [delegate.id, third],
  )
  assert.equal((await give(gilles, gone, 'dpd')).status, 404)
  assert.equal((await give(gilles, delegate, 'responsable-operationnel')).body.code, 'partner-role/agents-only')
  assert.equal((await give(gilles, delegate, 'dpd')).status, 200)
  const takers = async (role: string, q = '') =>
    (await house.call(gilles, 'GET', `/partner-roles/people?role=${role}&q=${encodeURIComponent(q)}`)).body.items.map(
      (p: any) => p.id,
    )
  assert.deepEqual(new Set(await takers('dpd')), new Set([maite.id, ines.id, delegate.id]))
  assert.deepEqual(new Set(await takers('responsable-operationnel')), new Set([maite.id, ines.id]))
  await rows(`update accounts set family_name = 'Zéphyr' where id = $1`, [ines.id])
  assert.deepEqual([await takers('dpd', 'zephyr'), await takers('dpd', 'Zé%r')], [[ines.id], []])
  const asked = await house.call(maite, 'GET', '/partner-roles/people?role=responsable-operationnel')
  assert.equal(asked.body.code, 'partner-role/signatory-only')
})

test('AGR-16: it starts on its first day and ends after its last; given twice at once, one is told that it is held', async () => {
  const [first, last] = [addDays(today, 3), addDays(today, 5)]
  assert.equal((await give(gilles, ines, 'rssi', { startsOn: first, endsOn: last })).status, 200)
  assert.match(
    (await deliverMails(house, mailbox)).map(m => m.text).join(),
    new RegExp(first.split('-').reverse().join('/')),
  )
  const at = async (day: string) =>
    (await rows(`select role from ctx.effective_roles($1, $2::timestamptz)`, [ines.id, `${day}T12:00:00Z`])).length
  assert.deepEqual(await Promise.all([addDays(first, -1), first, last, addDays(last, 1)].map(at)), [0, 1, 1, 0])
  assert.equal((await list(gilles)).items[0].state, 'to-come')
  assert.equal((await give(gilles, ines, 'rssi', { startsOn: last })).body.code, 'role/held')
  assert.equal((await end(gilles, await roleOf(ines, 'rssi'))).status, 200)
  assert.equal(await at(first), 0)

  const both = await Promise.all([give(gilles, ines, 'dpd'), give(maite, ines, 'dpd')])
  assert.deepEqual(both.map(a => a.status).sort(), [200, 409])
})

for (const [wrong, over, code] of [
  ['a past start', { startsOn: addDays(today, -1) }, 'role/in-past'],
  ['an end before the start', { startsOn: addDays(today, 2), endsOn: addDays(today, 1) }, 'role/ends-before'],
  ['a role of the operator', { role: 'cssi' }, 'request/malformed'],
  ['a role that a deed names', { role: 'rgc' }, 'request/malformed'],
  ['a role that the convention names', { role: 'signataire' }, 'request/malformed'],
  ['an empty reason', { reason: '  ' }, 'request/malformed'],
  ['a day that is none', { startsOn: '2027-02-30' }, 'request/malformed'],
] as const)
  test(`AGR-16: refused, with nothing written: ${wrong}`, async () => {
    const answer = await give(gilles, ines, 'dpd', over)
    assert.deepEqual([answer.body.code, await holds(ines)], [code, []])
  })

test('IDN-5: giving and ending a role of one’s structure ask the second factor again', async () => {
  const late = await house.person(partner, [], { provenAt: new Date(Date.now() - 11 * 60_000) })
  await giveRole(house.owner, late, 'signataire')
  assert.equal((await give(late, ines, 'dpd')).body.code, 'session/step-up-required')
  assert.equal((await give(gilles, ines, 'dpd')).status, 200)
  assert.equal((await end(late, await roleOf(ines, 'dpd'))).body.code, 'session/step-up-required')
  assert.deepEqual(await holds(ines), ['dpd'])
})

test('AGR-16: given, a role lets its holder read the structure’s roles at the next request; ended, no longer', async () => {
  assert.equal((await house.call(ines, 'GET', '/partner-roles')).status, 403)
  assert.equal((await give(gilles, ines, 'responsable-formation')).status, 200)
  assert.equal((await list(ines)).items.length, 1)
  assert.equal((await end(gilles, await roleOf(ines, 'responsable-formation'))).status, 200)
  assert.equal((await house.call(ines, 'GET', '/partner-roles')).status, 403)
})

test('AGR-16: who waited behind another and lost their own role meanwhile gives and ends nothing', async () => {
  assert.equal((await give(gilles, ines, 'rssi')).status, 200)
  const rssi = await roleOf(ines, 'rssi')
  for (const change of [() => give(maite, ines, 'dpd'), () => end(maite, rssi)]) {
    const gate = new pg.Client(house.urls.ownerUrl)
    await gate.connect()
    await gate.query('begin')
    await gate.query(`select pg_advisory_xact_lock(hashtextextended('roles of ' || $1, 0))`, [partner])
    await gate.query(`update role_assignments set ends_at = now() where account_id = $1 and role = 'rgc'`, [maite.id])
    let answered = false
    const changing = change().finally(() => {
      answered = true
    })
    while (
      !answered &&
      (
        await rows(`select from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`)
      ).length === 0
    )
      await new Promise(resolve => setTimeout(resolve, 10))
    await gate.query('commit')
    await gate.end()
    assert.equal((await changing).body.code, 'partner-role/givers-only')
    assert.deepEqual(await holds(ines), ['rssi'])
    await rows(`update role_assignments set ends_at = null where account_id = $1 and role = 'rgc'`, [maite.id])
  }
})
