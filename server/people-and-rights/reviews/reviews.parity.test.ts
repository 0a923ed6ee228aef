import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays } from '../../platform/time.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  isSeen,
  type Sight,
  sightsOf,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { seededRandom } from '../../testing/people.ts'
import { giveRole } from '../accounts/testing.ts'
import { reminderOn } from './deadlines.model.ts'
import * as policy from './reviews.policy.ts'

const random = seededRandom(895)
const tables = ['access_reviews', 'access_review_lines'] as const
const roles = ['rgc', 'signataire', 'dpd', 'rssi'] as const
const rolesOfOperator = [...roles, 'cssi', 'administrateur', 'support', 'direction-regionale'] as const
let house: House
let partner: string
const hashes: Buffer[] = []
/** A review, and a line of it under the same id. */
const reviews: { readonly id: string; readonly organisationId: string }[] = []

before(async () => {
  house = await openHouse([])
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Essai'), (1053, 'region', '53', 'Essai')`,
  )
  for (let o = 0; o < 5; o++) {
    const organisationId = (await house.organisation({ kind: o === 0 ? 'operateur' : 'autre' })).id
    if (o === 1) partner = organisationId
    const people = []
    for (let n = 0; n < (o === 0 ? 30 : 14); n++) {
      const kind = random()
      const person = await house.person(
        organisationId,
        [],
        kind < 0.06 ? { secondFactor: null } : kind < 0.12 ? { lastSeenAt: new Date(Date.now() - 31 * 60_000) } : {},
      )
      people.push(person)
      hashes.push(tokenHash(person.cookie.slice('session='.length)))
      for (const role of o === 0 ? rolesOfOperator : roles)
        if (random() < 0.12)
          await giveRole(
            house.owner,
            person,
            role,
            role === 'direction-regionale' ? { regionId: 1075 } : role === 'cssi' && n % 2 ? { regionId: 1053 } : {},
          )
    }
    // A security officer of that region, and nothing else: whatever is drawn.
    if (o === 0) {
      const regional = await house.person(organisationId)
      await giveRole(house.owner, regional, 'cssi', { regionId: 1053 })
      hashes.push(tokenHash(regional.cookie.slice('session='.length)))
    }
    for (const closed of [false, true]) {
      const [id, by] = [uuidv7(), people[0]!.id]
      await house.owner.query(
        `insert into access_reviews (id, organisation_id, due_on, started_at, started_by, closed_at, closed_by,
          report_digest) values ($1, $2, '2026-01-01', '2026-01-01', $3, $4, $5, $6)`,
        closed
          ? [id, organisationId, by, '2026-02-01', by, Buffer.alloc(32)]
          : [id, organisationId, by, null, null, null],
      )
      await house.owner.query(
        `insert into access_review_lines (id, review_id, organisation_id, account_id, function, attachment, status,
          has_role) values ($1, $1, $2, $3, 'Essai', 'agent', 'active', false)`,
        [id, organisationId, by],
      )
      reviews.push({ id, organisationId })
    }
  }
  await house.owner.query('update conventions set region_id = 1075')
  await house.owner.query('update conventions set region_id = 1053 where organisation_id = $1', [partner])
})
after(() => house.close())

const read = (table: (typeof tables)[number], of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from ${sql.table(table)}`)
const followed = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select 'one' as id where exists (select from ctx.reviews_due())`)
const apart = (sights: readonly Sight[], { mayReadReview }: typeof policy = policy) =>
  disagreements(sights, reviews, (viewer, r) => viewer.state === 'active' && mayReadReview(viewer, r.organisationId))
const apartFollowing = (sights: readonly Sight[], { mayFollowReviews }: typeof policy = policy) =>
  disagreements(sights, [{ id: 'one' }], viewer => viewer.state === 'active' && mayFollowReviews(viewer) === true)

test('SEC-6, ACC-8: who reads a review and its lines, who follows when they are due: the policy and the database agree', async () => {
  for (const table of tables) {
    const seen = await read(table)
    const shown = seen.reduce((n, s) => n + s.ids.size, 0)
    assert.ok(shown > 30 && shown < (seen.length * reviews.length) / 2, `${table}: ${shown}`)
    assert.deepEqual(apart(seen).slice(0, 2), [], table)
  }
  const seen = await followed()
  assert.ok(seen.some(s => s.ids.size === 0) && seen.some(s => s.ids.size > 0))
  assert.deepEqual(apartFollowing(seen).slice(0, 2), [])
})

test('SEC-6, ACC-8: the comparison fails when a clause goes, on either side', async () => {
  const [seen, following] = [await read('access_reviews'), await followed()]
  const file = new URL('./reviews.policy.ts', import.meta.url)
  for (const [from, to] of [
    [`isOfficerOf(viewer, organisationId) ||`, `holdsRole(viewer, 'cssi') ||`],
    [`isOfficerOf(viewer, organisationId) ||`, ''],
    [
      `isOfficerOf(viewer, organisationId) || holdsRole(viewer, 'administrateur') ||`,
      'isOfficerOf(viewer, organisationId) ||',
    ],
    [`holdsRole(viewer, 'rgc', 'signataire') &&`, `holdsRole(viewer, 'rgc') &&`],
    [`holdsRole(viewer, 'rgc', 'signataire') &&`, ''],
    ['&& organisationId === viewer.organisationId', ''],
  ] as const)
    assert.notEqual(apart(seen, await importChanged<typeof policy>(file, from, to)).length, 0, `${from} → ${to}`)
  for (const role of ['rgc', 'signataire', 'administrateur'])
    assert.notEqual(
      apartFollowing(
        following,
        await importChanged<typeof policy>(
          file,
          `'rgc', 'signataire', 'administrateur', 'direction-regionale'`,
          ['rgc', 'signataire', 'administrateur', 'direction-regionale']
            .filter(r => r !== role)
            .map(r => `'${r}'`)
            .join(', '),
        ),
      ).length,
      0,
      role,
    )
  for (const to of ['', "holdsRole(viewer, 'cssi') ||"])
    assert.notEqual(
      apartFollowing(following, await importChanged<typeof policy>(file, 'isOfficer(viewer) ||', to)).length,
      0,
      to,
    )
  for (const table of tables)
    for (const using of [
      '(select ctx.ok())',
      '(select ctx.oversees())',
      '(select ctx.ok()) and (organisation_id = (select ctx.organisation()) or (select ctx.oversees()))',
      `(select ctx.ok()) and ((((select ctx.holds_role('rgc')) or (select ctx.holds_role('signataire')))
        and organisation_id = (select ctx.organisation())) or (select ctx.oversees()))`,
    ])
      await withPolicyChanged(house.owner, table, 'read', using, async () =>
        assert.ok(await isSeen(hashes, async one => apart(await read(table, one)).length > 0), `${table}: ${using}`),
      )
  for (const [from, to] of [
    ["or ctx.holds_role('rgc') ", ''],
    ["or ctx.holds_role('signataire') ", ''],
    ["or ctx.holds_role('direction-regionale')", ''],
    ['ctx.oversees() or ctx.role_regions', 'ctx.role_regions'],
    ["or ctx.role_regions('cssi') <> '{}' ", ''],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.reviews_due()', from, to, async () =>
      assert.ok(await isSeen(hashes, async one => apartFollowing(await followed(one)).length > 0), `${from} → ${to}`),
    )
  assert.deepEqual([apart(await read('access_reviews')), apartFollowing(await followed())], [[], []])
})

test('SEC-6, ACC-8, AGR-16: whose review one follows: one’s own structure’s, every one’s, or those of one’s region', async () => {
  const structures = (await house.owner.query('select distinct organisation_id as id from access_reviews')).rows
  const follows = (of: readonly Buffer[] = hashes) =>
    sightsOf(house.database, of, sql<{ id: string }>`select organisation_id as id from ctx.reviews_due()`)
  const parts = (sights: readonly Sight[]) =>
    disagreements(
      sights,
      structures as { id: string }[],
      (viewer, { id }) =>
        viewer.state === 'active' &&
        (policy.mayReadReview(viewer, id) ||
          viewer.roles.some(
            r => r.role === 'direction-regionale' && (id === viewer.organisationId || regionOf.get(id) === r.regionId),
          )),
    )
  const regionOf = new Map<string, number>(
    (await house.owner.query('select organisation_id, region_id from conventions')).rows.map(r => [
      r.organisation_id,
      r.region_id,
    ]),
  )
  const sights = await follows()
  assert.ok(sights.some(s => s.ids.size === 1 && s.ids.has(partner) && s.viewer.officerOf.length === 1))
  assert.deepEqual(parts(sights).slice(0, 2), [])
  for (const [from, to] of [
    ['or o.id in (select ctx.officer_of()) ', ''],
    ['o.id in (select ctx.officer_of())', "ctx.role_regions('cssi') <> '{}'"],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.reviews_due()', from, to, async () =>
      assert.ok(await isSeen(hashes, async one => parts(await follows(one)).length > 0), `${from} → ${to}`),
    )
})

test('ACC-8: what is told of a review on each day: the rule and the database agree, on both sides of each bound', async () => {
  const [{ due }] = (
    await house.owner.query(`select to_char(ctx.review_due($1, now()), 'YYYY-MM-DD') as due`, [partner])
  ).rows
  const client = await house.owner.connect()
  const told = new Set<string | null>()
  for (let n = -35; n <= 10; n++) {
    const day = addDays(due, n)
    await client.query('begin')
    const { rows } = await client.query('select kind from ctx.review_reminders($1) where organisation_id = $2', [
      `${day}T12:00:00Z`,
      partner,
    ])
    await client.query('rollback')
    told.add(rows[0]?.kind ?? null)
    assert.equal(rows[0]?.kind ?? null, reminderOn(due, day), day)
  }
  client.release()
  assert.equal(told.size, 5, 'every kind, and none')
})
