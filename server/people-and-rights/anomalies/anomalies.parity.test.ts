import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Role } from '../../../contract/route.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  insertSights,
  isSeen,
  type Sight,
  sightsOf,
  withCheckChanged,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { insertPlaces, pick, seededRandom } from '../../testing/people.ts'
import { giveRole } from '../accounts/testing.ts'
import * as policy from './anomalies.policy.ts'

const random = seededRandom(960)
let house: House
const hashes: Buffer[] = []
let anomalies: { id: string; organisationId: string }[]
let structures: { id: string; region: number }[]
let supplied: { id: string; organisationId: string; corrected: boolean }[]

/** Structures with their people of every role, some over, locked or short of a factor; the operator's too. */
before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  await house.owner.query(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
    (1053, 'region', '53', 'Bretagne') on conflict do nothing`)
  const roles: readonly (Role | null)[] = ['rgc', 'rgc', 'signataire', 'rssi', 'dpd', null]
  const operators: readonly (Role | null)[] = [
    'cssi',
    'cssi',
    'administrateur',
    'direction-regionale',
    'support',
    'rgc',
  ]
  const accounts: { id: string; organisationId: string }[] = []
  for (let n = 0; n < 10; n++) {
    const operator = n < 2
    const organisationId = (await house.organisation(operator ? { kind: 'operateur' } : {})).id
    // Some are of the region for which officers are; the others of another.
    await house.owner.query('update conventions set region_id = $2 where organisation_id = $1', [
      organisationId,
      n % 2 ? 1075 : 1053,
    ])
    if (n === 5)
      await house.owner.query(`update conventions set ends_at = now() - interval '1 day' where organisation_id = $1`, [
        organisationId,
      ])
    for (let p = 0; p < 12; p++) {
      const person = await house.person(
        organisationId,
        [],
        n === 0 && p < 3
          ? {}
          : random() < 0.06
            ? { secondFactor: null }
            : random() < 0.06
              ? { lastSeenAt: new Date(Date.now() - 31 * 60_000) }
              : {},
      )
      // One officer of every region, one of a region, one administrator, whatever is drawn.
      const role =
        n === 0 && p < 3 ? (['cssi', 'cssi', 'administrateur'] as const)[p] : pick(random, operator ? operators : roles)
      if (role)
        await giveRole(house.owner, person, role, {
          regionId:
            role === 'direction-regionale' || (role === 'cssi' && (n === 0 ? p === 1 : random() < 0.5)) ? 1075 : null,
          endsAt: (n > 0 || p > 2) && random() < 0.15 ? new Date(Date.now() - 1000) : null,
        })
      accounts.push(person)
      hashes.push(tokenHash(person.cookie.slice('session='.length)))
    }
  }
  structures = (
    await house.owner.query(
      `select o.id, case when o.kind = 'operateur' then 0 else ctx.region_of(o.id, now()) end as region
        from organisations o where exists (select from accounts a where a.organisation_id = o.id)`,
    )
  ).rows
  anomalies = accounts.map(a => ({ id: uuidv7(), organisationId: a.organisationId }))
  await house.owner.query(
    `insert into access_anomalies (id, organisation_id, account_id, kind, function, opened_at)
      select id, organisation, account, 'not-seen', 'essai', now()
      from jsonb_to_recordset($1) as n (id uuid, organisation uuid, account uuid)`,
    [JSON.stringify(anomalies.map((n, i) => ({ id: n.id, organisation: n.organisationId, account: accounts[i]!.id })))],
  )
  supplied = accounts
    .filter(() => random() < 0.5)
    .map(a => ({ id: uuidv7(), organisationId: a.organisationId, corrected: random() < 0.3 }))
  await house.owner.query(
    `insert into supplied_anomalies (id, organisation_id, kind, whose, evidence, found_on, recorded_at, recorded_by,
      corrected_at, corrected_by, correction)
    select id, organisation, 'essai', 'essai', 'essai', '2026-01-01', now(), $2::uuid, case when corrected
      then now() end, case when corrected then $2::uuid end, case when corrected then 'essai' end
      from jsonb_to_recordset($1) as n (id uuid, organisation uuid, corrected boolean)`,
    [
      JSON.stringify(supplied.map(s => ({ id: s.id, organisation: s.organisationId, corrected: s.corrected }))),
      accounts[0]!.id,
    ],
  )
})
after(() => house.close())

const seen = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from access_anomalies`)
const parted = (sights: readonly Sight[], { mayReadAnomalies }: typeof policy = policy) =>
  disagreements(
    sights,
    anomalies,
    (viewer, row) => viewer.state === 'active' && mayReadAnomalies(viewer, row.organisationId) === true,
  )

test('SEC-6, ACC-14: who reads which anomalies: the policy and the database agree on every pair', async () => {
  const sights = await seen()
  const some = (n: number) => sights.filter(s => s.ids.size === n).length
  assert.ok(
    some(0) > 20 && some(12) > 5 && some(48) > 0 && some(anomalies.length) > 0,
    `${some(0)} ${some(12)} ${some(48)} ${some(anomalies.length)}`,
  )
  assert.deepEqual(parted(sights).slice(0, 2), [])
})
test('SEC-6, ACC-14: the comparison fails when a clause goes, on either side', async () => {
  const sights = await seen()
  const file = new URL('./anomalies.policy.ts', import.meta.url)
  for (const [from, to] of [
    ['isOfficerOf(viewer, organisationId) || ', ''],
    ['isOfficerOf(viewer, organisationId) || ', "holdsRole(viewer, 'cssi') || "],
    [
      'isOfficerOf(viewer, organisationId) || ',
      "isOfficerOf(viewer, organisationId) || holdsRole(viewer, 'administrateur') || ",
    ],
    ["holdsRole(viewer, 'rgc') && ", ''],
    ["holdsRole(viewer, 'rgc') && ", "holdsRole(viewer, 'rgc', 'signataire') && "],
    [' && organisationId === viewer.organisationId', ''],
  ] as const)
    assert.notEqual(parted(sights, await importChanged<typeof policy>(file, from, to)).length, 0, `${from} → ${to}`)
  const rgc = "(select ctx.holds_role('rgc'))"
  const own = 'organisation_id = (select ctx.organisation())'
  const region = 'organisation_id in (select ctx.officer_of())'
  const cssi = `(select ctx.holds_role('cssi')) or ${region}`
  for (const using of [
    `(select ctx.ok()) and (${rgc} and ${own} or (select ctx.holds_role('cssi')))`,
    `(select ctx.ok()) and (${rgc} and ${own} or ${region})`,
    `(select ctx.ok()) and (${own} or ${cssi})`,
    `(select ctx.ok()) and (${rgc} or ${cssi})`,
    `(select ctx.ok()) and ${rgc} and ${own}`,
    `(select ctx.ok()) and (${rgc} and ${own} or (select ctx.oversees()) or ${region})`,
  ])
    await withPolicyChanged(house.owner, 'access_anomalies', 'read', using, async () =>
      assert.ok(await isSeen(hashes, async one => parted(await seen(one)).length > 0), using),
    )
  assert.deepEqual(parted(await seen()), [])
})

const suppliedSeen = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from supplied_anomalies`)
const suppliedHeld = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from supplied_anomalies for update`)
const partedOnRead = (sights: readonly Sight[], { mayReadAnomalies }: typeof policy = policy) =>
  disagreements(
    sights,
    supplied,
    (viewer, row) => viewer.state === 'active' && mayReadAnomalies(viewer, row.organisationId) === true,
  )
/** Corrected once: what is corrected is nobody's to correct. */
const partedOnCorrection = (sights: readonly Sight[], { mayCorrectSupplied }: typeof policy = policy) =>
  disagreements(
    sights,
    supplied,
    (viewer, row) =>
      viewer.state === 'active' && !row.corrected && mayCorrectSupplied(viewer, row.organisationId) === true,
  )
test('SEC-6, ACC-14: what the operator supplied: who reads it and who says it corrected, in the policy and in the database; each clause counts', async () => {
  const [read, corrected] = [await suppliedSeen(), await suppliedHeld()]
  assert.ok(read.some(s => s.ids.size === supplied.length) && corrected.filter(s => s.ids.size > 0).length > 5)
  assert.deepEqual([partedOnRead(read).slice(0, 2), partedOnCorrection(corrected).slice(0, 2)], [[], []])
  const file = new URL('./anomalies.policy.ts', import.meta.url)
  const clause = "(holdsRole(viewer, 'rgc') && organisationId === viewer.organisationId) || 'not-found'"
  for (const to of [
    "organisationId === viewer.organisationId || 'not-found'",
    "holdsRole(viewer, 'rgc') || 'not-found'",
    "holdsRole(viewer, 'rgc', 'cssi') && organisationId === viewer.organisationId || 'not-found'",
  ])
    assert.notEqual(partedOnCorrection(corrected, await importChanged<typeof policy>(file, clause, to)).length, 0, to)
  const [ok, rgc, own, open, cssi] = [
    '(select ctx.ok())',
    "(select ctx.holds_role('rgc'))",
    'organisation_id = (select ctx.organisation())',
    'corrected_at is null',
    "(select ctx.holds_role('cssi')) or organisation_id in (select ctx.officer_of())",
  ]
  for (const using of [`${ok} and ${own} and ${open}`, `${ok} and ${rgc} and ${own}`]) // whose structure it is, the policy read says too
    await withPolicyChanged(house.owner, 'supplied_anomalies', 'correct', using, async () =>
      assert.ok(await isSeen(hashes, async one => partedOnCorrection(await suppliedHeld(one)).length > 0), using),
    )
  for (const using of [
    `${ok} and (${own} or ${cssi})`,
    `${ok} and (${rgc} or ${cssi})`,
    `${ok} and ${rgc} and ${own}`,
    `${ok} and (${rgc} and ${own} or (select ctx.holds_role('cssi')))`,
  ])
    await withPolicyChanged(house.owner, 'supplied_anomalies', 'read', using, async () =>
      assert.ok(await isSeen(hashes, async one => partedOnRead(await suppliedSeen(one)).length > 0), using),
    )
})

const suppliedInto = (of: readonly Buffer[] = hashes) =>
  insertSights(
    house.owner,
    house.database,
    of,
    structures,
    `insert into supplied_anomalies (id, organisation_id, kind, whose, evidence, found_on, recorded_at, recorded_by)
      values (gen_random_uuid(), (r ->> 'id')::uuid, 'essai', 'essai', 'essai', '2026-01-01', now(), ctx.account())`,
  )
const partedOnSupply = (sights: readonly Sight[], { maySupply }: typeof policy = policy) =>
  disagreements(sights, structures, (viewer, { id }) => viewer.state === 'active' && maySupply(viewer, id) === true)
test('SEC-6, ACC-14, AGR-16: who supplies an anomaly to which structure: the policy and the database agree; each clause counts', async () => {
  const sights = await suppliedInto()
  assert.ok(sights.some(s => s.ids.size === structures.length) && sights.some(s => s.ids.size === 4))
  assert.deepEqual(partedOnSupply(sights).slice(0, 2), [])
  const file = new URL('./anomalies.policy.ts', import.meta.url)
  for (const to of ["holdsRole(viewer, 'cssi') || 'access/role-required'\n", "true || 'access/role-required'\n"])
    assert.notEqual(
      partedOnSupply(
        sights,
        await importChanged<typeof policy>(
          file,
          "string): Verdict => isOfficerOf(viewer, organisationId) || 'access/role-required'\n",
          `string): Verdict => ${to}`,
        ),
      ).length,
      0,
      to,
    )
  for (const clause of ["ctx.holds_role('cssi'::text)", 'ctx.officer_of()'])
    await withCheckChanged(
      house.owner,
      'supplied_anomalies',
      'record',
      clause,
      clause.startsWith('ctx.holds') ? 'false' : 'ctx.own_agencies()',
      async () =>
        assert.ok(await isSeen(hashes, async one => partedOnSupply(await suppliedInto(one)).length > 0), clause),
    )
})

/** Judged anew at each reading, by functions that know the same bounds as the policies. */
const judged = (organisationIds: readonly string[], of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{ id: string }>`select distinct organisation_id as id
      from ctx.access_facts(${organisationIds}::uuid[], null)`,
  )
test('SEC-6, ACC-14, AGR-16: what anomalies are judged by is read for the same structures as anomalies, one or several', async () => {
  const each = await Promise.all(structures.map(async one => ({ one, sights: await judged([one.id]) })))
  const parts = (
    all: readonly { one: { id: string }; sights: readonly Sight[] }[],
    also = (_viewer: Sight['viewer'], _id: string) => false,
  ) =>
    all.flatMap(({ one, sights }) =>
      disagreements(
        sights,
        [one],
        (viewer, { id }) =>
          viewer.state === 'active' && (policy.mayReadAnomalies(viewer, id) === true || also(viewer, id)),
      ),
    )
  // A signatory decides for account managers, failing another, and reads what they are judged by.
  const signs = (viewer: Sight['viewer'], id: string) =>
    viewer.organisationId === id && viewer.roles.some(r => r.role === 'signataire' && r.regionId === null)
  assert.deepEqual(parts(each, signs).slice(0, 2), [])
  const [here, there] = [structures.find(s => s.region === 1075)!.id, structures.find(s => s.region === 1053)!.id]
  for (const { viewer, ids } of await judged([here, there]))
    assert.ok(ids.size === 0 || viewer.roles.some(r => r.role === 'cssi' && r.regionId === null))
  await withFunctionChanged(
    house.owner,
    'ctx.judges_access(uuid[])',
    'organisations <@ array(select ctx.officer_of())',
    'organisations && array(select ctx.officer_of())',
    async () => {
      const seen = await judged([here, there])
      assert.ok(seen.some(({ viewer, ids }) => ids.size > 0 && viewer.officerOf.length > 0))
    },
  )
})
