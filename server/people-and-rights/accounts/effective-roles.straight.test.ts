import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from './testing.ts'

let house: House
let db: pg.PoolClient
let own: string
let operator: string
let people: Record<'one' | 'mate' | 'foreign' | 'officer' | 'second', Person>
before(async () => {
  house = await openHouse([])
  operator = (await house.organisation({ kind: 'operateur' })).id
  own = (await house.organisation()).id
  people = {
    one: await house.person(own),
    mate: await house.person(own),
    foreign: await house.person((await house.organisation()).id),
    officer: await house.person(operator),
    second: await house.person(operator),
  }
  db = await house.owner.connect()
  // What is laid here may block the last officer.
  await db.query('alter table account_blocks disable trigger account_blocks_keep_an_officer')
})
after(async () => {
  db.release()
  await house.close()
})

type Who = keyof typeof people
const at = '2027-06-15T10:00:00Z'
type Role = Parameters<typeof giveRole>[2]
type Lay = () => Promise<unknown>
const role =
  (who: Who, name: Role, over: Parameters<typeof giveRole>[3] = {}): Lay =>
  () =>
    giveRole(db, people[who], name, over)
/** A role row alone: nothing of an account manager's gate, of the person's organisation or of another. */
const bare =
  (who: Who, name: Role, organisation: string): Lay =>
  () =>
    db.query(
      `insert into role_assignments (id, account_id, organisation_id, role, starts_at, reason, seen_at)
        values ($1, $2, $3, $4, '2020-01-01', 'Essai', 'infinity')`,
      [uuidv7(), people[who].id, organisation, name],
    )
const set =
  (who: Who, assignment: string): Lay =>
  () =>
    db.query(`update accounts set ${assignment} where id = $1`, [people[who].id])
/** Of a third party of their structure, to a last day. */
const contract =
  (who: Who, kind: 'contractor' | 'delegate', endsOn: string | null): Lay =>
  () =>
    db.query(
      `with third as (insert into third_parties (id, organisation_id, kind, capacity, name, starts_on, evidence,
          evidence_on, recorded_by, recorded_at) values ($1, $2, $3, 'processor', 'Cabinet', '2026-01-01', 'Contrat',
          '2026-01-01', $4, now()) returning id)
        update accounts set attachment = $3, third_party_id = third.id, contract_ends_on = $5 from third
          where accounts.id = $4`,
      [uuidv7(), people[who].organisationId, kind, people[who].id, endsOn],
    )
const block =
  (who: Who, cuts: 'account' | 'rgc' | 'none', from = '2027-06-01', until: string | null = null): Lay =>
  () =>
    db.query(
      `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at, blocked_by, incident,
        cuts, lifted_at, lifted_by, verdict)
        values ($1, $2, $3, case when $4 = 'none' then 'suspect-use' else 'exceptional' end, 'Essai', $5, $2,
          'INC-1', $4, $6, case when $6::timestamptz is not null then $2::uuid end,
          case when $6::timestamptz is not null then 'false-alert' end)`,
      [uuidv7(), people[who].id, people[who].organisationId, cuts, from, until],
    )
const undone = async <Answer>(lay: readonly Lay[], ask: () => Promise<Answer>): Promise<Answer> => {
  await db.query('begin')
  try {
    for (const one of lay) await one()
    return await ask()
  } finally {
    await db.query('rollback')
  }
}
const rolesOf = (who: Who, ...lay: Lay[]) =>
  undone(lay, async () =>
    (await db.query('select role from ctx.effective_roles($1, $2)', [people[who].id, at])).rows.map(r => r.role),
  )

test('SEC-6, ACC-2: whatever lies beside it, a role is in effect for its own person, there, while active, between its two instants', async () => {
  const dpd = role('one', 'dpd')
  assert.deepEqual(await rolesOf('one', dpd, role('mate', 'rssi'), role('foreign', 'rssi')), ['dpd'])
  assert.deepEqual(await rolesOf('one', bare('one', 'dpd', people.foreign.organisationId)), [], 'of another structure')
  assert.deepEqual(await rolesOf('one', dpd, set('one', "status = 'suspended'")), [])
  for (const [over, inEffect] of [
    [{ startsAt: '2027-06-15T10:00:01Z' }, false],
    [{ startsAt: at }, true],
    [{ endsAt: new Date(at) }, false],
    [{ endsAt: new Date('2027-06-15T10:00:01Z') }, true],
  ] as const)
    assert.deepEqual(await rolesOf('one', role('one', 'dpd', over)), inEffect ? ['dpd'] : [], JSON.stringify(over))
})

test('SEC-6, ACC-2: whatever lies beside it, a role of the operator is nothing elsewhere, sleeps unseen, and an ended contract takes all but officers', async () => {
  assert.deepEqual(await rolesOf('one', role('one', 'cssi')), [])
  assert.deepEqual(await rolesOf('officer', role('officer', 'support')), ['support'])
  assert.deepEqual(await rolesOf('officer', role('officer', 'dpd')), ['dpd'])
  const unseen = { seenAt: '2026-01-01T00:00:00Z' }
  assert.deepEqual(await rolesOf('officer', role('officer', 'support', unseen)), [])
  assert.deepEqual(await rolesOf('one', role('one', 'dpd', unseen)), ['dpd'], 'those of partners do not sleep')
  const asleep = role('officer', 'cssi', unseen)
  assert.deepEqual(await rolesOf('officer', asleep), ['cssi'], 'the last officer does not sleep')
  assert.deepEqual(await rolesOf('officer', asleep, role('second', 'cssi')), [])
  for (const [who, name, day, inEffect] of [
    ['one', 'dpd', '2027-06-14', false],
    ['one', 'dpd', '2027-06-15', true],
    ['officer', 'support', '2027-06-14', false],
    ['officer', 'cssi', '2027-06-14', true],
    ['officer', 'administrateur', '2027-06-14', true],
  ] as const)
    assert.deepEqual(
      await rolesOf(who, role(who, name), set(who, `contract_ends_on = '${day}'`)),
      inEffect ? [name] : [],
      `${name}, ${day}`,
    )
})

test('SEC-6, ACC-2: whatever lies beside it, a block takes the roles it cuts, from its instant until it is lifted; a manager passes the gate', async () => {
  const [dpd, rgc] = [role('one', 'dpd'), role('one', 'rgc')]
  for (const [lay, left] of [
    [[block('one', 'account')], []],
    [[block('one', 'none')], ['dpd', 'rgc']],
    [[block('one', 'rgc')], ['dpd']],
    [[block('mate', 'account')], ['dpd', 'rgc']],
    [[block('one', 'account', at)], []],
    [[block('one', 'account', '2027-06-16')], ['dpd', 'rgc']],
    [[block('one', 'account', '2027-06-01', at)], ['dpd', 'rgc']],
    [[block('one', 'account', '2027-06-01', '2027-06-16')], []],
  ] as const)
    assert.deepEqual((await rolesOf('one', dpd, rgc, ...lay)).sort(), left)
  assert.deepEqual(await rolesOf('one', bare('one', 'rgc', own)), [], 'nothing of the gate')
  assert.deepEqual(await rolesOf('officer', bare('officer', 'rgc', operator)), ['rgc'], 'the operator’s own')
  assert.deepEqual(await rolesOf('officer', bare('officer', 'rgc', operator), block('officer', 'rgc')), [])
})

test('SEC-6, ACC-2: whatever lies beside it, an officer is the last when no other of that role is awake, active and free', async () => {
  const last = (name: Role, ...lay: Lay[]) =>
    undone([role('officer', name, { seenAt: '2026-01-01T00:00:00Z' }), ...lay], async () => {
      const asked = `select ctx.last_officer(r, $3) as last from role_assignments r where account_id = $1 and role = $2
        order by seen_at limit 1`
      return (await db.query(asked, [people.officer.id, name, at])).rows[0].last
    })
  const second = (over: Parameters<typeof giveRole>[3] = {}) => role('second', 'cssi', over)
  assert.equal(await last('support'), false, 'not an officer')
  for (const [n, [lay, isLast]] of (
    [
      [[], true],
      [[role('officer', 'cssi')], true],
      [[role('second', 'administrateur')], true],
      [[second()], false],
      [[bare('second', 'cssi', own)], true],
      [[second(), set('second', "status = 'suspended'")], true],
      [[second({ startsAt: '2027-06-16T00:00:00Z' })], true],
      [[second({ startsAt: at })], false],
      [[second({ endsAt: new Date(at) })], true],
      [[second({ endsAt: new Date('2027-06-16') })], false],
      [[second({ seenAt: '2026-12-15T10:00:00Z' })], true],
      [[second({ seenAt: '2026-12-15T10:00:01Z' })], false],
      [[second(), block('second', 'account')], true],
      [[second(), block('second', 'none')], false],
      [[second(), block('one', 'account')], false],
      [[second(), block('second', 'account', at)], true],
      [[second(), block('second', 'account', '2027-06-16')], false],
      [[second(), block('second', 'account', '2027-06-01', at)], false],
      [[second(), block('second', 'account', '2027-06-01', '2027-06-16')], true],
      [[second(), contract('second', 'contractor', '2027-06-14')], true],
      [[second(), contract('second', 'delegate', '2027-06-14')], true],
      [[second(), contract('second', 'contractor', '2027-06-15')], false],
      [[second(), contract('second', 'delegate', null)], false],
      [[second(), set('second', "contract_ends_on = '2027-06-14'")], false],
      [[second(), contract('one', 'contractor', '2027-06-14')], false],
    ] as const
  ).entries())
    assert.equal(await last('cssi', ...lay), isLast, `case ${n}`)
})
