import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
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
  withPolicyChanged,
} from '../../testing/parity.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { giveRole } from '../accounts/testing.ts'
import * as policy from './addresses.policy.ts'

const random = seededRandom(1616)
let house: House
const hashes: Buffer[] = []
const waiting: (policy.Change & { id: string })[] = []
let firstPeople: Person[]

/** Structures with account managers, signatories, both at once and neither; some sessions are locked. */
before(async () => {
  house = await openHouse([])
  for (let n = 0; n < 10; n++) {
    const organisationId = (await house.organisation()).id
    const people: Person[] = []
    for (let p = 0; p < 7; p++) {
      const person = await house.person(
        organisationId,
        [],
        random() < 0.1 ? { lastSeenAt: new Date(Date.now() - 31 * 60_000) } : {},
      )
      if (p < 2) await giveRole(house.owner, person, 'rgc')
      if (p === 1 || p === 2) await giveRole(house.owner, person, 'signataire')
      people.push(person)
      hashes.push(tokenHash(person.cookie.slice('session='.length)))
    }
    firstPeople ??= people
    for (const to of people) {
      const change = {
        id: uuidv7(),
        organisationId,
        accountId: to.id,
        askedById: pick(random, people).id,
        newDomain: random() < 0.4,
      }
      await house.owner.query(
        `insert into address_changes (id, account_id, organisation_id, email, former, new_domain, reason, asked_by, asked_at)
          values ($1, $2, $3, 'nouvelle@partenaire.example', 'ancienne@partenaire.example', $4, 'essai', $5, now())`,
        [change.id, change.accountId, organisationId, change.newDomain, change.askedById],
      )
      waiting.push(change)
    }
  }
})
after(() => house.close())

const confirmable = sql<{ id: string }>`select id from ctx.confirmable_addresses() c (id)`
const refusable = sql<{ id: string }>`select id from ctx.refusable_addresses() c (id)`
const read = sql<{ id: string }>`select id from address_changes`
const sights = (query: typeof confirmable, of: readonly Buffer[] = hashes) => sightsOf(house.database, of, query)
type May = 'mayConfirm' | 'mayRefuse'
const apart = (of: readonly Sight[], may: May, from: typeof policy = policy) =>
  disagreements(of, waiting, (viewer, one) => viewer.state === 'active' && from[may](viewer, one) === true)

test('SEC-6, ACC-16: who confirms a change of address, who stops it and who reads it: the policy and the database agree on every pair', async () => {
  const of = await sights(confirmable)
  assert.ok(of.reduce((n, sight) => n + sight.ids.size, 0) > 50)
  assert.deepEqual(apart(of, 'mayConfirm').slice(0, 2), [])
  assert.deepEqual(apart(await sights(refusable), 'mayRefuse').slice(0, 2), [])
  assert.deepEqual(apart(await sights(read), 'mayRefuse').slice(0, 2), [])
})
test('SEC-6: the comparison fails when a clause goes, on either side', async () => {
  const [confirms, refuses] = [await sights(confirmable), await sights(refusable)]
  const file = new URL('./addresses.policy.ts', import.meta.url)
  const [confirming, refusing] = ['ctx.confirmable_addresses()', 'ctx.refusable_addresses()']
  await eachClauseCounts<typeof policy>(
    {
      file,
      parts: changed => apart(confirms, 'mayConfirm', changed).length > 0,
      clauses: [
        ["if (change.askedById === viewer.accountId) return 'address/own'", ''],
        ['change.accountId === viewer.accountId && change.newDomain', 'false'],
        ['change.accountId === viewer.accountId && change.newDomain', 'change.newDomain'],
        ["'rgc', 'signataire'", "'rgc'"],
        ["'rgc', 'signataire'", "'signataire'"],
        ['organisationId === viewer.organisationId &&', ''],
      ],
    },
    {
      owner: house.owner,
      parts: () => isSeen(hashes, async one => apart(await sights(confirmable, one), 'mayConfirm').length > 0),
      clauses: [
        [confirming, 'c.organisation_id = ctx.organisation() and', ''],
        [confirming, 'and c.asked_by <> ctx.account()', ''],
        [confirming, 'then not c.new_domain', 'then true'],
        [confirming, "ctx.holds_role('rgc') or", ''],
        [confirming, "or ctx.holds_role('signataire')", ''],
      ],
    },
  )
  await eachClauseCounts<typeof policy>(
    {
      file,
      parts: changed => apart(refuses, 'mayRefuse', changed).length > 0,
      clauses: [['accountId === viewer.accountId || holdsRole', 'holdsRole']],
    },
    {
      owner: house.owner,
      parts: () => isSeen(hashes, async one => apart(await sights(refusable, one), 'mayRefuse').length > 0),
      clauses: [
        [refusing, 'c.organisation_id = ctx.organisation() and', ''],
        [refusing, 'c.account_id = ctx.account() or', ''],
        [refusing, "or ctx.holds_role('signataire')", ''],
      ],
    },
  )
  for (const using of [
    '(select ctx.ok()) and organisation_id = (select ctx.organisation())',
    "(select ctx.ok()) and organisation_id = (select ctx.organisation()) and (select ctx.holds_role('rgc'))",
  ])
    await withPolicyChanged(house.owner, 'address_changes', 'read', using, async () =>
      assert.ok(await isSeen(hashes, async one => apart(await sights(read, one), 'mayRefuse').length > 0), using),
    )
})
test('SEC-6, ACC-16: whatever the application forgets, the database changes an address for who confirms it alone, and for nobody straight', async () => {
  const [rgc, both, , plain] = firstPeople as [Person, Person, Person, Person]
  const hashOf = (who: Person) => tokenHash(who.cookie.slice('session='.length))
  const change = async (to: Person, by: Person, newDomain = false) => {
    const id = uuidv7()
    await house.owner.query('delete from address_changes where account_id = $1', [to.id])
    await house.owner.query(
      `insert into address_changes (id, account_id, organisation_id, email, former, new_domain, reason, asked_by, asked_at)
        values ($1, $2, $3, 'nouvelle@partenaire.example', 'ancienne@partenaire.example', $4, 'essai', $5, now())`,
      [id, to.id, to.organisationId, newDomain, by.id],
    )
    return id
  }
  const settles = async (who: Person, id: string, said: string) => {
    const [seen] = await sightsOf(
      house.database,
      [hashOf(who)],
      sql<{ id: string }>`select ctx.settle_address_change(${id}::uuid, ${said}, 'essai', null)::text as id`,
    )
    return seen !== undefined && !seen.ids.has(null as never)
  }
  await house.owner.query(`update sessions set last_seen_at = now() where account_id = any ($1)`, [
    firstPeople.map(one => one.id),
  ])
  const id = await change(plain, rgc)
  assert.deepEqual(
    [
      await settles(rgc, id, 'confirmed'),
      await settles(both, id, 'confirmed'),
      await settles(plain, id, 'confirmed'),
      await settles(firstPeople[5]!, id, 'confirmed'),
      await settles(firstPeople[5]!, id, 'refused'),
      await settles(rgc, id, 'refused'),
    ],
    [false, true, true, false, false, true],
  )
  assert.equal(await settles(plain, await change(plain, rgc, true), 'confirmed'), false)
  for (const who of [rgc, plain]) {
    const may = (query: ReturnType<typeof sql>) => mayWrite(house.database, hashOf(who), query)
    assert.equal(
      await may(sql`update account_contacts set email = 'prise@partenaire.example' where account_id = ${plain.id}`),
      false,
    )
    assert.equal(await may(sql`update address_changes set asked_by = ${both.id}`), false)
    assert.equal(
      await may(sql`insert into address_changes (id, account_id, organisation_id, email, former, new_domain, reason,
        asked_by, asked_at) values (${uuidv7()}, ${plain.id}, ${plain.organisationId}, 'a@b.fr', 'c@d.fr', false, 'x',
        ${both.id}, now())`),
      false,
    )
  }
  assert.equal(
    await mayWrite(
      house.database,
      hashOf(plain),
      sql`select ctx.ask_address_change(${uuidv7()}::uuid, ${both.id}::uuid, 'prise@partenaire.example', 'x')`,
    ),
    false,
    'by who decides for nobody',
  )
})
