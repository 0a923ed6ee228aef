import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Role } from '../../../contract/route.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { disagreements, eachClauseCounts, isSeen, type Sight, sightsOf } from '../../testing/parity.ts'
import { giveRole } from '../accounts/testing.ts'
import type { Held, Taker } from './role-rules.ts'
import * as policy from './roles.policy.ts'

let house: House
const hashes: Buffer[] = []
const takers: Taker[] = []
const held: (Held & { id: string })[] = []
const every = ['cssi', 'direction-regionale', 'support', 'dpd', 'rssi', 'administrateur', 'signataire', 'rgc'] as const

/** Two structures of the operator and a partner; in each, who holds every role, active or not, agents or not; some sessions locked. */
before(async () => {
  house = await openHouse([])
  const rows = (text: string, values: unknown[]) => house.owner.query(text, values)
  await rows(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine')`, [])
  const structures = [
    await house.organisation({ kind: 'operateur' }),
    await house.organisation({ kind: 'operateur' }),
    await house.organisation(),
  ]
  for (const [n, { id: organisationId, kind }] of structures.entries()) {
    const people: { person: Person; status: string; attachment: string }[] = []
    for (const role of [...every, 'administrateur', null] as (Role | null)[]) {
      const person = await house.person(
        organisationId,
        [],
        people.length === 8 ? { lastSeenAt: new Date(Date.now() - 31 * 60_000) } : {},
      )
      if (role) await giveRole(house.owner, person, role, { regionId: role === 'direction-regionale' ? 1075 : null })
      if (role) await giveRole(house.owner, person, 'dpd')
      people.push({ person, status: 'active', attachment: 'agent' })
      hashes.push(tokenHash(person.cookie.slice('session='.length)))
    }
    const gone = await house.person(organisationId)
    await rows(`update accounts set status = 'suspended' where id = $1`, [gone.id])
    people.push({ person: gone, status: 'suspended', attachment: 'agent' })
    const contractor = await house.person(organisationId)
    const third = uuidv7()
    await rows(
      `insert into third_parties (id, organisation_id, kind, name, siret, capacity, starts_on, evidence, evidence_on, recorded_by, recorded_at)
        values ($1, $2, 'delegate', 'Délégataire', $3, 'processor', '2020-01-01', 'x', '2020-01-01', $4, now())`,
      [third, organisationId, 1_000_000_000_0000 + n, people[0]!.person.id],
    )
    await rows(`update accounts set attachment = 'delegate', third_party_id = $2 where id = $1`, [contractor.id, third])
    people.push({ person: contractor, status: 'active', attachment: 'delegate' })
    for (const { person, ...of } of people) takers.push({ id: person.id, organisationKind: kind, ...of })
  }
  const roles = await house.owner.query(
    `select r.id, r.account_id as "accountId", r.role, o.kind as "organisationKind" from role_assignments r
      join organisations o on o.id = r.organisation_id`,
  )
  held.push(...roles.rows)
})
after(() => house.close())

const sights = {
  take: (of: readonly Buffer[] = hashes) =>
    sightsOf(house.database, of, sql<{ id: string }>`select id from ctx.role_takers() c (id)`),
  end: (of: readonly Buffer[] = hashes) =>
    sightsOf(house.database, of, sql<{ id: string }>`select id from ctx.endable_roles() c (id)`),
}
const apart = {
  take: (of: readonly Sight[], { mayGiveTo }: typeof policy = policy) =>
    disagreements(of, takers, (viewer, one) => viewer.state === 'active' && mayGiveTo(viewer, one) === true),
  end: (of: readonly Sight[], { mayEnd }: typeof policy = policy) =>
    disagreements(of, held, (viewer, one) => viewer.state === 'active' && mayEnd(viewer, one) === true),
}

for (const what of ['take', 'end'] as const) {
  test(`SEC-6, AGR-16: whose roles the viewer may ${what === 'take' ? 'give' : 'end'}: the policy and the database agree on every pair`, async () => {
    const of = await sights[what]()
    assert.ok(of.reduce((n, s) => n + s.ids.size, 0) > 30)
    assert.deepEqual(apart[what](of).slice(0, 2), [])
  })
  test(`SEC-6, AGR-16: the comparison fails when a clause goes, on either side: ${what}`, async () => {
    const of = await sights[what]()
    const file = new URL('./roles.policy.ts', import.meta.url)
    const inCode = {
      take: [
        ["if (!holdsRole(viewer, 'administrateur')) return 'access/role-required'\n  if (taker", 'if (taker'],
        ["taker.organisationKind !== 'operateur' || ", ''],
        ["taker.status !== 'active' || ", ''],
        [" || taker.attachment !== 'agent'", ''],
        ['taker.id !== viewer.accountId || ', 'true || '],
      ],
      end: [
        [
          "if (!holdsRole(viewer, 'administrateur')) return 'access/role-required'\n  if (organisationKind",
          'if (organisationKind',
        ],
        ["organisationKind !== 'operateur' || !", '!'],
        [' || !operatorRoles.some(given => given === role)', ''],
        ['return accountId !== viewer.accountId || ', 'return true || '],
      ],
    }[what]
    const signature = { take: 'ctx.role_takers()', end: 'ctx.endable_roles()' }[what]
    const inSql = {
      take: [
        ["or not ctx.holds_role('administrateur')", ''],
        ["o.kind = 'operateur' and", ''],
        ["and a.status = 'active'", ''],
        ["and a.attachment = 'agent'", ''],
        ['and a.id <> ctx.account()', ''],
      ],
      end: [
        ["or not ctx.holds_role('administrateur')", ''],
        ["o.kind = 'operateur' and", ''],
        ['ctx.given_by_hand(r.role) and', ''],
        ['and r.account_id <> ctx.account()', ''],
      ],
    }[what]
    await eachClauseCounts<typeof policy>(
      { file, clauses: inCode as [string, string][], parts: changed => apart[what](of, changed).length > 0 },
      {
        owner: house.owner,
        clauses: (inSql as [string, string][]).map(clause => [signature, ...clause]),
        parts: () => isSeen(hashes, async one => apart[what](await sights[what](one)).length > 0),
      },
    )
    assert.deepEqual(apart[what](await sights[what]()), [])
  })
}
