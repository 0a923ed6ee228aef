import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { roleSleeps } from '../../people-and-rights/accounts/roles.queries.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { grants } from '../../people-and-rights/grants/index.ts'
import { people } from '../../people-and-rights/people/index.ts'
import { tellInactivity } from '../../people-and-rights/people/tell-inactivity.job.ts'
import { dbOver } from '../../platform/database.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { moveClockTo } from '../../testing/clock.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'

let house: House
let worker: pg.Client
let operator: string
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
before(async () => {
  house = await openHouse([...people, ...grants])
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  await rows(`insert into territories (id, kind, code, name)
    values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (2033, 'departement', '33', 'Gironde')`)
  operator = (await house.organisation({ kind: 'operateur' })).id
})
after(async () => {
  await worker.end()
  await house.close()
})
// Each test has its own officers.
beforeEach(async () => {
  await rows('delete from role_assignments')
  await rows('delete from mails')
})

const day = '2027-06-15'
const standAt = (at: string) => moveClockTo(house.owner, at)
type Given = { startsAt?: string; seenAt?: string | null; regionId?: number }
const holder = async (role: Parameters<typeof giveRole>[2], given: Given = {}, organisationId = operator) => {
  const person = await house.person(organisationId)
  await giveRole(house.owner, person, role, { startsAt: '2026-01-01T12:00:00Z', seenAt: null, ...given })
  return person
}
const holds = async (who: Person, at = `${day}T12:00:00Z`) =>
  (await rows('select role from ctx.effective_roles($1, $2) order by 1', [who.id, at])).map(r => r.role)
const moved = async (who: Person) =>
  rows('update role_assignments set organisation_id = $2 where account_id = $1', [
    who.id,
    (await house.organisation({ kind: 'operateur' })).id,
  ])
const comes = (who: Person) => rows('select ctx.record_act($1)', [who.id])

for (const [why, role, given, kept] of [
  ['given seven months ago, its holder never seen', 'support', { startsAt: '2026-11-15T12:00:00Z' }, false],
  ['given six months ago to the instant', 'support', { startsAt: '2026-12-15T12:00:00Z' }, false],
  ['given a moment later than six months ago', 'support', { startsAt: '2026-12-15T12:00:01Z' }, true],
  ['its holder seen five months ago', 'support', { seenAt: '2027-01-15T12:00:00Z' }, true],
  ['its holder seen seven months ago', 'support', { seenAt: '2026-11-15T12:00:00Z' }, false],
  ['of a regional direction', 'direction-regionale', { regionId: 1075, seenAt: '2026-11-15T12:00:00Z' }, false],
  ['which is not the operator’s own', 'rssi', {}, true],
] as const)
  test(`SEC-6: after six months a role sleeps: ${why}, it is ${kept ? 'kept' : 'asleep'}`, async () => {
    const who = await holder(role, given)
    assert.deepEqual(await holds(who), kept ? [role] : [])
  })

for (const role of ['cssi', 'administrateur'] as const)
  test(`SEC-6: the last ${role} never sleeps; beside one who is awake they do, beside one who sleeps or is suspended they do not`, async () => {
    const last = await holder(role)
    assert.deepEqual(await holds(last), [role])
    const other = await holder(role)
    assert.deepEqual([await holds(last), await holds(other)], [[role], [role]], 'both sleep: neither is shut out')
    await rows('update role_assignments set seen_at = $2 where account_id = $1', [other.id, '2027-06-01'])
    assert.deepEqual([await holds(last), await holds(other)], [[], [role]])
    await rows(`update accounts set status = 'suspended' where id = $1`, [other.id])
    assert.deepEqual(await holds(last), [role], 'the other is suspended')
  })

const blocked = (cuts: string, from: string, until: string | null) => async (who: Person) => {
  const grant = cuts === 'grant' ? (await rows('select id from grants where account_id = $1', [who.id]))[0].id : null
  // The rule of the last officer looks at the real instant: these stand at another.
  await rows('alter table account_blocks disable trigger user')
  await rows(
    `insert into account_blocks (id, account_id, organisation_id, cause, cuts, grant_id, reason, incident, blocked_by, blocked_at, lifted_at, verdict)
      values ($1, $2, $3, 'exceptional', $4, $5, 'essai', 'INC-1', $2, $6, $7, $8)`,
    [uuidv7(), who.id, operator, cuts, grant, from, until, until && 'usage légitime'],
  )
  await rows('alter table account_blocks enable trigger user')
}
const given = (change: string) => (who: Person) =>
  rows(`update role_assignments set ${change} where account_id = $1`, [who.id])
for (const [why, change, last] of [
  ['is awake', () => undefined, false],
  ['holds it from later on', given("starts_at = '2027-06-20', seen_at = null"), true],
  ['held it until earlier', given("ends_at = '2027-06-10'"), true],
  ['holds it until later', given("ends_at = '2027-06-20'"), false],
  ['holds it in another structure than their own', (who: Person) => moved(who), true],
  ['is blocked', blocked('account', '2027-06-10', null), true],
  ['is blocked, to be lifted later', blocked('account', '2027-06-10', '2027-06-20'), true],
  ['was blocked, and it was lifted', blocked('account', '2027-06-01', '2027-06-10'), false],
  ['is blocked later', blocked('account', '2027-06-20', null), false],
  ['has one grant cut', blocked('grant', '2027-06-10', null), false],
  [
    'is awake, and a third is blocked',
    async () => blocked('account', '2027-06-10', null)(await holder('support')),
    false,
  ],
] as const)
  test(`SEC-6: beside one who ${why}, the officer who sleeps is ${last ? 'the last' : 'not the last'}`, async () => {
    const officer = await holder('cssi')
    // Given again to the same person, it is no second person.
    await giveRole(house.owner, officer, 'cssi', { seenAt: 'infinity' })
    const other = await house.person(operator, [{ territoryId: 2033 }])
    await giveRole(house.owner, other, 'cssi', { startsAt: '2027-06-01T12:00:00Z', seenAt: null })
    await change(other)
    const [{ is }] = await rows(
      'select ctx.last_officer(r, $2) as is from role_assignments r where r.account_id = $1 and r.seen_at is null',
      [officer.id, `${day}T12:00:00Z`],
    )
    assert.equal(is, last)
  })

test('SEC-6, ACC-12: whoever comes keeps it, even with grants suspended for inactivity; once asleep, coming back does not wake it, giving it anew does', async () => {
  await holder('support', { seenAt: 'infinity' })
  const who = await holder('support', { startsAt: '2027-01-01T12:00:00Z' })
  // A grant unused for long, and suspended: its holder is an officer who comes for the role alone.
  await rows(
    `insert into account_activity (account_id, organisation_id, last_act_at, first_at) values ($1, $2, '2027-01-02', '2027-01-02')`,
    [who.id, operator],
  )
  await standAt('2027-06-20T12:00:00Z')
  await comes(who)
  assert.deepEqual(await holds(who, '2027-12-20T11:59:59Z'), ['support'])
  assert.deepEqual(await holds(who, '2027-12-20T12:00:01Z'), [])
  await standAt('2027-12-21T12:00:00Z')
  const sleeps = () =>
    roleSleeps(dbOver(house.owner as never), who.id, 'support', null, new Date('2027-12-21T12:00:00Z'))
  assert.equal(await sleeps(), true)
  await comes(who)
  assert.deepEqual(await holds(who, '2027-12-21T12:00:01Z'), [], 'who found the key of an old account wakes nothing')
  await rows(`update role_assignments set ends_at = '2027-12-21T12:00:00Z' where account_id = $1`, [who.id])
  await giveRole(house.owner, who, 'support', { startsAt: '2027-12-21T12:00:00Z', seenAt: null })
  assert.deepEqual(await holds(who, '2027-12-21T12:00:01Z'), ['support'])
  assert.equal(await sleeps(), false)
})

test('SEC-6: told fourteen and three days before, and on the day, never twice; the last officer is told nothing', async () => {
  const who = await holder('support', { startsAt: '2027-01-10T12:00:00Z' })
  await holder('cssi')
  const run = async (at: string) => {
    await standAt(`${at}T12:00:00Z`)
    await within(worker)(tellInactivity)
    return (
      await rows("delete from mails where kind = 'inactivity-of-role' returning subject, to_account_id = $1 as self", [
        who.id,
      ])
    ).map(m => [m.subject, m.self])
  }
  for (const [at, subject] of [
    ['2027-06-25', null],
    ['2027-06-26', 'Votre rôle sera bientôt mis en sommeil'],
    ['2027-06-27', null],
    ['2027-07-07', 'Plus que trois jours avant la mise en sommeil de votre rôle'],
    ['2027-07-10', 'Votre rôle est en sommeil'],
    ['2027-07-11', null],
  ] as const)
    assert.deepEqual(await run(at), subject ? [[subject, true]] : [], at)
})
