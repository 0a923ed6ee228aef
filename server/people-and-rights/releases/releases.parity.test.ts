import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Role } from '../../../contract/route.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import {
  disagreements,
  eachClauseCounts,
  isSeen,
  mayWrite,
  type Sight,
  sightsOf,
  withFunctionChanged,
} from '../../testing/parity.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { giveRole } from '../accounts/testing.ts'
import { type Side, sideOf } from './releases.model.ts'
import * as policy from './releases.policy.ts'

const random = seededRandom(1230)
const regions = [1075, 1076] as const
const day = 86_400_000
type Laid = policy.Release & { readonly id: string }
let house: House
const hashes: Buffer[] = []
const laid: Laid[] = []
let now: Date

/** The operator and partners of two regions, with and without an account manager; some sessions are locked. */
before(async () => {
  house = await openHouse([])
  await house.owner.query(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
    (1076, 'region', '76', 'Occitanie')`)
  const of: Record<string, Person[]> = {}
  const managed = new Map<string, number>()
  const join = async (organisationId: string, ...roles: (readonly [Role, number?])[]) => {
    const late = random() < 0.1 ? { lastSeenAt: new Date(Date.now() - 31 * 60_000) } : {}
    const person = await house.person(organisationId, [], late)
    for (const [role, regionId] of roles)
      await giveRole(house.owner, person, role, regionId === undefined ? {} : { regionId })
    hashes.push(tokenHash(person.cookie.slice('session='.length)))
    of[organisationId] = [...(of[organisationId] ?? []), person]
    return person
  }
  const operator = (await house.organisation({ kind: 'operateur' })).id
  await join(operator, ['cssi'])
  await join(operator, ['cssi'], ['rgc'])
  await join(operator, ['rgc'])
  await join(operator, ['signataire'])
  for (const region of regions) {
    await join(operator, ['cssi', region])
    await join(operator, ['direction-regionale', region])
  }
  await join(operator, ['administrateur'])
  managed.set(operator, 2)
  for (let n = 0; n < 6; n++) {
    const { id } = await house.organisation()
    await house.owner.query('update conventions set region_id = $2 where organisation_id = $1', [id, regions[n % 2]])
    if (n % 3 !== 0) await join(id, ['rgc'])
    managed.set(id, n % 3 === 0 ? 0 : 1)
    await join(id, ['signataire'])
    await join(id)
    await join(id)
  }
  now = (await house.owner.query('select now()')).rows[0].now
  const organisations = Object.keys(of)
  for (const formerId of organisations)
    for (const account of of[formerId]!)
      for (let n = 0; n < 2; n++) {
        const askerId = pick(
          random,
          organisations.filter(one => one !== formerId),
        )
        const [contested, settled] = [random() < 0.3, random() < 0.25]
        const isRgc = (
          await house.owner.query(`select from role_assignments where account_id = $1 and role = 'rgc'`, [account.id])
        ).rows.length
        const row: Laid = {
          id: uuidv7(),
          accountId: account.id,
          formerId,
          askerId,
          askedById: pick(random, of[askerId]!).id,
          toldAt: pick(random, [null, new Date(now.getTime() - day), new Date(now.getTime() - 4 * day)]),
          contestedAt: contested ? new Date(now.getTime() - day) : null,
          settledAt: settled ? new Date(now.getTime() - day) : null,
          otherManagers: managed.get(formerId)! - isRgc,
        }
        const { rowCount } = await house.owner.query(
          `insert into address_releases (id, account_id, former_id, asker_id, email, given_name, family_name, reason, asked_by,
            asked_at, told_at, contested_at, contested_by, contest_reason, settled_at, settled_by, outcome, settle_reason)
            values ($1, $2, $3, $4, 'claire@partenaire.example', 'Claire', 'Aumont', 'essai', $5, $6, $7, $8, $9, $10, $11,
              $12, $13, $14) on conflict do nothing`,
          [
            row.id,
            account.id,
            formerId,
            askerId,
            row.askedById,
            new Date(now.getTime() - 5 * day),
            row.toldAt,
            row.contestedAt,
            contested ? account.id : null,
            contested ? 'essai' : null,
            row.settledAt,
            settled ? row.askedById : null,
            settled ? 'refused' : null,
            settled ? 'essai' : null,
          ],
        )
        if (rowCount) laid.push(row)
      }
})
after(() => house.close())

const idsOf = (name: string) => sql<{ id: string }>`select id from ${sql.raw(name)}() r (id)`
const shown = (side: Side) => sql<{ id: string }>`select r.id from ctx.releases_shown() r where r.side = ${side}`
type Question = 'mayWithdraw' | 'mayContest' | 'maySettle' | 'mayRelease'
const asked = {
  mayWithdraw: idsOf('ctx.withdrawable_releases'),
  mayContest: idsOf('ctx.contestable_releases'),
  maySettle: idsOf('ctx.settleable_releases'),
  mayRelease: idsOf('ctx.releasable_releases'),
} as const satisfies Record<Question, unknown>
const apart = (of: readonly Sight[], may: Question, from: typeof policy = policy) =>
  disagreements(of, laid, (viewer, one) => viewer.state === 'active' && from[may](viewer, one, now) === true)
const sidesApart = (of: readonly Sight[], side: Side) =>
  disagreements(of, laid, (viewer, one) => viewer.state === 'active' && sideOf(viewer, one) === side)
const sights = (query: (typeof asked)[Question], of: readonly Buffer[] = hashes) => sightsOf(house.database, of, query)

test('SEC-6, ACC-16: who asks, answers, refuses and releases an address, and as what each reads it: the policy and the database agree on every pair', async () => {
  for (const may of Object.keys(asked) as Question[]) {
    const of = await sights(asked[may])
    assert.ok(of.reduce((n, sight) => n + sight.ids.size, 0) > 10, may)
    assert.deepEqual(apart(of, may).slice(0, 2), [], may)
  }
  for (const side of ['asker', 'former', 'officer'] as const) {
    const of = await sights(shown(side))
    assert.ok(of.reduce((n, sight) => n + sight.ids.size, 0) > 10, side)
    assert.deepEqual(sidesApart(of, side).slice(0, 2), [], side)
  }
})

test('SEC-6, ACC-16: whether the former structure was heard: the rule and the database agree on every release', async () => {
  const { rows } = await house.owner.query(
    'select r.id, ctx.release_heard(r, $1) as heard from address_releases r order by r.id',
    [now],
  )
  const said = laid
    .map(one => ({ id: one.id, heard: policy.isHeard(one, now) }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
  assert.deepEqual(rows, said)
  assert.deepEqual(new Set(said.map(one => one.heard)), new Set([true, false]))
})

const heard = 'ctx.release_heard(public.address_releases, timestamptz)'
const clauses = {
  mayWithdraw: {
    code: [
      ['askerId === viewer.organisationId &&', ''],
      ["askerId === viewer.organisationId && holdsRole(viewer, 'rgc')", 'askerId === viewer.organisationId'],
    ],
    sql: [
      ['ctx.withdrawable_releases()', 'r.settled_at is null', 'true'],
      ['ctx.withdrawable_releases()', 'and r.asker_id = ctx.organisation()', ''],
      ['ctx.withdrawable_releases()', "and ctx.holds_role('rgc')", ''],
    ],
  },
  mayContest: {
    code: [
      ["holdsRole(viewer, 'rgc', 'signataire')", "holdsRole(viewer, 'rgc')"],
      ["holdsRole(viewer, 'rgc', 'signataire')", "holdsRole(viewer, 'signataire')"],
      ['accountId !== viewer.accountId && holdsRole', 'holdsRole'],
      ['formerId === viewer.organisationId &&', ''],
      ["release.contestedAt === null || 'release/contested'", 'true'],
    ],
    sql: [
      ['ctx.contestable_releases()', 'r.settled_at is null', 'true'],
      ['ctx.contestable_releases()', 'and r.contested_at is null', ''],
      ['ctx.contestable_releases()', 'and r.former_id = ctx.organisation()', ''],
      ['ctx.contestable_releases()', 'and r.account_id <> ctx.account()', ''],
      ['ctx.contestable_releases()', "ctx.holds_role('rgc') or", ''],
      ['ctx.contestable_releases()', "or ctx.holds_role('signataire')", ''],
    ],
  },
  maySettle: {
    code: [
      ['formerId !== viewer.organisationId &&', ''],
      ['askedById !== viewer.accountId &&', ''],
      ['isOfficerOf(viewer, formerId)', 'true'],
    ],
    sql: [
      ['ctx.settleable_releases()', 'r.settled_at is null', 'true'],
      ['ctx.settleable_releases()', 'and r.former_id <> ctx.organisation()', ''],
      ['ctx.settleable_releases()', 'and r.asked_by <> ctx.account()', ''],
      ['ctx.settleable_releases()', 'and ctx.officer_for(r.former_id)', ''],
    ],
  },
  mayRelease: {
    code: [
      ['contestedAt !== null || otherManagers === 0', 'otherManagers === 0'],
      ['contestedAt !== null || otherManagers === 0', 'contestedAt !== null'],
      ['hearingDays * dayInMilliseconds', '0'],
    ],
    sql: [
      [heard, 'r.contested_at is not null', 'false'],
      [heard, "interval '3 days'", "interval '0 days'"],
      [heard, 'or ctx.managers_beside(r.account_id) = 0', ''],
      ['ctx.releasable_releases()', 'and ctx.release_heard(r, ctx.clock())', ''],
      ['ctx.releasable_releases()', 'r.id in (select ctx.settleable_releases())', 'true'],
    ],
  },
} as const
test('SEC-6: the comparison of releases fails when a clause goes, on either side', async () => {
  const file = new URL('./releases.policy.ts', import.meta.url)
  for (const may of Object.keys(asked) as Question[]) {
    const seen = await sights(asked[may])
    await eachClauseCounts<typeof policy>(
      { file, clauses: clauses[may].code, parts: changed => apart(seen, may, changed).length > 0 },
      {
        owner: house.owner,
        clauses: clauses[may].sql,
        parts: () => isSeen(hashes, async one => apart(await sights(asked[may], one), may).length > 0),
      },
    )
  }
  for (const [side, from, to] of [
    ['officer', 'r.former_id <> ctx.organisation() and', ''],
    ['officer', 'and r.asked_by <> ctx.account()', ''],
    ['officer', 'and ctx.officer_for(r.former_id)', ''],
    [
      'former',
      'r.former_id = ctx.organisation() and r.account_id <> ctx.account()',
      'r.former_id = ctx.organisation()',
    ],
    ['former', "or ctx.holds_role('signataire')", ''],
    ['asker', "r.asker_id = ctx.organisation() and ctx.holds_role('rgc')", 'r.asker_id = ctx.organisation()'],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.releases_shown()', from, to, async () =>
      assert.ok(
        await isSeen(hashes, async one => sidesApart(await sights(shown(side), one), side).length > 0),
        `ctx.releases_shown(): ${from} → ${to}`,
      ),
    )
})

test('SEC-6, ACC-16: whatever the application forgets, nobody reads or writes a release straight, and the database settles none for whoever may not', async () => {
  const free = laid.filter(one => one.settledAt === null)
  for (const hash of hashes.slice(0, 12)) {
    const may = (query: ReturnType<typeof sql>) => mayWrite(house.database, hash, query)
    assert.equal(await may(sql`update address_releases set outcome = 'released'`), false)
    assert.equal(await may(sql`delete from address_releases`), false)
    const [sight] = await sightsOf(
      house.database,
      [hash],
      sql<{ id: string }>`
      select ctx.settle_address_release(${free[0]!.id}::uuid, 'nimporte', 'essai essai', ${uuidv7()}::uuid)::text as id`,
    )
    if (sight) assert.deepEqual([...sight.ids], ['false'])
  }
  for (const said of ['released', 'refused', 'withdrawn'] as const) {
    const may = { released: policy.mayRelease, refused: policy.maySettle, withdrawn: policy.mayWithdraw }[said]
    for (const one of free.slice(0, 8)) {
      const of = await sightsOf(
        house.database,
        hashes,
        sql<{ id: string }>`
        select ctx.settle_address_release(${one.id}::uuid, ${said}, 'essai essai', ${uuidv7()}::uuid)::text as id`,
      )
      for (const { viewer, ids } of of)
        if (ids.has('true')) assert.equal(may(viewer, one, now), true, `${said} by ${viewer.roles.map(r => r.role)}`)
    }
  }
})
