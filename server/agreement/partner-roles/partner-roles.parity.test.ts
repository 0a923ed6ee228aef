import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type PartnerRole, partnerRoles } from '../../../contract/agreement/partner-roles.ts'
import type { Role } from '../../../contract/route.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { disagreements, eachClauseCounts, isSeen, type Sight, sightsOf } from '../../testing/parity.ts'
import type { Held, Taker } from './partner-role-rules.ts'
import * as policy from './partner-roles.policy.ts'

let house: House
const hashes: Buffer[] = []
/** To whom, and which: one row for each person and role. */
const takers: { id: string; role: PartnerRole; taker: Taker }[] = []
const held: (Held & { id: string })[] = []
const every = ['signataire', 'signataire', 'rgc', ...partnerRoles, null] as const

/** Two partners and the operator; in each, who holds every role, active or not, agents or not; a session locked. */
before(async () => {
  house = await openHouse([])
  for (const kind of ['autre', 'autre', 'operateur'] as const) {
    const { id: organisationId } = await house.organisation({ kind })
    const people: (Taker & { person: Person })[] = []
    for (const role of every as readonly (Role | null)[]) {
      const locked = role === 'signataire' && people.length === 0
      const person = await house.person(
        organisationId,
        [],
        locked ? { lastSeenAt: new Date(Date.now() - 31 * 60_000) } : {},
      )
      if (role) await giveRole(house.owner, person, role)
      // Everyone holds one more: one's own is never one's to end.
      if (role !== 'dpd') await giveRole(house.owner, person, 'dpd')
      people.push({ id: person.id, organisationId, status: 'active', attachment: 'agent', person })
      hashes.push(tokenHash(person.cookie.slice('session='.length)))
    }
    const gone = await house.person(organisationId)
    await house.owner.query(`update accounts set status = 'suspended' where id = $1`, [gone.id])
    people.push({ id: gone.id, organisationId, status: 'suspended', attachment: 'agent', person: gone })
    const contractor = await house.person(organisationId)
    const third = uuidv7()
    await house.owner.query(
      `insert into third_parties (id, organisation_id, kind, name, capacity, starts_on, evidence, evidence_on,
        recorded_by, recorded_at) values ($1, $2, 'contractor', 'x', 'processor', '2026-01-01', 'x', '2026-01-01', $3, now())`,
      [third, organisationId, gone.id],
    )
    await house.owner.query(
      `update accounts set attachment = 'contractor', third_party_id = $2, contract_ends_on = '2040-01-01' where id = $1`,
      [contractor.id, third],
    )
    people.push({ id: contractor.id, organisationId, status: 'active', attachment: 'contractor', person: contractor })
    for (const { person: _, ...taker } of people)
      for (const role of partnerRoles) takers.push({ id: `${taker.id} ${role}`, role, taker })
  }
  held.push(
    ...(
      await house.owner.query(
        `select id, account_id as "accountId", organisation_id as "organisationId", role from role_assignments`,
      )
    ).rows,
  )
})
after(() => house.close())

const sights = {
  give: (of: readonly Buffer[] = hashes) =>
    sightsOf(house.database, of, sql<{ id: string }>`select id || ' ' || role as id from ctx.partner_role_takers()`),
  end: (of: readonly Buffer[] = hashes) =>
    sightsOf(house.database, of, sql<{ id: string }>`select id from ctx.endable_partner_roles() e (id)`),
}
const apart = {
  give: (of: readonly Sight[], { mayGivePartnerRole }: typeof policy = policy) =>
    disagreements(
      of,
      takers,
      (viewer, { role, taker }) => viewer.state === 'active' && mayGivePartnerRole(viewer, role, taker) === true,
    ),
  end: (of: readonly Sight[], { mayEndPartnerRole }: typeof policy = policy) =>
    disagreements(of, held, (viewer, one) => viewer.state === 'active' && mayEndPartnerRole(viewer, one) === true),
}
const file = new URL('./partner-roles.policy.ts', import.meta.url)
const clauses = {
  give: {
    code: [
      ["viewer.organisationKind === 'operateur'", 'false'],
      ["if (holdsRole(viewer, 'signataire')) return partnerRoles", ''],
      ["holdsRole(viewer, 'rgc') ?", 'true ?'],
      ['partnerRoles.filter(role => role !== actsInItsName)', 'partnerRoles'],
      ["taker.organisationId !== viewer.organisationId || taker.status !== 'active'", "taker.status !== 'active'"],
      [" || taker.status !== 'active'", ''],
      ['if (taker.id === viewer.accountId)', 'if (false)'],
      ["role !== actsInItsName || taker.attachment === 'agent'", 'true'],
    ],
    sql: [
      ['ctx.partner_role_takers()', 'a.organisation_id = ctx.organisation() and ', ''],
      ['ctx.partner_role_takers()', "a.status = 'active' and ", ''],
      ['ctx.partner_role_takers()', 'a.id <> ctx.account() and ', ''],
      ['ctx.partner_role_takers()', "(g.role <> 'responsable-operationnel' or a.attachment = 'agent')", 'true'],
      ['ctx.partner_roles_given()', "o.kind <> 'operateur'", 'true'],
      ['ctx.partner_roles_given()', "when ctx.holds_role('rgc')", 'when true'],
      ['ctx.partner_roles_given()', "when ctx.holds_role('signataire')", 'when false'],
    ],
  },
  end: {
    code: [
      ["if (organisationId !== viewer.organisationId) return 'not-found'", ''],
      ["accountId !== viewer.accountId || 'partner-role/own'", 'true'],
      ['return verdict !== true ? verdict : accountId', 'return accountId'],
    ],
    sql: [
      ['ctx.endable_partner_roles()', 'r.organisation_id = ctx.organisation() and ', ''],
      ['ctx.endable_partner_roles()', ' and r.account_id <> ctx.account()', ''],
      [
        'ctx.endable_partner_roles()',
        'r.role = any (ctx.partner_roles_given()) and ',
        "ctx.partner_roles_given() <> '{}' and ",
      ],
    ],
  },
} as const

test('SEC-6, AGR-16: which roles one gives: rolesGivenBy and ctx.partner_roles_given agree for everyone', async () => {
  const sights = await sightsOf(
    house.database,
    hashes,
    sql<{ id: string }>`select g as id from unnest(ctx.partner_roles_given()) g`,
  )
  assert.deepEqual(
    sights.map(s => [...s.ids].sort()),
    sights.map(({ viewer }) => (viewer.state === 'active' ? [...policy.rolesGivenBy(viewer)].sort() : [])),
  )
  assert.deepEqual(new Set(sights.map(s => s.ids.size)), new Set([0, 4, 5]))
})

for (const what of ['give', 'end'] as const) {
  test(`SEC-6, AGR-16: which roles of a structure the viewer may ${what}: the policy and the database agree on every pair`, async () => {
    const of = await sights[what]()
    assert.ok(of.reduce((n, s) => n + s.ids.size, 0) > 30)
    assert.deepEqual(apart[what](of).slice(0, 2), [])
  })
  test(`SEC-6, AGR-16: the comparison fails when a clause goes, on either side: ${what}`, async () => {
    const of = await sights[what]()
    await eachClauseCounts<typeof policy>(
      { file, clauses: clauses[what].code, parts: changed => apart[what](of, changed).length > 0 },
      {
        owner: house.owner,
        clauses: clauses[what].sql,
        parts: () => isSeen(hashes, async one => apart[what](await sights[what](one)).length > 0),
      },
    )
    assert.deepEqual(apart[what](await sights[what]()), [])
  })
}

test('SEC-6, AGR-16: whatever the application forgets, the database gives and ends for nobody else', async () => {
  const outcomes = { given: 0, ended: 0, refused: 0 }
  // Of each structure: its signatory, its account manager, its operational lead.
  for (const hash of hashes.filter((_, n) => [1, 2, 3].includes(n % every.length))) {
    const given = await sights.give([hash])
    const ended = await sights.end([hash])
    for (const { id, role, taker } of takers.filter((t, n) => t.role !== 'dpd' && n % 3 === 0)) {
      const tx = await house.database.begin()
      try {
        await tx.enter(hash)
        const { outcome } = (await tx.first(
          sql<{ outcome: string }>`select ctx.give_partner_role(${uuidv7()}::uuid, ${taker.id}::uuid, ${role}, null,
            null, 'essai') as outcome`,
        ))!
        assert.equal(outcome === 'refused', !given[0]!.ids.has(id))
        outcomes[outcome === 'refused' ? 'refused' : 'given']++
      } finally {
        await tx.rollback()
      }
    }
    for (const { id } of held.filter((_, n) => n % 5 === 0)) {
      const tx = await house.database.begin()
      try {
        await tx.enter(hash)
        const { outcome } = (await tx.first(
          sql<{ outcome: string }>`select ctx.end_partner_role(${id}::uuid, 'essai') as outcome`,
        ))!
        assert.equal(outcome === 'ended', ended[0]!.ids.has(id))
        outcomes[outcome === 'ended' ? 'ended' : 'refused']++
      } finally {
        await tx.rollback()
      }
    }
  }
  assert.ok(outcomes.given > 10 && outcomes.ended > 2 && outcomes.refused > 100, JSON.stringify(outcomes))
})
