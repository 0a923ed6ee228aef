import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { giveRole } from '../accounts/testing.ts'
import { people } from './index.ts'

/* The last CSSI or administrator may be a contractor's or a delegate's agent: their contract shuts nobody out (SEC-2). */

const offices = ['cssi', 'administrateur'] as const
type Office = (typeof offices)[number]
const today = parisDay(new Date())
const yesterday = addDays(today, -1)
let house: House
let operator: string
let rgc: Person
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const officer = async (role: Office) => {
  const person = await house.person(operator)
  await giveRole(house.owner, person, role)
  return person
}
/** Of a third party declared at the operator's, to a last day. */
const attached = async (person: Person, kind: 'contractor' | 'delegate', endsOn: string) => {
  const id = uuidv7()
  await rows(
    `insert into third_parties (id, organisation_id, kind, capacity, name, starts_on, evidence, evidence_on, recorded_by,
      recorded_at) values ($1::uuid, $2, $3, 'processor', 'Cabinet Essai ' || $1::text, '2026-01-01', 'Contrat',
      '2026-01-01', $4, now())`,
    [id, operator, kind, person.id],
  )
  await rows('update accounts set attachment = $2, third_party_id = $3, contract_ends_on = $4 where id = $1', [
    person.id,
    kind,
    id,
    endsOn,
  ])
  return person
}
/** What the session that they hold is today, and what a sign-in would be. */
const comesIn = async (who: Person) => {
  const [{ status }] = await rows('select ctx.sign_in_status(a) as status from accounts a where id = $1', [who.id])
  const tx = await house.database.begin()
  try {
    return [(await tx.enter(tokenHash(who.cookie.slice('session='.length))))?.state ?? 'nobody', status]
  } finally {
    await tx.rollback()
  }
}
const [isIn, isOut] = [
  ['active', 'active'],
  ['nobody', 'contract-over'],
]
const post = async (of: Person, act: string, body: object) => {
  const answer = await house.call(rgc, 'POST', `/habilitations/people/${of.id}/${act}`, body, once())
  return answer.status === 200 ? 'done' : answer.body.code
}
const suspend = (of: Person) => post(of, 'suspend', { reason: 'Absence longue' })
const depart = (of: Person) => post(of, 'depart', { cause: 'departure', reason: 'Mutation' })

before(async () => {
  house = await openHouse(people)
  operator = (await house.organisation({ kind: 'operateur' })).id
})
beforeEach(async () => {
  await rows('update role_assignments set ends_at = now() where ends_at is null or ends_at > now()')
  rgc = await house.person(operator)
  await giveRole(house.owner, rgc, 'rgc')
})
after(() => house.close())

for (const role of offices) {
  test(`ACC-1, SEC-2: the end of a contract does not shut the last ${role} out; with another one in place, it does`, async () => {
    for (const kind of ['contractor', 'delegate'] as const) {
      const last = await attached(await officer(role), kind, yesterday)
      assert.deepEqual(await comesIn(last), isIn, kind)
      const second = await officer(role)
      assert.deepEqual([await comesIn(last), await comesIn(second)], [isOut, isIn], kind)
      await rows('update role_assignments set ends_at = now() where account_id = any ($1)', [[last.id, second.id]])
    }
  })
  test(`ACC-1, ACC-4, SEC-2: a ${role} whose contract is over replaces nobody: the one who is left is neither suspended nor deleted`, async () => {
    const [last, gone] = [await officer(role), await officer(role)]
    await attached(gone, 'contractor', today)
    assert.deepEqual([await suspend(last), await post(last, 'resume', { reason: 'Retour' })], ['done', 'done'])
    await rows('update accounts set contract_ends_on = $2 where id = $1', [gone.id, yesterday])
    assert.deepEqual([await suspend(last), await depart(last)], Array(2).fill('security/last-officer'))
    await officer(role)
    assert.equal(await suspend(last), 'done')
  })
}

test('SEC-2, SEC-6: two last CSSIs, both of contracts that are over, both come in; each clause counts', async () => {
  const [first, second] = [await officer('cssi'), await officer('cssi')]
  for (const who of [first, second]) await attached(who, 'contractor', yesterday)
  assert.deepEqual([await comesIn(first), await comesIn(second)], [isIn, isIn])
  for (const [name, from, to, out] of [
    ['ctx.another_keeps(text, uuid, boolean, timestamptz)', 'ctx.contract_past(a, at)', 'false', [first, second]],
    [
      'ctx.contract_over(public.accounts, timestamptz)',
      `ctx.irreplaceable_roles(a.id, false, at) = '{}'`,
      'true',
      [first, second],
    ],
  ] as const)
    await withFunctionChanged(house.owner, name, from, to, async () => {
      for (const who of out) assert.deepEqual(await comesIn(who), isOut, `${from} → ${to}`)
    })
  const agent = await house.person(operator)
  await attached(agent, 'contractor', yesterday)
  assert.deepEqual(await comesIn(agent), isOut, 'who holds no such role')
})
