import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { roles } from './index.ts'

let house: House
let mailbox: Mailbox
let operator: string
let ada: Person // administrator
let bob: Person // another one
let odile: Person // security officer, of every region
let sylvie: Person // an agent with no role
const today = parisDay(new Date())
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const give = (who: Person, to: { id: string }, role: string, over: object = {}) =>
  house.call(who, 'POST', '/operator-roles', { accountId: to.id, role, reason: 'Nommée par note', ...over }, once())
const end = (who: Person, roleId: string, reason: unknown = 'Fin de mission') =>
  house.call(who, 'POST', `/operator-roles/${roleId}/end`, { reason }, once())
const list = async (who: Person, query = '') => (await house.call(who, 'GET', `/operator-roles${query}`)).body
const holds = async (who: { id: string }) =>
  (await rows('select role, region_id from ctx.effective_roles($1, ctx.clock()) order by 1, 2', [who.id])).map(r =>
    r.region_id === null ? r.role : `${r.role}:${r.region_id}`,
  )
const roleOf = async (who: { id: string }, role: string): Promise<string> =>
  (
    await rows('select id from role_assignments where account_id = $1 and role = $2 order by starts_at desc limit 1', [
      who.id,
      role,
    ])
  )[0].id
const trailOf = (who: { id: string }, action: string) =>
  rows(
    `select e.actor_id as by, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.subject_id = $1 and e.action = $2 order by e.at`,
    [who.id, action],
  )

before(async () => {
  house = await openHouse(roles)
  mailbox = await openMailbox()
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
    (1053, 'region', '53', 'Bretagne'), (2033, 'departement', '33', 'Gironde')`)
  operator = (await house.organisation({ kind: 'operateur' })).id
})
after(async () => {
  await mailbox.close()
  await house.close()
})
beforeEach(async () => {
  await rows('delete from role_assignments')
  await rows('delete from mails')
  ;[ada, bob, odile, sylvie] = (await Promise.all([0, 1, 2, 3].map(() => house.person(operator)))) as [
    Person,
    Person,
    Person,
    Person,
  ]
  await giveRole(house.owner, ada, 'administrateur')
  await giveRole(house.owner, bob, 'administrateur')
  await giveRole(house.owner, odile, 'cssi')
})

for (const [role, region, held] of [
  ['cssi', undefined, 'cssi'],
  ['cssi', 1075, 'cssi:1075'],
  ['direction-regionale', 1075, 'direction-regionale:1075'],
  ['support', undefined, 'support'],
  ['dpd', undefined, 'dpd'],
  ['rssi', undefined, 'rssi'],
  ['administrateur', undefined, 'administrateur'],
  ['signataire', undefined, 'signataire'],
  ['signataire', 1075, 'signataire:1075'],
] as const)
  test(`AGR-16: an administrator gives ${held}, then ends it: at once, the person, the others and the trail are told`, async () => {
    const given = await give(ada, sylvie, role, region === undefined ? {} : { regionId: region })
    assert.deepEqual([given.status, await holds(sylvie)], [200, [held]])
    const mails = await deliverMails(house, mailbox)
    assert.deepEqual(mails.map(m => m.subject).sort(), [
      'Un rôle de l’opérateur est donné',
      'Un rôle de l’opérateur est donné',
      'Un rôle vous est donné',
    ])
    assert.equal(given.body.told, 3)
    assert.ok(
      mails.every(m => /Nommée par note/.test(m.text) && (region === undefined || /Nouvelle-Aquitaine/.test(m.text))),
    )
    const [entry] = await trailOf(sylvie, 'role.given')
    assert.deepEqual(
      [entry.by, entry.detail.role, entry.detail.regionId, entry.detail.reason],
      [ada.id, role, region ?? null, 'Nommée par note'],
    )

    const shown = (await list(ada)).items.find((r: any) => r.person.id === sylvie.id)
    assert.deepEqual(
      [shown.role, shown.region?.id, shown.state, shown.givenBy.id, shown.allowed],
      [role, region, 'in-effect', ada.id, ['end']],
    )
    assert.equal((await end(bob, shown.id)).status, 200)
    assert.deepEqual(await holds(sylvie), [])
    assert.equal((await deliverMails(house, mailbox)).length, 3)
    const [ended] = await trailOf(sylvie, 'role.ended')
    assert.deepEqual([ended.by, ended.detail.reason], [bob.id, 'Fin de mission'])
    const over = await list(odile, '?over=true&total=true')
    assert.deepEqual(
      [
        over.total,
        over.items[0].state,
        over.items[0].endedBy.id,
        over.items[0].endReason,
        over.items[0].allowed,
        over.allowed,
      ],
      [1, 'over', bob.id, 'Fin de mission', [], []],
    )
    assert.deepEqual(((await end(bob, shown.id)).body as any).code, 'role/over')
  })

test('AGR-16: it starts on its first day and ends after its last; one to come is ended before it starts', async () => {
  const [first, last] = [addDays(today, 3), addDays(today, 5)]
  assert.equal((await give(ada, sylvie, 'support', { startsOn: first, endsOn: last })).status, 200)
  assert.match(
    (await deliverMails(house, mailbox)).map(m => m.text).join(),
    new RegExp(first.split('-').reverse().join('/')),
  )
  const at = async (day: string) =>
    (await rows(`select role from ctx.effective_roles($1, $2::timestamptz)`, [sylvie.id, `${day}T12:00:00Z`])).length
  assert.deepEqual(await Promise.all([addDays(first, -1), first, last, addDays(last, 1)].map(at)), [0, 1, 1, 0])
  const shown = (await list(ada)).items.find((r: any) => r.person.id === sylvie.id)
  assert.equal(shown.state, 'to-come')
  assert.equal((await give(ada, sylvie, 'support', { startsOn: last })).body.code, 'role/held')
  assert.equal((await end(ada, shown.id)).status, 200)
  assert.equal(await at(first), 0)
  assert.equal((await give(ada, sylvie, 'support', { startsOn: last })).status, 200)
})

test('AGR-16: of two who give the same role at once, one is told that it is held', async () => {
  const codes = (await Promise.all([give(ada, sylvie, 'dpd'), give(bob, sylvie, 'dpd')])).map(a => a.status).sort()
  assert.deepEqual(codes, [200, 409])
  assert.equal((await rows(`select from role_assignments where account_id = $1`, [sylvie.id])).length, 1)
  // The same office for two regions is two roles.
  for (const regionId of [1075, 1053]) assert.equal((await give(ada, sylvie, 'cssi', { regionId })).status, 200)
  assert.equal((await give(ada, sylvie, 'cssi', { regionId: 1053 })).body.code, 'role/held')
})

test('SEC-6, AGR-16: given again, a role that sleeps wakes', async () => {
  await giveRole(house.owner, sylvie, 'support', { seenAt: null })
  assert.deepEqual(await holds(sylvie), [])
  const state = async () => (await list(ada)).items.find((r: any) => r.person.id === sylvie.id).state
  assert.equal(await state(), 'asleep')
  assert.equal((await give(ada, sylvie, 'support')).status, 200)
  assert.deepEqual([await state(), await holds(sylvie)], ['in-effect', ['support']])
})

test('AGR-16: nobody gives or ends a role of their own', async () => {
  assert.deepEqual([(await give(ada, ada, 'cssi')).body.code, await holds(ada)], ['role/own', ['administrateur']])
  assert.equal((await end(ada, await roleOf(ada, 'administrateur'))).body.code, 'role/own')
  assert.deepEqual(await holds(ada), ['administrateur'])
  assert.ok((await list(ada)).items.every((r: any) => (r.person.id === ada.id) === (r.allowed.length === 0)))
})

test('AGR-16: the last administrator stays: ended by each other at once, one of the two remains', async () => {
  const answers = await Promise.all([
    end(ada, await roleOf(bob, 'administrateur')),
    end(bob, await roleOf(ada, 'administrateur')),
  ])
  assert.deepEqual(answers.map(a => a.status === 200).sort(), [false, true])
  assert.equal((await holds(ada)).length + (await holds(bob)).length, 1)
})

test('AGR-16: two at once who end the two last others: one of them remains; one whose role has an end is not enough', async () => {
  // Ada's own role ends one day: nobody counts on it.
  await rows(`update role_assignments set ends_at = now() + interval '3 days' where account_id = $1`, [ada.id])
  await giveRole(house.owner, sylvie, 'administrateur')
  const answers = await Promise.all([
    end(ada, await roleOf(bob, 'administrateur')),
    end(ada, await roleOf(sylvie, 'administrateur')),
  ])
  assert.deepEqual(answers.map(a => a.body.code ?? 'ended').sort(), ['ended', 'role/last-administrator'])
  assert.equal((await rows(`select from role_assignments where role = 'administrateur' and ends_at is null`)).length, 1)
  // A blocked administrator gives nothing: not enough either.
  await rows(`delete from role_assignments where account_id = any($1)`, [[bob.id, sylvie.id]])
  await giveRole(house.owner, bob, 'administrateur')
  await giveRole(house.owner, sylvie, 'administrateur')
  await rows(
    `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at)
      values ($1, $2, $3, 'suspect-use', 'essai', now())`,
    [uuidv7(), sylvie.id, operator],
  )
  assert.equal((await end(ada, await roleOf(bob, 'administrateur'))).body.code, 'role/last-administrator')
  assert.equal((await end(ada, await roleOf(sylvie, 'administrateur'))).status, 200)
})

test('AGR-16, SEC-6: only an administrator gives and ends; to an active agent of the operator; what deeds name is not ended here', async () => {
  const partner = (await house.organisation()).id
  const [manager, stranger] = [await house.person(partner), await house.person(partner)]
  await giveRole(house.owner, manager, 'rgc')
  const roleId = await roleOf(bob, 'administrateur')
  for (const who of [odile, sylvie, manager]) {
    assert.equal((await give(who, sylvie, 'support')).body.code, 'access/role-required')
    assert.equal((await end(who, roleId)).body.code, 'access/role-required')
    assert.equal((await house.call(who, 'GET', '/operator-roles/people')).status, 403)
  }
  assert.equal((await house.call(sylvie, 'GET', '/operator-roles')).body.code, 'access/role-required')
  assert.equal((await house.call(null, 'GET', '/operator-roles')).status, 401)
  assert.deepEqual((await list(odile)).allowed, [])

  const gone = await house.person(operator)
  await rows(`update accounts set status = 'suspended' where id = $1`, [gone.id])
  for (const to of [stranger, gone, { id: uuidv7() }]) assert.equal((await give(ada, to, 'support')).status, 404)
  assert.equal((await end(ada, await roleOf(manager, 'rgc'))).status, 404)
  assert.equal((await end(ada, uuidv7())).status, 404)
  assert.deepEqual([await holds(manager), await holds(bob)], [['rgc'], ['administrateur']])
})

for (const [wrong, over, code] of [
  ['a regional direction of nowhere', { role: 'direction-regionale' }, 'role/region-needed'],
  ['a regional direction of a department', { role: 'direction-regionale', regionId: 2033 }, 'role/no-such-region'],
  ['a security officer of the whole country as a region', { role: 'cssi', regionId: 0 }, 'role/no-such-region'],
  ['the support of a region', { role: 'support', regionId: 1075 }, 'role/region-not-of-role'],
  ['a past start', { startsOn: addDays(today, -1) }, 'role/in-past'],
  ['an end before the start', { startsOn: addDays(today, 2), endsOn: addDays(today, 1) }, 'role/ends-before'],
  ['a role of partners', { role: 'rgc' }, 'request/malformed'],
  ['an empty reason', { reason: '  ' }, 'request/malformed'],
  ['a day that is none', { startsOn: '2027-02-30' }, 'request/malformed'],
] as const)
  test(`AGR-16: refused, with nothing written: ${wrong}`, async () => {
    const answer = await give(ada, sylvie, 'support', over)
    assert.deepEqual(
      [answer.body.code, (await rows('select from role_assignments where account_id = $1', [sylvie.id])).length],
      [code, 0],
    )
  })

test('IDN-5: giving and ending a role ask the second factor again', async () => {
  const late = await house.person(operator, [], { provenAt: new Date(Date.now() - 11 * 60_000) })
  await giveRole(house.owner, late, 'administrateur')
  assert.equal((await give(late, sylvie, 'support')).body.code, 'session/step-up-required')
  assert.equal((await end(late, await roleOf(odile, 'cssi'))).body.code, 'session/step-up-required')
  assert.deepEqual(await holds(odile), ['cssi'])
})

test('AGR-16: people are found by name or function, never oneself; what is typed is no pattern', async () => {
  const found = async (q: string) =>
    (await house.call(ada, 'GET', `/operator-roles/people?q=${encodeURIComponent(q)}`)).body.items.map((p: any) => p.id)
  await rows(`update accounts set family_name = 'Zéphyr', function = 'Chargée de sécurité' where id = $1`, [sylvie.id])
  assert.deepEqual(
    [await found('zéphyr'), await found('chargée de séc'), await found('Zé%yr')],
    [[sylvie.id], [sylvie.id], []],
  )
  assert.ok(!(await found('')).includes(ada.id))
})

test('SEC-6: whatever the application forgets, the database writes no role itself', async () => {
  const tx = await house.database.begin()
  await assert.rejects(
    tx.all({
      compile: () => ({
        sql: `insert into role_assignments (id, account_id, organisation_id, role, starts_at, reason)
      values ('${uuidv7()}', '${sylvie.id}', '${operator}', 'cssi', now(), 'x')`,
        parameters: [],
      }),
    } as never),
    /permission denied/,
  )
  await tx.rollback()
})
