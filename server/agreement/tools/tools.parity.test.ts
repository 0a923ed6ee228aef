import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { disagreements, importChanged, sightsOf, withPolicyChanged } from '../../testing/parity.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { differences, peopleOfAllRoles, refusedStraight, writtenBy } from '../texts/testing.ts'
import * as model from './tools.model.ts'
import * as policy from './tools.policy.ts'

const random = seededRandom(2031)
let house: House
let hashes: Buffer[]
let organisations: string[]
let accounts: { id: string; organisationId: string }[]
let rows: { id: string; organisationId: string }[]

before(async () => {
  house = await openHouse([])
  ;({ hashes, organisations, accounts } = await peopleOfAllRoles(house, random))
  rows = Array.from({ length: 300 }, () => ({ id: uuidv7(), organisationId: pick(random, organisations) }))
  for (const { id, organisationId } of rows)
    await house.owner.query(
      `insert into access_requests (id, organisation_id, requested_by, people, message, requested_at, decision, reason,
        decided_by, decided_at) values ($1, $2, $3, 1, '', now(), 'refused', 'x', $3, now())`,
      [id, organisationId, accounts[0]!.id],
    )
  await house.owner.query(
    `insert into access_requests (id, organisation_id, requested_by, people, message, requested_at)
      values ($1, $2, $3, 1, '', now())`,
    [uuidv7(), organisations[1], accounts[0]!.id],
  )
})
after(() => house.close())

test('SEC-6: who reads access_requests: the policy and the database agree on every pair, and a clause lost is seen', async () => {
  const read = (of = hashes) => sightsOf(house.database, of, sql<{ id: string }>`select id from access_requests`)
  const may = (m: typeof model) => (viewer: Viewer, row: { organisationId: string }) =>
    viewer.state === 'active' && m.mayReadRequest(viewer, row)
  const seen = await read()
  const shown = seen.reduce((n, s) => n + s.ids.size, 0)
  assert.ok(shown > 0 && shown < seen.length * rows.length)
  assert.deepEqual(disagreements(seen, rows, may(model)).slice(0, 2), [])
  for (const [from, to] of [
    ['organisationId === viewer.organisationId ||', ''],
    ['|| oversees(viewer)', ''],
    [`'cssi', 'administrateur'`, `'cssi'`],
  ] as const) {
    const mutant = await importChanged<typeof model>(new URL('./tools.model.ts', import.meta.url), from, to)
    assert.notEqual(disagreements(seen, rows, may(mutant)).length, 0, from)
  }
  await withPolicyChanged(house.owner, 'access_requests', 'read', '(select ctx.ok())', async () =>
    assert.notEqual(disagreements(await read(hashes.slice(0, 40)), rows, may(model)).length, 0),
  )
})

test('SEC-6: who publishes annex 4, says the state of service, designates, answers a request: the verdict and the database agree for every person', async () => {
  assert.deepEqual(
    await differences(
      house,
      hashes,
      v => sql`insert into annex_4_versions values (${uuidv7()}::uuid, 9, 'x', now(), ${v.accountId}::uuid, now())`,
      policy.mayPublishAnnex,
    ),
    [],
  )
  assert.deepEqual(
    await differences(
      house,
      hashes,
      () => sql`update annex_4_tools set in_force_until = now()`,
      policy.mayPublishAnnex,
    ),
    [],
  )
  await house.owner.query(
    `insert into annex_4_versions values ('01938000-0000-7000-9000-000000000004', 4, 'x', now() + interval '1 day', $1,
      now())`,
    [accounts[0]!.id],
  )
  assert.deepEqual(
    await differences(
      house,
      hashes,
      v =>
        sql`update annex_4_versions set cancelled_at = now(), cancelled_by = ${v.accountId}::uuid, cancel_reason = 'x'`,
      policy.mayPublishAnnex,
    ),
    [],
  )
  assert.deepEqual(
    await differences(
      house,
      hashes,
      v =>
        sql`insert into tool_states values (${uuidv7()}::uuid, 'campagnes', 'disponible', '', ${v.accountId}::uuid,
          now())`,
      policy.mayRecordState,
    ),
    [],
  )
  assert.deepEqual(
    await differences(
      house,
      hashes,
      v =>
        sql`insert into access_requesters
          values (${uuidv7()}::uuid, ${v.organisationId}::uuid, ${v.accountId}::uuid, ${v.accountId}::uuid, now())`,
      policy.mayDesignate,
    ),
    [],
  )
  assert.deepEqual(
    await differences(
      house,
      hashes,
      v =>
        sql`update access_requests set decision = 'accepted', reason = 'x', decided_by = ${v.accountId}::uuid,
          decided_at = now() where decided_at is null`,
      policy.mayDecideRequest,
    ),
    [],
  )
})

test('SEC-6: nobody writes in another’s name, nor for another structure', async () => {
  const other = (v: Viewer) => accounts.find(a => a.id !== v.accountId)!.id
  const elsewhere = (v: Viewer) => organisations.find(o => o !== v.organisationId)!
  const statements = [
    (v: Viewer) =>
      sql`insert into annex_4_versions values (${uuidv7()}::uuid, 9, 'x', now(), ${other(v)}::uuid, now())`,
    (v: Viewer) =>
      sql`insert into tool_states values (${uuidv7()}::uuid, 'campagnes', 'disponible', '', ${other(v)}::uuid, now())`,
    (v: Viewer) =>
      sql`insert into access_requesters
        values (${uuidv7()}::uuid, ${elsewhere(v)}::uuid, ${v.accountId}::uuid, ${v.accountId}::uuid, now())`,
    (v: Viewer) =>
      sql`insert into access_requests (id, organisation_id, requested_by, people, message, requested_at)
        values (${uuidv7()}::uuid, ${v.organisationId}::uuid, ${v.accountId}::uuid, 1, '', now())`,
  ]
  for (const hash of hashes)
    assert.deepEqual((await writtenBy(house, hash, statements))?.done.filter(Boolean) ?? [], [])
})

test('SEC-6: straight to the database, no version of annex 4 is taken away', async () => {
  assert.equal(await refusedStraight(house, hashes[0]!, sql`delete from annex_4_versions`), '42501')
})
