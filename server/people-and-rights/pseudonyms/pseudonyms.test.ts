import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite, sightsOf, withFunctionChanged } from '../../testing/parity.ts'
import { whileHeld } from '../../testing/while-held.ts'
import { giveRole } from '../accounts/testing.ts'
import { people } from '../people/index.ts'
import { pseudonyms } from './index.ts'
import { pseudonymIn } from './pseudonym-rules.ts'
import { mayReadIdentity } from './pseudonyms.policy.ts'

let house: House
let own: string
let rgc: Person, signs: Person, colleague: Person, elsewhere: Person, officer: Person, admin: Person
let leaver: Person
let pseudonym: string
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const read = (who: Person, typed = pseudonym, reason = 'Litige sur un échange noté') =>
  house.call(who, 'POST', '/pseudonyms/read', { pseudonym: typed, reason }, once())
const entries = () =>
  rows(
    `select e.actor_id, e.subject_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'pseudonym.read' order by e.at, e.id`,
  )
const depart = async (of: Person) => {
  const { status, body } = await house.call(rgc, 'POST', `/habilitations/people/${of.id}/depart`, {
    cause: 'departure',
    reason: 'Fin de contrat',
  })
  assert.equal(status, 200, JSON.stringify(body))
  return body.pseudonym as string
}
before(async () => {
  house = await openHouse([...pseudonyms, ...people])
  own = (await house.organisation()).id
  const [other, operator] = [(await house.organisation()).id, (await house.organisation({ kind: 'operateur' })).id]
  ;[rgc, signs, colleague, leaver, elsewhere, officer, admin] = [
    await house.person(own),
    await house.person(own),
    await house.person(own),
    await house.person(own),
    await house.person(other),
    await house.person(operator),
    await house.person(operator),
  ]
  for (const [who, role] of [
    [rgc, 'rgc'],
    [signs, 'signataire'],
    [elsewhere, 'rgc'],
    [officer, 'cssi'],
    [admin, 'administrateur'],
  ] as const)
    await giveRole(house.owner, who, role)
  pseudonym = await depart(leaver)
})
after(() => house.close())

test('ACC-16, ACC-6: an account manager of the structure reads who stands behind a pseudonym, for a reason that the trail keeps, without the name', async () => {
  const { status, body } = await read(rgc)
  assert.equal(status, 200, JSON.stringify(body))
  const [found] = body.items
  assert.deepEqual(
    [body.items.length, found.accountId, found.name, found.organisation.id],
    [1, leaver.id, leaver.name, own],
  )
  const [entry] = await entries()
  assert.deepEqual(
    [entry.actor_id, entry.subject_id, entry.detail],
    [rgc.id, leaver.id, { reason: 'Litige sur un échange noté' }],
  )
  assert.deepEqual(await rows(`select from mails where kind = 'pseudonym-read'`), [])
  assert.deepEqual(
    await rows(`select from idempotency_keys where account_id = $1 and reply::text like '%' || $2 || '%'`, [
      rgc.id,
      leaver.name,
    ]),
    [],
    'its reply is not kept',
  )
})
test('ACC-16, AGR-9: the security officer does too, and the structure is told of it by mail, without the name', async () => {
  assert.equal((await read(officer)).body.items[0].name, leaver.name)
  const told = await rows(`select to_account_id as id, body from mails where kind = 'pseudonym-read'`)
  assert.deepEqual(told.map(mail => mail.id).toSorted(), [rgc.id, signs.id].toSorted())
  for (const mail of told) assert.ok(!mail.body.includes(leaver.name))
  assert.equal((await entries()).at(-1).actor_id, officer.id)
})
test('ACC-16, SEC-6: nobody else reads it, nor without a reason; of another structure, made up, or forgotten, it is unknown, and the trail says nothing', async () => {
  const before = (await entries()).length
  for (const who of [signs, colleague, admin])
    assert.deepEqual([(await read(who)).status, (await read(who)).body.code], [403, 'access/role-required'])
  for (const [who, typed] of [
    [elsewhere, pseudonym],
    [rgc, 'n° 000000'],
    [rgc, 'Camille'],
  ] as const)
    assert.deepEqual([(await read(who, typed)).status, (await read(who, typed)).body.code], [404, 'pseudonym/unknown'])
  assert.equal((await read(rgc, pseudonym, ' ')).status, 400)
  const forgotten = await house.person(own)
  const code = await depart(forgotten)
  await rows(`update departed_people set left_at = now() - interval '3 years 1 day' where account_id = $1`, [
    forgotten.id,
  ])
  await rows('select ctx.purge_departed()')
  assert.equal((await read(rgc, code)).body.code, 'pseudonym/unknown')
  assert.equal((await entries()).length, before)
})
test('ACC-16, ACC-6: read by two at once, and twice by one under one key, each reading shows the name and has its line in the trail; the structure is told of the officer’s', async () => {
  const before = (await entries()).length
  const { length: told } = await rows(`select from mails where kind = 'pseudonym-read'`)
  const key = once()
  const keyed = () =>
    house.call(rgc, 'POST', '/pseudonyms/read', { pseudonym, reason: 'Litige sur un échange noté' }, key)
  const answers = await whileHeld(
    house.owner,
    'lock table audit_entries in share mode',
    [],
    [() => read(rgc), () => read(officer), keyed, keyed],
  )
  assert.deepEqual(
    answers.map(({ body }) => body.items?.map((item: any) => item.name)),
    answers.map(() => [leaver.name]),
  )
  assert.deepEqual(
    (await entries())
      .slice(before)
      .map(entry => entry.actor_id)
      .toSorted(),
    [rgc.id, rgc.id, rgc.id, officer.id].toSorted(),
  )
  assert.equal((await rows(`select from mails where kind = 'pseudonym-read'`)).length - told, 2)
})
test('ACC-16: a pseudonym is read however it was copied', () => {
  for (const typed of ['Ancien compte n° A1B2C3', 'n° a1b2c3', ' A1B2C3 ', 'n°A1B2C3'])
    assert.equal(pseudonymIn(typed), 'n° A1B2C3', typed)
  for (const typed of ['', 'A1B2C', 'xA1B2C3', 'A1B2C3 Dupont', 'G1B2C3']) assert.equal(pseudonymIn(typed), null, typed)
})
test('SEC-6, ACC-16: whatever the application forgets, the name of who left is read by that function alone, as the policy says', async () => {
  const code = pseudonymIn(pseudonym)!
  const everyone = [rgc, signs, colleague, elsewhere, officer, admin]
  const hashes = everyone.map(who => tokenHash(who.cookie.slice('session='.length)))
  const behind = sql<{ id: string }>`select account_id as id from ctx.departed_behind(${code})`
  const apart = async () =>
    (await sightsOf(house.database, hashes, behind)).filter(
      ({ viewer, ids }) => mayReadIdentity(viewer, { organisationId: own }) !== ids.has(leaver.id),
    ).length
  assert.equal(await apart(), 0)
  for (const [from, to] of [
    ["ctx.holds_role('rgc') and d.organisation_id = ctx.organisation()", 'false'],
    ['and d.organisation_id = ctx.organisation()', ''],
    ['or ctx.officer_for(d.organisation_id)', ''],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.departed_behind(text)', from, to, async () =>
      assert.notEqual(await apart(), 0, `${from} → ${to}`),
    )
  for (const hash of hashes)
    assert.equal(await mayWrite(house.database, hash, sql`select family_name from departed_people`), false)
})
