import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { disagreements, type Sight, sightsOf, withFunctionChanged, withPolicyChanged } from '../../testing/parity.ts'
import { giveRole } from './testing.ts'

let house: House
let hashes: Buffer[]
let accounts: { id: string; organisationId: string }[]

/**
 * People who hold a grant in effect (each tool), one withheld, a role, a role that is over, nothing at all; a locked
 * session and one of a single factor.
 */
before(async () => {
  house = await openHouse([])
  hashes = []
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde') on conflict
      do nothing`,
  )
  const operator = (await house.organisation({ kind: 'operateur' })).id
  const partners = [(await house.organisation()).id, (await house.organisation()).id]
  const ended = (await house.organisation()).id
  await house.owner.query(`update conventions set ends_at = now() - interval '1 day' where organisation_id = $1`, [
    ended,
  ])
  for (const organisationId of [operator, ...partners, ended]) {
    const people = [
      ...(await Promise.all(
        (['campagnes', 'fiche-etablissement', 'fiche-recrutement'] as const).map(tool =>
          house.person(organisationId, [{ tool, profile: 'consultation', territoryId: 2033 }]),
        ),
      )),
      await house.person(organisationId),
      await house.person(organisationId, [], { secondFactor: null }),
      await house.person(organisationId, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 2033 }], {
        lastSeenAt: new Date(Date.now() - 31 * 60_000),
      }),
    ]
    const [signer, over, cut] = [
      await house.person(organisationId),
      await house.person(organisationId),
      await house.person(organisationId, [{ tool: 'fiche-recrutement', profile: 'consultation', territoryId: 2033 }]),
    ]
    await giveRole(house.owner, signer, 'signataire')
    await giveRole(house.owner, over, 'signataire', { endsAt: new Date(Date.now() - 1000) })
    await house.owner.query(`update grants set revoked_at = now(), revoke_reason = 'x' where account_id = $1`, [cut.id])
    hashes.push(...[...people, signer, over, cut].map(p => tokenHash(p.cookie.slice('session='.length))))
  }
  accounts = (await house.owner.query('select id, organisation_id as "organisationId" from accounts')).rows
})
after(() => house.close())

const holdsSomething = ({ grants, roles }: Sight['viewer']) => grants.length > 0 || roles.length > 0
const apart = async () =>
  disagreements(
    await sightsOf(house.database, hashes, sql<{ id: string }>`select id from accounts`),
    accounts,
    (viewer, account) =>
      viewer.state === 'active'
        ? viewer.organisationId === account.organisationId || holdsSomething(viewer)
        : viewer.accountId === account.id,
  ).length

test('SEC-6: who holds a right in effect sees the people of all structures, who holds nothing their own: the rule and the database agree, each clause seen', async () => {
  const sights = await sightsOf(house.database, hashes, sql<{ id: string }>`select id from accounts`)
  assert.ok(
    sights.some(s => s.ids.size === accounts.length) &&
      sights.some(s => s.ids.size === 9) &&
      sights.some(s => s.ids.size === 1),
  )
  assert.equal(await apart(), 0)
  for (const using of [
    '(select ctx.ok()) or (select ctx.known()) and id = (select ctx.account())',
    '(select ctx.ok()) and organisation_id = (select ctx.organisation()) or (select ctx.known()) and id = (select ctx.account())',
    '(select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.holds_something()))',
  ])
    await withPolicyChanged(house.owner, 'accounts', 'read', using, async () =>
      assert.notEqual(await apart(), 0, using),
    )
  for (const [changed, from, to] of [
    ['ctx.holds_something()', "ctx.roles() <> '{}' or", ''],
    ['ctx.holds_a_grant()', "h.missing = '{}' and", ''],
    [
      'ctx.holds_a_grant()',
      'or exists (select from ctx.held_grants(ctx.account(), ctx.clock()) h where',
      'or exists (select from ctx.held_grants(ctx.account(), ctx.clock()) h where false and',
    ],
  ] as const)
    await withFunctionChanged(house.owner, changed, from, to, async () =>
      assert.notEqual(await apart(), 0, `${from} → ${to}`),
    )
})
test('SEC-6: names on what one reads come by their id alone, and to nobody who is not signed in', async () => {
  const ref = async (hash: Buffer | null) => {
    const tx = await house.database.begin()
    try {
      if (hash) await tx.enter(hash)
      return (
        (await tx.first(sql<{ ref: { id: string } | null }>`select ctx.person_ref(${accounts[0]!.id}::uuid) as ref`))!
          .ref?.id ?? null
      )
    } finally {
      await tx.rollback()
    }
  }
  const sights = await sightsOf(house.database, hashes, sql<{ id: string }>`select id from accounts`)
  for (const [n, hash] of hashes.entries())
    assert.equal(await ref(hash), sights[n]!.viewer.state === 'active' ? accounts[0]!.id : null)
  assert.equal(await ref(null), null)
})
