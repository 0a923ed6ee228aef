import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { grants } from '../grants/index.ts'
import { organisations } from '../organisations/index.ts'
import { people } from './index.ts'

let house: House
let own: string
let rgc: Person, second: Person, signs: Person, elsewhere: Person
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const post = (who: Person, of: Person, act: string, body: object = { reason: 'Homonyme, mauvaise personne' }) =>
  house.call(who, 'POST', `/habilitations/people/${of.id}/${act}`, body)
const depart = (of: Person, cause = 'departure') => post(rgc, of, 'depart', { cause, reason: 'Fin de contrat' })
const undo = (who: Person, of: Person) => post(who, of, 'undo-departure')
const agent = () => house.person(own, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }])
const left = (of: Person, days: number, minutes = 0) =>
  rows('update departed_people set left_at = now() - make_interval(days => $2, mins => $3) where account_id = $1', [
    of.id,
    days,
    minutes,
  ])
before(async () => {
  house = await openHouse([...people, ...grants, ...organisations])
  own = (await house.organisation()).id
  ;[rgc, second, signs] = [await house.person(own), await house.person(own), await house.person(own)]
  for (const one of [rgc, second]) await giveRole(house.owner, one, 'rgc')
  await giveRole(house.owner, signs, 'signataire')
  elsewhere = await house.person((await house.organisation()).id)
  await giveRole(house.owner, elsewhere, 'rgc')
})
after(() => house.close())

test('ACC-16, ACC-6: a departure recorded on the wrong person is undone within thirty days: name, address and account are back, grants wait to be given back, sessions and factors are not', async () => {
  const person = await agent()
  const [address] = await rows('select email from account_contacts where account_id = $1', [person.id])
  assert.equal((await depart(person)).status, 200)
  const page = (await house.call(rgc, 'GET', `/habilitations/people/${person.id}`)).body
  assert.deepEqual([page.allowed, page.status], [['undo-departure'], 'deleted'])
  const back = await undo(second, person)
  assert.equal(back.status, 200, JSON.stringify(back.body))
  assert.deepEqual(
    [`${back.body.givenName} ${back.body.familyName}`, back.body.email, back.body.status, back.body.left],
    [person.name, address.email, 'active', null],
  )
  assert.deepEqual(
    [back.body.grants, back.body.past.map((g: any) => [g.suspended, g.allowed])],
    [[], [[true, ['resume']]]],
  )
  assert.equal(
    await house.database.begin().then(async tx => {
      const viewer = await tx.enter(tokenHash(person.cookie.slice('session='.length)))
      await tx.rollback()
      return viewer
    }),
    null,
    'the session that was open stays ended',
  )
  const [entry] = await rows(
    `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'account.departure-undone' and e.subject_id = $1`,
    [person.id],
  )
  assert.deepEqual(
    [entry.actor_id, entry.detail],
    [second.id, { reason: 'Homonyme, mauvaise personne', grants: 1, days: 0 }],
  )
  assert.deepEqual(await rows('select from departed_people where account_id = $1', [person.id]), [])
  assert.equal(
    (await rows(`select from mails where kind = 'account-restored' and to_account_id = $1`, [person.id])).length,
    1,
  )
  assert.equal(
    (await house.call(rgc, 'POST', `/habilitations/grants/${back.body.past[0].id}/resume`, { reason: 'Départ annulé' }))
      .status,
    200,
  )
})

test('ACC-16: on the thirtieth day still, after it no more; twice at once, once; a breach is undone as well', async () => {
  const [late, inTime] = [await agent(), await agent()]
  for (const one of [late, inTime]) assert.equal((await depart(one, 'breach')).status, 200)
  await left(late, 30, 1)
  assert.deepEqual(
    [(await undo(rgc, late)).body.code, (await house.call(rgc, 'GET', `/habilitations/people/${late.id}`)).body.left],
    ['person/undo-too-late', null],
  )
  await left(inTime, 29, 1439)
  const both = await Promise.all([undo(rgc, inTime), undo(second, inTime)])
  assert.deepEqual(both.map(b => b.body.code ?? 'undone').sort(), ['person/not-departed', 'undone'])
})

test('ACC-16: not by the signatory, a colleague or another structure, nor once the address opens another account, nor of who never left', async () => {
  const person = await agent()
  const staying = await agent()
  const [{ email }] = await rows('select email from account_contacts where account_id = $1', [person.id])
  assert.equal((await depart(person)).status, 200)
  assert.equal((await undo(signs, person)).status, 404)
  assert.equal((await undo(staying, person)).body.code, 'access/role-required')
  assert.equal((await undo(elsewhere, person)).status, 404)
  assert.equal((await undo(rgc, staying)).body.code, 'person/not-departed')
  assert.equal((await post(rgc, person, 'undo-departure', {})).status, 400)
  await rows('update account_contacts set email = $2 where account_id = $1', [staying.id, email])
  assert.equal((await undo(rgc, person)).body.code, 'person/address-taken')
  assert.equal((await rows('select status from accounts where id = $1', [person.id]))[0].status, 'deleted')
  assert.equal((await rows('select from departed_people where account_id = $1', [person.id])).length, 1)
  await rows('update account_contacts set email = $2 where account_id = $1', [staying.id, `${uuidv7()}@x.example`])
  assert.equal((await undo(rgc, person)).status, 200)
})

test('ACC-16, RGC-6: not once a departure was declared to the security officer, whose day would end the account again', async () => {
  const person = await agent()
  assert.equal((await depart(person)).status, 200)
  await rows(
    `insert into rgc_events (id, account_id, organisation_id, kind, last_day, known_on, declare_by, late, rights_end_at,
      declared_by, declared_at, ends_account) values (gen_random_uuid(), $1, $2, 'depart', $3, $3, $3, false, now(), $4,
      now(), true)`,
    [person.id, own, parisDay(new Date()), signs.id],
  )
  assert.equal((await undo(rgc, person)).body.code, 'person/departure-declared')
  assert.equal((await rows('select status from accounts where id = $1', [person.id]))[0].status, 'deleted')
})

test('ACC-16, ACC-1: who comes back to a third party that left meanwhile ends with it, no later than agreed', async () => {
  const today = parisDay(new Date())
  const third = {
    name: 'Association Ressort',
    capacity: 'processor',
    startsOn: '2026-01-01',
    evidence: 'Convention de délégation, au secrétariat',
    evidenceOn: '2026-01-01',
  }
  const { body } = await house.call(rgc, 'POST', '/habilitations/third-parties', { kind: 'delegate', ...third })
  const [leaves, sooner] = [await agent(), await agent()]
  const before = addDays(today, -9)
  for (const [who, ends] of [
    [leaves, null],
    [sooner, before],
  ] as const) {
    await rows(
      `update accounts set attachment = 'delegate', third_party_id = $2, contract_ends_on = $3 where id = $1`,
      [who.id, body.id, ends],
    )
    assert.equal((await depart(who)).status, 200)
  }
  const ended = await house.call(
    rgc,
    'PUT',
    `/habilitations/third-parties/${body.id}`,
    { ...third, endsOn: addDays(today, -1) },
    { 'if-match': '"1"' },
  )
  assert.equal(ended.status, 200, JSON.stringify(ended.body))
  const back = [await undo(rgc, leaves), await undo(rgc, sooner)]
  assert.deepEqual(
    back.map(b => [b.status, b.body.contractEndsOn]),
    [
      [200, addDays(today, -1)],
      [200, before],
    ],
  )
})
