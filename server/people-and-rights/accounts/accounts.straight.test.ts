import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite, sightsOf } from '../../testing/parity.ts'
import { giveRole } from './testing.ts'

let house: House
const people: Record<string, Person> = {}
/** The managers and signatories of three structures: two managers, one alone, and one that nothing of the gate opens. */
before(async () => {
  house = await openHouse([])
  const join = async (organisation: string, ...names: string[]) => {
    for (const name of names) people[name] = await house.person(organisation)
  }
  await join((await house.organisation()).id, 'rgc', 'otherRgc', 'signs', 'mate')
  await join((await house.organisation()).id, 'sole', 'soleSigns', 'soleMate', 'past', 'future', 'leaving')
  await join((await house.organisation()).id, 'outside')
  people.locked = await house.person(people.mate!.organisationId, [], { secondFactor: null })
  const role = (name: string, what: 'rgc' | 'signataire' | 'dpd', over = {}) =>
    giveRole(house.owner, people[name]!, what, over)
  for (const name of ['rgc', 'otherRgc', 'sole']) await role(name, 'rgc')
  for (const name of ['signs', 'soleSigns', 'outside']) await role(name, 'signataire')
  await role('past', 'rgc', { endsAt: new Date(Date.now() - 60_000) })
  await role('future', 'rgc', { startsAt: new Date(Date.now() + 3_600_000).toISOString() })
  await role('soleMate', 'dpd')
  await house.owner.query(
    `insert into role_assignments (id, account_id, organisation_id, role, starts_at, reason, seen_at)
      values ($1, $2, $3, 'rgc', '2020-01-01', 'Essai', 'infinity')`,
    [uuidv7(), people.outside!.id, people.outside!.organisationId],
  )
})
after(() => house.close())

const hashOf = (who: string) => tokenHash(people[who]!.cookie.slice('session='.length))
const nameOf = (id: string) => Object.keys(people).find(name => people[name]!.id === id) ?? 'unknown'
const seen = async (who: string, from: string) => {
  const [sight] = await sightsOf(house.database, [hashOf(who)], sql<{ id: string }>`select ${sql.raw(from)}`)
  return [...sight!.ids]
    .map(nameOf)
    .filter(name => name !== 'unknown')
    .sort()
}
const may = (who: string, query: ReturnType<typeof sql>) => mayWrite(house.database, hashOf(who), query)
const [mine, alone] = [
  ['locked', 'mate', 'otherRgc', 'rgc', 'signs'],
  ['future', 'leaving', 'past', 'sole', 'soleMate', 'soleSigns'],
]

test('SEC-6, ACC-4: whatever the application forgets, a manager decides for all but themself, who signs for the managers whom no other replaces', async () => {
  const decided: Record<string, string[]> = {}
  for (const who of ['rgc', 'signs', 'mate', 'sole', 'soleSigns', 'soleMate', 'outside', 'locked'])
    decided[who] = await seen(who, 'ctx.decidable_accounts() as id')
  assert.deepEqual(decided, {
    rgc: mine!.filter(name => name !== 'rgc'),
    signs: [],
    mate: [],
    sole: alone!.filter(name => name !== 'sole'),
    soleSigns: ['sole'],
    soleMate: [],
    outside: [],
    locked: [],
  })
  assert.deepEqual(await seen('soleMate', 'ctx.managers() as id'), ['sole'])
  await house.owner.query('update role_assignments set ends_at = $2 where account_id = $1', [
    people.sole!.id,
    new Date(Date.now() + 3_600_000),
  ])
  assert.deepEqual(await seen('soleMate', 'ctx.managers() as id'), ['sole'], 'until it ends')
  assert.deepEqual(await seen('mate', 'ctx.managers() as id'), ['otherRgc', 'rgc'])
})

test('SEC-6, ACC-1: whatever the application forgets, accounts are opened and reached by a manager of the structure, and read there or by who holds something', async () => {
  const [own, other] = [people.rgc!.organisationId, people.sole!.organisationId]
  const open = (who: string, organisation = own) =>
    may(
      who,
      sql`insert into accounts (id, organisation_id, given_name, family_name, function, created_at)
        values (${uuidv7()}, ${organisation}, 'Camille', 'Essai', 'Conseil', now())`,
    )
  assert.deepEqual([await open('rgc'), await open('mate'), await open('rgc', other)], [true, false, false])
  await house.owner.query('delete from account_contacts where account_id = any ($1)', [
    [people.mate!.id, people.sole!.id],
  ])
  const reach = (who: string, of: string, organisation = own) =>
    may(
      who,
      sql`insert into account_contacts (account_id, organisation_id, email)
        values (${people[of]!.id}, ${organisation}, 'essai@partenaire.example')`,
    )
  assert.deepEqual(
    [
      await reach('rgc', 'mate'),
      await reach('signs', 'mate'),
      await reach('rgc', 'rgc'),
      await reach('rgc', 'mate', other),
      // Who signs decides for the manager, and gives them no address.
      await reach('soleSigns', 'sole', other),
    ],
    [true, false, false, false, false],
  )
  const all = [...mine!, ...alone!, 'outside'].sort()
  for (const [who, read] of [
    ['mate', mine],
    ['locked', ['locked']],
    ['rgc', all],
    ['soleMate', all],
  ] as const)
    assert.deepEqual(await seen(who, 'id from accounts'), read, who)
})
