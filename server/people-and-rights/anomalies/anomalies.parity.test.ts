import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Role } from '../../../contract/route.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { disagreements, importChanged, type Sight, sightsOf, withPolicyChanged } from '../../testing/parity.ts'
import { insertPlaces, pick, seededRandom } from '../../testing/people.ts'
import { giveRole } from '../accounts/testing.ts'
import * as policy from './anomalies.policy.ts'

const random = seededRandom(960)
let house: House
const hashes: Buffer[] = []
let anomalies: { id: string; organisationId: string }[]
let supplied: { id: string; organisationId: string; corrected: boolean }[]

/** Structures with their people of every role, some over, locked or short of a factor; the operator's too. */
before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
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
    if (n === 5)
      await house.owner.query(`update conventions set ends_at = now() - interval '1 day' where organisation_id = $1`, [
        organisationId,
      ])
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
      const role = pick(random, operator ? operators : roles)
      if (role)
        await giveRole(house.owner, person, role, {
          regionId: role === 'direction-regionale' ? 1075 : null,
          endsAt: random() < 0.15 ? new Date(Date.now() - 1000) : null,
        })
      accounts.push(person)
      hashes.push(tokenHash(person.cookie.slice('session='.length)))
    }
  }
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

const seen = () => sightsOf(house.database, hashes, sql<{ id: string }>`select id from access_anomalies`)
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
    some(0) > 20 && some(12) > 5 && some(anomalies.length) > 2,
    `${some(0)} ${some(12)} ${some(anomalies.length)}`,
  )
  assert.deepEqual(parted(sights).slice(0, 2), [])
})
test('SEC-6, ACC-14: the comparison fails when a clause goes, on either side', async () => {
  const sights = await seen()
  const file = new URL('./anomalies.policy.ts', import.meta.url)
  for (const [from, to] of [
    ["holdsRole(viewer, 'cssi') || ", ''],
    ["holdsRole(viewer, 'cssi') || ", "holdsRole(viewer, 'cssi', 'administrateur') || "],
    ["holdsRole(viewer, 'rgc') && ", ''],
    ["holdsRole(viewer, 'rgc') && ", "holdsRole(viewer, 'rgc', 'signataire') && "],
    [' && organisationId === viewer.organisationId', ''],
  ] as const)
    assert.notEqual(parted(sights, await importChanged<typeof policy>(file, from, to)).length, 0, `${from} → ${to}`)
  const rgc = "(select ctx.holds_role('rgc'))"
  const own = 'organisation_id = (select ctx.organisation())'
  const cssi = "(select ctx.holds_role('cssi'))"
  for (const using of [
    `(select ctx.ok()) and (${own} or ${cssi})`,
    `(select ctx.ok()) and (${rgc} or ${cssi})`,
    `(select ctx.ok()) and ${rgc} and ${own}`,
    `(select ctx.ok()) and (${rgc} and ${own} or (select ctx.oversees()))`,
  ])
    await withPolicyChanged(house.owner, 'access_anomalies', 'read', using, async () =>
      assert.notEqual(parted(await seen()).length, 0, using),
    )
  assert.deepEqual(parted(await seen()), [])
})

const suppliedSeen = () => sightsOf(house.database, hashes, sql<{ id: string }>`select id from supplied_anomalies`)
const suppliedHeld = () =>
  sightsOf(house.database, hashes, sql<{ id: string }>`select id from supplied_anomalies for update`)
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
    "(select ctx.holds_role('cssi'))",
  ]
  for (const using of [`${ok} and ${own} and ${open}`, `${ok} and ${rgc} and ${own}`]) // whose structure it is, the policy read says too
    await withPolicyChanged(house.owner, 'supplied_anomalies', 'correct', using, async () =>
      assert.notEqual(partedOnCorrection(await suppliedHeld()).length, 0, using),
    )
  for (const using of [`${ok} and (${own} or ${cssi})`, `${ok} and (${rgc} or ${cssi})`, `${ok} and ${rgc} and ${own}`])
    await withPolicyChanged(house.owner, 'supplied_anomalies', 'read', using, async () =>
      assert.notEqual(partedOnRead(await suppliedSeen()).length, 0, using),
    )
})
