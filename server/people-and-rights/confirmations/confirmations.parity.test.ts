import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { disagreements, eachClauseCounts, isSeen, type Sight, sightsOf } from '../../testing/parity.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { giveRole } from '../accounts/testing.ts'
import * as policy from './confirmations.policy.ts'

const random = seededRandom(1210)
let house: House
const hashes: Buffer[] = []
const waiting: (policy.Waiting & { id: string })[] = []

/**
 * Structures with account managers, signatories, both at once and neither; some sessions locked, some conventions over.
 */
before(async () => {
  house = await openHouse([])
  for (let n = 0; n < 12; n++) {
    const organisationId = (await house.organisation()).id
    if (n % 6 === 5)
      await house.owner.query(`update conventions set ends_at = now() - interval '1 day' where organisation_id = $1`, [
        organisationId,
      ])
    const people: Person[] = []
    for (let p = 0; p < 8; p++) {
      const person = await house.person(
        organisationId,
        [],
        random() < 0.1 ? { lastSeenAt: new Date(Date.now() - 31 * 60_000) } : {},
      )
      if (p < 3) await giveRole(house.owner, person, 'rgc')
      if (p === 2 || p === 3) await giveRole(house.owner, person, 'signataire')
      people.push(person)
      hashes.push(tokenHash(person.cookie.slice('session='.length)))
    }
    for (let c = 0; c < 20; c++) {
      const [to, by] = [pick(random, people), pick(random, people)]
      const [id, grantId] = [uuidv7(), uuidv7()]
      await house.owner.query(
        `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on,
          granted_at) values ($1, $2, $3, 'campagnes', 'conseiller', 0, 'essai', '2026-01-01', now())`,
        [grantId, to.id, organisationId],
      )
      await house.owner.query(
        `insert into confirmations (id, account_id, organisation_id, grant_id, why, asked_by, asked_at)
          values ($1, $2, $3, $4, 'wide-perimeter', $5, now())`,
        [id, to.id, organisationId, grantId, by.id],
      )
      waiting.push({ id, organisationId, accountId: to.id, askedById: by.id })
    }
  }
})
after(() => house.close())

const sights = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from ctx.confirmable() c (id)`)
const apart = (of: readonly Sight[], { maySettle }: typeof policy = policy) =>
  disagreements(of, waiting, (viewer, one) => viewer.state === 'active' && maySettle(viewer, one) === true)

test('SEC-6, ACC-4: who confirms in second person: the policy and the database agree on every pair', async () => {
  const of = await sights()
  assert.ok(of.length * waiting.length > 20_000 && of.reduce((n, s) => n + s.ids.size, 0) > 300)
  assert.deepEqual(apart(of).slice(0, 2), [])
})
test('SEC-6, ACC-4: the comparison fails when a clause goes, on either side', async () => {
  const of = await sights()
  const file = new URL('./confirmations.policy.ts', import.meta.url)
  const confirmable = 'ctx.confirmable()'
  await eachClauseCounts<typeof policy>(
    {
      file,
      parts: changed => apart(of, changed).length > 0,
      clauses: [
        ['accountId !== viewer.accountId && ', ''],
        [' && askedById !== viewer.accountId', ''],
        ["'rgc', 'signataire'", "'rgc'"],
        ["'rgc', 'signataire'", "'signataire'"],
        ["if (organisationId !== viewer.organisationId) return 'not-found'", ''],
      ],
    },
    {
      owner: house.owner,
      parts: () => isSeen(hashes, async one => apart(await sights(one)).length > 0),
      clauses: [
        [confirmable, "ctx.holds_role('rgc') or", 'false or'],
        [confirmable, "or ctx.holds_role('signataire')", ''],
        [confirmable, 'c.organisation_id = ctx.organisation() and', ''],
        [confirmable, 'c.asked_by <> ctx.account() and', ''],
        [confirmable, 'and c.account_id <> ctx.account()', ''],
      ],
    },
  )
  assert.deepEqual(apart(await sights()), [])
})
test('SEC-6: what is settled, revoked, over, or of someone who left is no longer to confirm', async () => {
  const count = async () => (await sights()).reduce((n, s) => n + s.ids.size, 0)
  const before = await count()
  const [a, b, c, d] = waiting.filter(w => w.accountId !== w.askedById)
  await house.owner.query(
    `update confirmations set settled_at = now(), settled_by = (select id from accounts where id not in ($2, $3)
      limit 1), outcome = 'confirmed', reason = 'x' where id = $1`,
    [a!.id, a!.accountId, a!.askedById],
  )
  await house.owner.query(
    'update grants set revoked_at = now() where id = (select grant_id from confirmations where id = $1)',
    [b!.id],
  )
  await house.owner.query(
    `update grants set ends_on = '2026-01-02' where id = (select grant_id from confirmations where id = $1)`,
    [c!.id],
  )
  const ids = new Set((await sights()).flatMap(s => [...s.ids]))
  assert.deepEqual(
    [a, b, c].map(w => ids.has(w!.id)),
    [false, false, false],
  )
  await house.owner.query(`update accounts set status = 'deleted' where id = $1`, [d!.accountId])
  assert.ok(!(await sights()).some(s => s.ids.has(d!.id)))
  assert.ok((await count()) < before)
})
