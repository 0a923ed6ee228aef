import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { roles } from '../../../contract/route.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  isSeen,
  sightsOf,
  someoneDisagrees,
  withPolicyChanged,
} from '../../testing/parity.ts'
import * as model from './purges.model.ts'
import { mayReadPurges } from './retention.policy.ts'

let house: House
const hashes: Buffer[] = []
const purges: { id: string; organisationId: string | null }[] = []

/** Two partners and two structures of the operator's kind: in each the holder of every role; what is of each, and of none. */
before(async () => {
  house = await openHouse([])
  const structures: (string | null)[] = [null]
  for (const kind of ['epci', 'plie', 'operateur', 'operateur'] as const) {
    const { id } = await house.organisation({ kind })
    structures.push(id)
    for (const role of [...roles.filter(one => one !== 'rgc' && one !== 'direction-regionale'), 'dpd', null] as const) {
      const locked = role === 'dpd' && hashes.length % 2 === 1
      const person = await house.person(id, [], locked ? { lastSeenAt: new Date(Date.now() - 31 * 60_000) } : {})
      if (role) await giveRole(house.owner, person, role)
      hashes.push(tokenHash(person.cookie.slice('session='.length)))
    }
  }
  for (const organisationId of structures) {
    const id = uuidv7()
    await house.owner.query(
      `insert into purges (id, at, ending, of_table, kept_for, organisation_id, erased)
        values ($1, now(), 'drafts', 'drafts', 'P7D', $2, 3)`,
      [id, organisationId],
    )
    purges.push({ id, organisationId })
  }
})
after(() => house.close())

const look = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from purges`)
const differ = async (of: typeof model = model) =>
  disagreements(await look(), purges, (viewer, row) => of.mayReadPurge(viewer, row) === true)

test('SEC-6, PRI-4: who reads what of the report of purges: the rule and the database agree on every pair', async () => {
  const sights = await look()
  assert.ok(sights.reduce((n, { ids }) => n + ids.size, 0) >= 10)
  assert.deepEqual(await differ(), [])
  // The gate of the list lets in whoever reads a line, and nobody else.
  for (const { viewer, ids } of sights) assert.equal(mayReadPurges(viewer) === true, ids.size > 0)
})

test('SEC-6, PRI-4: the comparison fails when a clause goes, on either side', async () => {
  const file = new URL('./purges.model.ts', import.meta.url)
  for (const [from, to] of [
    ['if (reads !== true) return reads', ''],
    ['organisationId === null ||', ''],
    ['organisationId === viewer.organisationId ||', ''],
    ["viewer.organisationKind === 'operateur'", 'false'],
  ] as const)
    assert.notEqual((await differ(await importChanged<typeof model>(file, from, to))).length, 0, from)
  const [ok, dpd, none, own, all] = [
    '(select ctx.ok())',
    "(select ctx.holds_role('dpd'))",
    'organisation_id is null',
    'organisation_id = (select ctx.organisation())',
    "(select o.kind = 'operateur' from organisations o where o.id = (select ctx.organisation()))",
  ]
  for (const using of [
    `${ok} and (${none} or ${own} or ${all})`,
    `${ok} and ${dpd} and (${own} or ${all})`,
    `${ok} and ${dpd} and (${none} or ${all})`,
    `${ok} and ${dpd} and (${none} or ${own})`,
  ])
    await withPolicyChanged(house.owner, 'purges', 'read', using, async () =>
      assert.ok(
        await someoneDisagrees(hashes, look, purges, (viewer, row) => model.mayReadPurge(viewer, row) === true),
        using,
      ),
    )
  assert.deepEqual(await differ(), [])
})

test('SEC-6, PRI-4: whatever the application forgets, nobody writes the report, nor rewrites or deletes it', async () => {
  for (const statement of [
    `insert into purges values (gen_random_uuid(), now(), 'drafts', 'drafts', 'P7D', null, 1)`,
    'update purges set erased = 1',
    'delete from purges',
    `select ctx.count_purged('drafts', 'drafts', 'P7D', array[null::uuid], null)`,
    `select ctx.note_purge('drafts', 'drafts', 'P7D', array[null::uuid], null)`,
    `select ctx.structures_of(array[ctx.account()])`,
  ]) {
    const tx = await house.database.begin()
    try {
      await tx.enter(hashes.at(-2)!)
      await assert.rejects(tx.run(sql.raw(statement)), /permission denied/, statement)
    } finally {
      await tx.rollback()
    }
  }
  assert.equal(await isSeen(hashes, async one => (await look(one)).some(({ ids }) => ids.size > purges.length)), false)
})
