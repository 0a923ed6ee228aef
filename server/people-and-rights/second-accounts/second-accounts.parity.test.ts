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
import { type LaidShare, sideOf } from './second-accounts.model.ts'
import * as policy from './second-accounts.policy.ts'

const random = seededRandom(1390)
const day = 86_400_000
type Laid = policy.Share & LaidShare & { readonly id: string; readonly personId: string; readonly askerId: string }
let house: House
const hashes: Buffer[] = []
const laid: Laid[] = []
let now: Date

/** The operator and partners of two regions; some sessions are locked. */
before(async () => {
  house = await openHouse([])
  await house.owner.query(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine'),
    (1076, 'region', '76', 'Occitanie')`)
  const of: Record<string, Person[]> = {}
  const join = async (organisationId: string, ...roles: (readonly [Role, number?])[]) => {
    const late = random() < 0.1 ? { lastSeenAt: new Date(Date.now() - 31 * 60_000) } : {}
    const person = await house.person(organisationId, [], late)
    for (const [role, regionId] of roles)
      await giveRole(house.owner, person, role, regionId === undefined ? {} : { regionId })
    hashes.push(tokenHash(person.cookie.slice('session='.length)))
    of[organisationId] = [...(of[organisationId] ?? []), person]
  }
  const operator = (await house.organisation({ kind: 'operateur' })).id
  await join(operator, ['cssi'])
  await join(operator, ['cssi'], ['rgc'])
  await join(operator, ['rgc'])
  for (const region of [1075, 1076] as const) await join(operator, ['cssi', region])
  await join(operator, ['administrateur'])
  for (let n = 0; n < 6; n++) {
    const { id } = await house.organisation()
    await house.owner.query('update conventions set region_id = $2 where organisation_id = $1', [id, 1075 + (n % 2)])
    await join(id, ['rgc'])
    await join(id, ['signataire'])
    await join(id)
    await join(id)
  }
  now = (await house.owner.query('select now()')).rows[0].now
  const organisations = Object.keys(of)
  for (const formerId of organisations)
    for (const account of of[formerId]!)
      for (const outcome of [null, null, pick(random, ['accepted', 'refused', 'withdrawn'] as const)]) {
        const askerId = pick(
          random,
          organisations.filter(one => one !== formerId),
        )
        const settledAt = outcome && new Date(now.getTime() - day)
        const row: Laid = {
          id: uuidv7(),
          personId: account.id,
          formerId,
          askerId,
          askedAt: new Date(now.getTime() - pick(random, [5, 31]) * day),
          settledAt,
          outcome,
        }
        const { rowCount } = await house.owner.query(
          `insert into shared_addresses (id, first_id, former_id, asker_id, email, given_name, family_name, reason, asked_by,
            asked_at, settled_at, settled_by, outcome, open_until)
            values ($1, $2, $3, $4, 'claire@partenaire.example', 'Claire', 'Aumont', 'essai', $5, $6, $7, $8, $9, $10)
            on conflict do nothing`,
          [
            row.id,
            account.id,
            formerId,
            askerId,
            of[askerId]![0]!.id,
            row.askedAt,
            settledAt,
            settledAt && account.id,
            outcome,
            outcome === 'accepted' ? now : null,
          ],
        )
        if (rowCount) laid.push(row)
      }
})
after(() => house.close())

const idsOf = (name: string) => sql<{ id: string }>`select id from ${sql.raw(name)}() r (id)`
const shown = (side: string) => sql<{ id: string }>`select s.id from ctx.shares_shown() s where s.side = ${side}`
const asked = { mayAnswer: idsOf('ctx.answerable_shares'), mayTakeBack: idsOf('ctx.withdrawable_shares') } as const
type Question = keyof typeof asked
const questions = Object.keys(asked) as Question[]
const apart = (of: readonly Sight[], may: Question, from: typeof policy = policy) =>
  disagreements(of, laid, (viewer, one) => viewer.state === 'active' && from[may](viewer, one, now) === true)
const sidesApart = (of: readonly Sight[], side: string) =>
  disagreements(of, laid, (viewer, one) => viewer.state === 'active' && sideOf(viewer, one) === side)
const sights = (query: (typeof asked)[Question], of: readonly Buffer[] = hashes) => sightsOf(house.database, of, query)
const count = (of: readonly Sight[]) => of.reduce((n, sight) => n + sight.ids.size, 0)

test('SEC-6, ACC-16: who answers or takes back a second account, and as what each reads it: the policy and the database agree on every pair', async () => {
  for (const may of questions) {
    const of = await sights(asked[may])
    assert.ok(count(of) > 10, may)
    assert.deepEqual(apart(of, may).slice(0, 2), [], may)
  }
  for (const side of ['person', 'asker', 'first', 'officer']) {
    const of = await sights(shown(side))
    assert.ok(count(of) > 3, side)
    assert.deepEqual(sidesApart(of, side).slice(0, 2), [], side)
  }
})

const clauses = {
  mayAnswer: {
    code: [
      ['personId !== viewer.accountId', 'personId === null'],
      ['(settledAt === null && waits)', 'waits'],
      ['(settledAt === null && waits)', '(settledAt === null)'],
    ],
    sql: [
      ['ctx.answerable_shares()', 's.settled_at is null', 'true'],
      ['ctx.answerable_shares()', 'and s.first_id = ctx.account()', ''],
      ['ctx.answerable_shares()', "and s.asked_at > ctx.clock() - interval '30 days'", ''],
    ],
  },
  mayTakeBack: {
    code: [
      ['askerId !== viewer.organisationId ||', ''],
      ["|| !holdsRole(viewer, 'rgc')", ''],
    ],
    sql: [
      ['ctx.withdrawable_shares()', 's.settled_at is null', 'true'],
      ['ctx.withdrawable_shares()', 'and s.asker_id = ctx.organisation()', ''],
      ['ctx.withdrawable_shares()', "and ctx.holds_role('rgc')", ''],
    ],
  },
} as const
test('SEC-6: the comparison of second accounts fails when a clause goes, on either side', async () => {
  const file = new URL('./second-accounts.policy.ts', import.meta.url)
  for (const may of questions) {
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
    ['officer', 's.asker_id <> ctx.organisation() and s.former_id <> ctx.organisation()', 'true'],
    ['officer', 'and (ctx.officer_for(s.asker_id) or ctx.officer_for(s.former_id))', ''],
    ['officer', 'or ctx.officer_for(s.former_id)', ''],
    ['first', "and s.outcome = 'accepted' then 'first'", "then 'first'"],
    ['first', "ctx.holds_role('rgc') and s.former_id", 's.former_id'],
    ['asker', "ctx.holds_role('rgc') and s.asker_id", 's.asker_id'],
    ['person', 's.first_id = ctx.account()', 'false'],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.shares_shown()', from, to, async () =>
      assert.ok(
        await isSeen(hashes, async one => sidesApart(await sights(shown(side), one), side).length > 0),
        `ctx.shares_shown(): ${from} → ${to}`,
      ),
    )
})

test('SEC-6, ACC-16: whatever the application forgets, nobody reads or writes a pair straight, nor learns beside whom an account stands', async () => {
  const free = laid.filter(one => one.settledAt === null)
  for (const hash of hashes.slice(0, 12)) {
    const may = (query: ReturnType<typeof sql>) => mayWrite(house.database, hash, query)
    assert.equal(await may(sql`update shared_addresses set outcome = 'accepted'`), false)
    assert.equal(await may(sql`delete from shared_addresses`), false)
    assert.equal(await may(sql`update account_contacts set beside_id = account_id`), false)
    await assert.rejects(
      house.database.transaction(async tx => {
        await tx.enter(hash)
        return tx.all(sql`select beside_id from account_contacts`)
      }),
      /permission denied/,
    )
  }
  for (const said of ['accepted', 'refused', 'withdrawn', 'freed'] as const)
    for (const one of free.slice(0, 8)) {
      const of = await sightsOf(
        house.database,
        hashes,
        sql<{ id: string }>`select ctx.settle_shared_address(${one.id}::uuid, ${said})::text as id`,
      )
      const may = said === 'withdrawn' ? policy.mayTakeBack : policy.mayAnswer
      for (const { viewer, ids } of of)
        if (ids.has('true')) assert.ok(said !== 'freed' && may(viewer, one, now) === true, said)
    }
})
