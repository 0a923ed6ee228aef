import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { people } from '../people/index.ts'
import { rgc } from './index.ts'
import { deedActs, withConditions } from './testing.ts'

let house: House
let signatory: Person
let manager: Person
let organisationId: string
const third = { delegate: '', contractor: '' }
const today = parisDay(new Date())
const call = (who: Person, method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown, headers: object = {}) =>
  house.call(who, method, path, body, { ...(method === 'POST' ? once() : {}), ...headers })

before(async () => {
  house = await withConditions(await openHouse([...rgc, ...people]))
})
beforeEach(async () => {
  organisationId = (await house.organisation()).id
  signatory = await house.person(organisationId)
  manager = await house.person(organisationId)
  await giveRole(house.owner, signatory, 'signataire')
  await giveRole(house.owner, manager, 'rgc')
  for (const kind of ['delegate', 'contractor'] as const) {
    third[kind] = uuidv7()
    await house.owner.query(
      `insert into third_parties (id, organisation_id, kind, name, capacity, starts_on, evidence, evidence_on,
        recorded_by, recorded_at)
        values ($1, $2, $3, $4, 'processor', '2026-01-01', 'Marché', '2026-01-01', $5, now())`,
      [third[kind], organisationId, kind, `Tiers ${kind}`, manager.id],
    )
  }
})
after(() => house.close())

/** Each way of not being permanent staff. */
const others = () =>
  [
    { attachment: 'delegate', third_party_id: third.delegate, contract_ends_on: null },
    { attachment: 'delegate', third_party_id: third.delegate, contract_ends_on: '2099-01-01' },
    { attachment: 'contractor', third_party_id: third.contractor, contract_ends_on: '2099-01-01' },
    { attachment: 'agent', third_party_id: null, contract_ends_on: '2099-01-01' },
  ] as const
const become = (who: Person, to: ReturnType<typeof others>[number]) =>
  house.owner.query('update accounts set attachment = $2, third_party_id = $3, contract_ends_on = $4 where id = $1', [
    who.id,
    to.attachment,
    to.third_party_id,
    to.contract_ends_on,
  ])
const permanent = { attachment: 'agent', third_party_id: null, contract_ends_on: null } as never
/** Makes what only the deed and the gate look at: the guard of accounts aside. */
const unguarded = async (does: () => Promise<unknown>) => {
  await house.owner.query('alter table accounts disable trigger permanent_managers')
  try {
    await does()
  } finally {
    await house.owner.query('alter table accounts enable trigger permanent_managers')
  }
}
const emailOf = async (who: Person) =>
  (await house.owner.query('select email from account_contacts where account_id = $1', [who.id])).rows[0].email
const propose = async (...named: Person[]) =>
  call(signatory, 'POST', '/rgc/deeds', {
    address: '1 place de l’Essai, 33000 Essai',
    signatoryId: signatory.id,
    signatoryTitle: 'Direction',
    conditionsGiven: true,
    members: await Promise.all(
      named.map(async who => ({
        position: 'titulaire',
        givenName: 'Camille',
        familyName: 'Essai',
        bornOn: '1980-02-29',
        telephone: '05 00 00 00 00',
        email: await emailOf(who),
        staff: 'permanent',
      })),
    ),
  })
const sign = (who: Person, deed: { id: string; digest: string }) =>
  call(who, 'POST', `/rgc/deeds/${deed.id}/sign`, { digest: deed.digest })
const rolesOf = async (who: Person) => {
  const tx = await house.database.begin()
  try {
    return (await tx.enter(tokenHash(who.cookie.slice('session='.length))))!.roles.map(r => r.role)
  } finally {
    await tx.rollback()
  }
}

test('RGC-2: the agent of a delegate or a contractor, and whoever has a contract that ends, are not named by a deed', async () => {
  const person = await house.person(organisationId)
  for (const to of others()) {
    await become(person, to)
    assert.equal((await propose(person)).body.code, 'rgc/not-of-the-structure', JSON.stringify(to))
  }
  await become(person, permanent)
  assert.equal((await propose(person)).status, 200)
})
test('RGC-2: whoever is no longer permanent staff when the deed is signed is not sent with it', async () => {
  for (const to of others()) {
    const person = await house.person(organisationId)
    const deed = (await propose(person)).body
    assert.equal((await sign(signatory, deed)).status, 200)
    await become(person, to)
    assert.equal((await sign(person, deed)).body.code, 'rgc/permanent-staff-only', JSON.stringify(to))
    const {
      rows: [kept],
    } = await house.owner.query('select sent_at from rgc_deeds where id = $1', [deed.id])
    assert.equal(kept.sent_at, null)
    // Whatever the application forgets, the database sends no such deed.
    await house.owner.query(
      `insert into rgc_signatures (deed_id, account_id, capacity, digest, signed_at)
        select id, $2, 'rgc', digest, now() from rgc_deeds where id = $1`,
      [deed.id, person.id],
    )
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(signatory.cookie.slice('session='.length)))
      const sent = await tx.first(sql<{ at: Date | null }>`select send_rgc_deed(${deed.id}::uuid) as at`)
      assert.equal(sent!.at, null)
    } finally {
      await tx.rollback()
    }
  }
})
test('RGC-2: an account manager who becomes the agent of a delegate or of a contractor loses the role at once, told to both sides, in the trail', async () => {
  const cssi = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, cssi, 'cssi')
  for (const [way, alone] of [
    [{ attachment: 'delegate', thirdPartyId: third.delegate }, false],
    [{ attachment: 'contractor', thirdPartyId: third.contractor, contractEndsOn: addDays(today, 60) }, true],
  ] as const) {
    const other = await house.person(organisationId)
    await giveRole(house.owner, other, 'rgc')
    assert.deepEqual(await rolesOf(other), ['rgc'])
    // The signatory decides of the last of two.
    if (alone)
      await house.owner.query('update role_assignments set ends_at = now() where account_id = $1', [manager.id])
    const identity = { givenName: 'Camille', familyName: 'Essai', function: 'Conseil', ...way }
    const edited = await call(alone ? signatory : manager, 'PUT', `/habilitations/people/${other.id}`, identity, {
      'if-match': '"1"',
    })
    assert.equal(edited.status, 200, JSON.stringify(edited.body))
    assert.deepEqual(await rolesOf(other), [])
    const { rows: open } = await house.owner.query(
      `select from role_assignments where account_id = $1 and role = 'rgc' and ends_at is null`,
      [other.id],
    )
    assert.equal(open.length, 0, 'ended, and not asleep')
    const { rows: mails } = await house.owner.query(
      `select to_account_id as to, body from mails where kind = 'account-no-longer-manager' and about_id = $1`,
      [other.id],
    )
    for (const to of [signatory, cssi]) assert.ok(mails.some(m => m.to === to.id))
    assert.ok(mails.every(m => !m.body.includes(other.name) && /n’a plus de RGC/.test(m.body) === alone))
    const { rows: reminded } = await house.owner.query(
      `select from mails where kind = 'confidentiality-reminder' and to_account_id = $1`,
      [other.id],
    )
    assert.equal(reminded.length, 1, 'and the person')
    const { rows: trail } = await house.owner.query(
      `select action from audit_entries where subject_id = $1 and action like 'account.%' order by action`,
      [other.id],
    )
    assert.deepEqual(
      trail.map(t => t.action),
      ['account.edited', 'account.manager-role-ended'],
    )
  }
})
test('RGC-2: an account manager gets no last day by a correction: the departure is declared first', async () => {
  const [other, agent] = [await house.person(organisationId), await house.person(organisationId)]
  await giveRole(house.owner, other, 'rgc')
  const edit = (who: Person, over: object) =>
    call(manager, 'PUT', `/habilitations/people/${who.id}`, { ...identity, ...over }, { 'if-match': '"1"' })
  const identity = {
    givenName: 'Camille',
    familyName: 'Essai',
    function: 'Conseil aux entreprises',
    attachment: 'agent',
  }
  const ways = [
    { attachment: 'delegate', thirdPartyId: third.delegate },
    { attachment: 'contractor', thirdPartyId: third.contractor, contractEndsOn: addDays(today, 60) },
    { contractEndsOn: addDays(today, 60) },
  ]
  assert.equal((await edit(other, ways[2]!)).body.code, 'person/manages-accounts')
  assert.equal((await edit(agent, ways[0]!)).status, 200, 'of anyone else, it is corrected')
  assert.equal((await edit(other, { function: 'Autre fonction' })).status, 200, 'another correction is made')
  // Straight to the database, in the name of the one who decides: refused, or the role is lost with it.
  for (const to of others()) {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(manager.cookie.slice('session='.length)))
      const change = tx.run(
        sql`update accounts set attachment = ${to.attachment}, third_party_id = ${to.third_party_id}::uuid,
          contract_ends_on = ${to.contract_ends_on}::date where id = ${other.id}::uuid`,
      )
      if (to.attachment === 'agent') await assert.rejects(change, /permanent staff/)
      else {
        assert.equal(await change, 1)
        const roles = await tx.all(
          sql<{ id: string }>`select id from role_assignments where account_id = ${other.id}::uuid and ends_at is null`,
        )
        assert.deepEqual(roles, [])
      }
    } finally {
      await tx.rollback()
    }
  }
  await house.owner.query(`update role_assignments set ends_at = now() where account_id = $1`, [other.id])
  assert.equal(
    (
      await call(
        manager,
        'PUT',
        `/habilitations/people/${other.id}`,
        { ...identity, ...ways[0] },
        { 'if-match': '"2"' },
      )
    ).status,
    200,
    'once the role is over',
  )
})
test('RGC-10, ACC-6: who keeps the role of a past convention alone is deleted or changed as anyone; of one to come, not', async () => {
  const acts = deedActs(house)
  const cssi = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, cssi, 'cssi')
  const some = () => house.person(organisationId)
  const [stay, leave, change, coming] = [await some(), await some(), await some(), await some()]
  await acts.sent(signatory, [stay, leave, change])
  const next = uuidv7()
  await house.owner.query(
    `insert into conventions (id, organisation_id, region_id, number, created_at)
      values ($1::uuid, $2, 0, 'C-' || $1::text, now())`,
    [next, organisationId],
  )
  await acts.sent(signatory, [stay, coming], { conventionId: next })
  for (const _ of ['in force', 'to come']) assert.equal((await acts.certify(cssi, stay, today)).status, 200)
  const depart = (of: Person) =>
    call(stay, 'POST', `/habilitations/people/${of.id}/depart`, { cause: 'departure', reason: 'Mutation' })
  const identity = { givenName: 'Camille', familyName: 'Essai', function: 'Conseil', attachment: 'agent' }
  const edit = (of: Person) =>
    call(
      stay,
      'PUT',
      `/habilitations/people/${of.id}`,
      { ...identity, contractEndsOn: addDays(today, 60) },
      { 'if-match': '"1"' },
    )
  for (const named of [leave, coming]) {
    assert.equal((await depart(named)).body.code, 'person/still-manager')
    assert.equal((await edit(named)).body.code, 'person/manages-accounts')
  }
  await house.owner.query(
    'update conventions set ends_at = now() where organisation_id = $1 and effective_from is not null',
    [organisationId],
  )
  await house.owner.query('update conventions set effective_from = now() where id = $1', [next])
  const { rowCount } = await house.owner.query(
    `select from role_assignments where account_id = any ($1) and role = 'rgc' and ends_at is null`,
    [[leave.id, change.id]],
  )
  assert.equal(rowCount, 2, 'the role is still written')
  assert.equal((await depart(leave)).status, 200)
  assert.equal((await edit(change)).status, 200)
})
test('RGC-2, RGC-4: the role rests on being permanent staff: it stops at the next request, and the page says so', async () => {
  for (const to of others()) {
    assert.deepEqual(await rolesOf(manager), ['rgc'])
    await unguarded(() => become(manager, to))
    assert.deepEqual(await rolesOf(manager), [], JSON.stringify(to))
    const { body } = await call(manager, 'GET', '/rgc')
    assert.deepEqual(
      body.gate.filter((s: { done: boolean }) => !s.done).map((s: { term: string }) => s.term),
      ['staff'],
    )
    assert.deepEqual((await call(signatory, 'GET', '/rgc')).body.inPlace, [], 'nobody is in place')
    await become(manager, permanent)
  }
})
