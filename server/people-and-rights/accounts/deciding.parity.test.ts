import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { holdsRole } from '../../platform/viewer.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  isSeen,
  mayWrite,
  type Sight,
  sightsOf,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { seededRandom } from '../../testing/people.ts'
import * as policy from './accounts.policy.ts'
import type { Managed } from './person-rules.ts'
import { giveRole } from './testing.ts'

const random = seededRandom(860)
let house: House
let hashes: Buffer[]
let people: Managed[]
let grants: (Managed & { accountId: string })[]
const hashOf = (who: Person) => tokenHash(who.cookie.slice('session='.length))

/**
 * Organisations with no account manager, one, several, some whose role is over, blocked or without a convention;
 * signatories, and both at once.
 */
before(async () => {
  house = await openHouse([])
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde')`,
  )
  hashes = []
  people = []
  for (let n = 0; n < 14; n++) {
    const organisationId = (await house.organisation()).id
    const inForce = random() < 0.85
    if (!inForce)
      await house.owner.query(`update conventions set ends_at = now() - interval '1 day' where organisation_id = $1`, [
        organisationId,
      ])
    const members: { id: string; designated: boolean; inEffect: boolean }[] = []
    for (let p = 0; p < 12; p++) {
      const person = await house.person(
        organisationId,
        [],
        random() < 0.06
          ? { secondFactor: null }
          : random() < 0.06
            ? { lastSeenAt: new Date(Date.now() - 31 * 60_000) }
            : {},
      )
      const kind = p < n % 4 ? 'rgc' : p === 5 && n % 2 ? 'over' : p > 9 ? 'signataire' : 'none'
      if (kind === 'rgc') await giveRole(house.owner, person, 'rgc')
      if (kind === 'over') await giveRole(house.owner, person, 'rgc', { endsAt: new Date(Date.now() - 1000) })
      if (kind === 'signataire' || (kind === 'rgc' && random() < 0.3)) await giveRole(house.owner, person, 'signataire')
      const blocked = kind === 'rgc' && random() < 0.25
      if (blocked)
        await house.owner.query(
          `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at)
            values ($1, $2, $3, 'suspect-use', 'essai', now())`,
          [uuidv7(), person.id, organisationId],
        )
      members.push({ id: person.id, designated: kind === 'rgc', inEffect: kind === 'rgc' && inForce && !blocked })
      hashes.push(hashOf(person))
    }
    for (const m of members)
      people.push({
        id: m.id,
        organisationId,
        isManager: m.designated,
        otherManagers: members.filter(o => o.inEffect && o.id !== m.id).length,
      })
  }
  grants = people.filter(() => random() < 0.6).map(p => ({ ...p, id: uuidv7(), accountId: p.id }))
  await house.owner.query(
    `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on, granted_at)
    select id, account, organisation, 'campagnes', 'conseiller', 2033, 'essai', '2026-01-01', now()
      from jsonb_to_recordset($1) as g (id uuid, account uuid, organisation uuid)`,
    [JSON.stringify(grants.map(g => ({ id: g.id, account: g.accountId, organisation: g.organisationId })))],
  )
})
after(() => house.close())

const decided = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from accounts for update`)
const settled = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from grants for update`)
const opens = (viewer: Sight['viewer']) => viewer.state === 'active'
const onPeople = (sights: readonly Sight[], { mayDecide }: typeof policy = policy) =>
  disagreements(sights, people, (viewer, person) => opens(viewer) && mayDecide(viewer, person) === true)
const onGrants = (sights: readonly Sight[], { mayDecide }: typeof policy = policy) =>
  disagreements(sights, grants, (viewer, g) => opens(viewer) && mayDecide(viewer, { ...g, id: g.accountId }) === true)

test('SEC-6, ACC-4: who decides for whom: the policy and the database agree on every pair, for accounts and for grants', async () => {
  const [of, over] = [await decided(), await settled()]
  assert.ok(of.length * people.length > 20_000)
  const open = of.reduce((n, s) => n + s.ids.size, 0)
  const bySignatory = of.filter(s => s.ids.size > 0 && s.ids.size < 4).length
  assert.ok(open > 100 && bySignatory > 2, `${open} ${bySignatory}`)
  assert.deepEqual([onPeople(of).slice(0, 2), onGrants(over).slice(0, 2)], [[], []])
})
test('SEC-6, ACC-4: the comparison fails when a clause goes, on either side', async () => {
  const of = await decided()
  const file = new URL('./accounts.policy.ts', import.meta.url)
  for (const [from, to] of [
    ["if (person.id === viewer.accountId) return 'grant/own'", ''],
    ["if (holdsRole(viewer, 'rgc')) return true", "if (holdsRole(viewer, 'rgc', 'signataire')) return true"],
    ["if (holdsRole(viewer, 'rgc')) return true", ''],
    ['return (person.isManager && person.otherManagers === 0) ||', 'return person.isManager ||'],
    ['return (person.isManager && person.otherManagers === 0) ||', 'return person.otherManagers === 0 ||'],
    ["person.organisationId === viewer.organisationId || 'not-found'", 'true'],
  ] as const)
    assert.notEqual(onPeople(of, await importChanged<typeof policy>(file, from, to)).length, 0, `${from} → ${to}`)
  for (const [name, from, to] of [
    ['ctx.decidable_accounts()', 'a.organisation_id = own and a.id <> me', 'a.organisation_id = own'],
    ['ctx.decidable_accounts()', 'a.organisation_id = own and a.id <> me', 'a.id <> me'],
    [
      'ctx.decidable_accounts()',
      "if ctx.holds_role('rgc') then",
      "if ctx.holds_role('rgc') or ctx.holds_role('signataire') then",
    ],
    ['ctx.decidable_accounts()', "array_remove(in_effect, m.id) = '{}'", 'true'],
    ['ctx.decidable_accounts()', "array_remove(in_effect, m.id) = '{}'", "in_effect = '{}'"],
    ['ctx.managers()', 'r.organisation_id = ctx.organisation() and', ''],
    ['ctx.managers()', 'r.ends_at is null or r.ends_at > ctx.clock()', 'true'],
    ['ctx.managers_in_effect()', "e.role = 'rgc'", "e.role <> ''"],
  ] as const) {
    await withFunctionChanged(house.owner, name, from, to, async () => {
      const found = await isSeen(hashes, async one => onPeople(await decided(one)).length > 0)
      if (name !== 'ctx.managers_in_effect()') assert.ok(found, `${from} → ${to}`)
    })
  }
  for (const [table, name, what] of [
    ['accounts', 'decide', onPeople],
    ['grants', 'settle', onGrants],
  ] as const)
    await withPolicyChanged(house.owner, table, name, 'organisation_id = (select ctx.organisation())', async () =>
      assert.notEqual(
        what(table === 'accounts' ? await decided(hashes.slice(-40)) : await settled(hashes.slice(-40))).length,
        0,
      ),
    )
  assert.deepEqual(onPeople(await decided()), [])
})

test('SEC-6, ACC-4: whatever the application forgets, the database takes no grant in another’s name, for oneself, for another structure, or for an account manager without duties', async () => {
  const organisationId = (await house.organisation()).id
  const [rgc, other, colleague] = [
    await house.person(organisationId),
    await house.person(organisationId),
    await house.person(organisationId),
  ]
  for (const one of [rgc, other]) await giveRole(house.owner, one, 'rgc')
  const stranger = await house.person((await house.organisation()).id)
  const insert = async (as: Person, to: Person, over: { by?: string; duties?: string; organisation?: string } = {}) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(hashOf(as))
      await tx.run(sql`insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, duties,
        starts_on, granted_by, granted_at)
        values (${uuidv7()}, ${to.id}, ${over.organisation ?? organisationId}, 'campagnes', 'conseiller', 2033, 'essai',
          ${over.duties ?? null}, '2026-01-01', ${over.by ?? as.id}, now())`)
    } finally {
      await tx.rollback()
    }
  }
  await insert(rgc, colleague)
  await insert(rgc, other, { duties: 'Prospecte' })
  for (const attempt of [
    () => insert(rgc, rgc, { duties: 'x' }),
    () => insert(rgc, colleague, { by: other.id }),
    () => insert(rgc, other),
    () => insert(rgc, stranger),
    () => insert(rgc, stranger, { organisation: stranger.organisationId }),
    () => insert(colleague, other, { duties: 'x' }),
  ])
    await assert.rejects(attempt(), /row-level security|no_self_grant/)
})

test('SEC-6: addresses are read within one’s structure, and those who left by its account managers and the CSSI: alike in the rule and the database, each clause seen', async () => {
  const operator = (await house.organisation({ kind: 'operateur' })).id
  const officer = await house.person(operator)
  await giveRole(house.owner, officer, 'cssi')
  const all = [...hashes, hashOf(officer)]
  const addresses = people.map(({ id, organisationId }) => ({ id, organisationId }))
  await house.owner.query(
    `insert into departed_people (account_id, organisation_id, given_name, family_name, email, function, cause, reason,
      left_at, recorded_by)
    select a.id, a.organisation_id, a.given_name, a.family_name, 'essai@x.example', a.function, 'departure', 'essai',
      now(), a.id from accounts a where a.id = any ($1)`,
    [people.map(p => p.id)],
  )
  type Row = (typeof addresses)[number]
  const own = (viewer: Sight['viewer'], row: Row) => opens(viewer) && viewer.organisationId === row.organisationId
  const reads = async (what: 'account_contacts' | 'departed_people', of: readonly Buffer[] = all) => {
    const sights = await sightsOf(
      house.database,
      of,
      what === 'departed_people'
        ? sql<{ id: string }>`select account_id as id from departed_people`
        : sql<{ id: string }>`select account_id as id from account_contacts`,
    )
    return disagreements(sights, addresses, (viewer, row) =>
      what === 'account_contacts'
        ? own(viewer, row)
        : opens(viewer) && (holdsRole(viewer, 'cssi') || (holdsRole(viewer, 'rgc') && own(viewer, row))),
    )
  }
  assert.deepEqual(
    [(await reads('account_contacts')).slice(0, 2), (await reads('departed_people')).slice(0, 2)],
    [[], []],
  )
  for (const [table, using] of [
    ['account_contacts', '(select ctx.ok())'],
    ['account_contacts', "(select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation())"],
    ['departed_people', "(select ctx.holds_role('rgc')) or (select ctx.holds_role('cssi'))"],
    ['departed_people', "organisation_id = (select ctx.organisation()) or (select ctx.holds_role('cssi'))"],
    ['departed_people', "(select ctx.holds_role('rgc')) and organisation_id = (select ctx.organisation())"],
  ] as const)
    await withPolicyChanged(house.owner, table, 'read', using, async () =>
      assert.ok(await isSeen(all, async one => (await reads(table, one)).length > 0), `${table}: ${using}`),
    )
})

test('SEC-6, ACC-1: whatever the application forgets, a file of accounts is checked, read and confirmed by an account manager of that structure alone', async () => {
  const [own, elsewhere] = [(await house.organisation()).id, (await house.organisation()).id]
  const [rgc, colleague, foreign] = [await house.person(own), await house.person(own), await house.person(elsewhere)]
  for (const one of [rgc, foreign]) await giveRole(house.owner, one, 'rgc')
  const check = (who: Person, organisation: string) =>
    mayWrite(
      house.database,
      hashOf(who),
      sql`insert into account_imports (id, organisation_id, checked_by, checked_at, people)
        values (${uuidv7()}, ${organisation}, ${who.id}, now(), '[]')`,
    )
  assert.deepEqual([await check(rgc, own), await check(foreign, elsewhere)], [true, true])
  assert.deepEqual(
    [await check(rgc, elsewhere), await check(foreign, own), await check(colleague, own)],
    [false, false, false],
  )
  const id = uuidv7()
  await house.owner.query(
    `insert into account_imports (id, organisation_id, checked_by, checked_at, people)
      values ($1, $2, $3, now(), '[]')`,
    [id, own, rgc.id],
  )
  const confirm = (who: Person) =>
    mayWrite(
      house.database,
      hashOf(who),
      sql`update account_imports set confirmed_at = now(), created = 0 where id = ${id}::uuid`,
    )
  assert.deepEqual([await confirm(rgc), await confirm(foreign), await confirm(colleague)], [true, false, false])
  const seen = await sightsOf(
    house.database,
    [rgc, foreign, colleague].map(hashOf),
    sql<{ id: string }>`select id from account_imports`,
  )
  assert.deepEqual(
    seen.map(s => [...s.ids]),
    [[id], [], []],
  )
})
