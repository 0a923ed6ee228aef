import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { roles } from '../../../contract/route.ts'
import { giveRole } from '../../people-and-rights/habilitations/testing.ts'
import type { Db } from '../../platform/database.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { disagreements, importChanged, sightsOf, withPolicyChanged } from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom } from '../../testing/people.ts'
import * as model from './portal.model.ts'
import * as policy from './portal.policy.ts'

const random = seededRandom(2031)
let house: House
let hashes: Buffer[]
let organisations: string[]
let accounts: { id: string; organisationId: string }[]
let rows: { id: string; organisationId: string }[]

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  organisations = [
    await house.organisation({ kind: 'operateur' }),
    await house.organisation(),
    await house.organisation(),
    await house.organisation(),
  ].map(o => o.id)
  hashes = await peopleOfAllKinds(house, organisations, 140, random)
  accounts = (await house.owner.query('select id, organisation_id as "organisationId" from accounts')).rows
  for (const account of accounts)
    for (const role of roles) {
      if (random() > 0.2) continue
      const when = random()
      await giveRole(house.owner, account, role, {
        regionId: role === 'direction-regionale' ? 1075 : null,
        ...(when < 0.1
          ? { startsAt: '2099-01-01T00:00:00Z' }
          : when > 0.9
            ? { endsAt: new Date(Date.now() - 1000) }
            : {}),
      })
    }
  rows = Array.from({ length: 300 }, () => ({ id: uuidv7(), organisationId: pick(random, organisations) }))
  for (const { id, organisationId } of rows) {
    await house.owner.query(
      `insert into equipment_validations values ($1, $2, true, false, false, '2026-01-01', '', $3, now())`,
      [id, organisationId, accounts[0]!.id],
    )
    await house.owner.query(
      `insert into access_requests (id, organisation_id, requested_by, people, message, requested_at, decision, reason,
        decided_by, decided_at) values ($1, $2, $3, 1, '', now(), 'refused', 'x', $3, now())`,
      [id, organisationId, accounts[0]!.id],
    )
  }
})
after(() => house.close())

/** Whether each statement would be written, in one transaction undone after. */
const written = async (
  tokenHash: Buffer,
  statements: readonly ((viewer: Viewer) => Parameters<Db['run']>[0])[],
): Promise<{ viewer: Viewer; done: boolean[] } | null> => {
  const tx = await house.database.begin()
  try {
    const viewer = await tx.enter(tokenHash)
    if (!viewer) return null
    const done: boolean[] = []
    for (const statement of statements) {
      await tx.run(sql`savepoint s`)
      done.push(
        await tx.run(statement(viewer)).then(
          n => n > 0,
          error => {
            if (error.code !== '42501') throw error
            return false
          },
        ),
      )
      await tx.run(sql`rollback to s`)
    }
    return { viewer, done }
  } finally {
    await tx.rollback()
  }
}
/** The viewers for whom what the database writes differs from the verdict. */
const differences = async (
  statement: (viewer: Viewer) => Parameters<Db['run']>[0],
  may: (viewer: Viewer) => unknown,
) => {
  const all = (await Promise.all(hashes.map(hash => written(hash, [statement])))).filter(s => s !== null)
  assert.ok(all.length > 100 && all.some(s => s.done[0]) && all.some(s => !s.done[0]))
  return all.filter(s => (s.viewer.state === 'active' && may(s.viewer) === true) !== s.done[0])
}

for (const table of ['equipment_validations', 'access_requests'] as const)
  test(`SEC-6: who reads ${table}: the policy and the database agree on every pair, and a clause lost is seen`, async () => {
    const read = (of = hashes) => sightsOf(house.database, of, sql<{ id: string }>`select id from ${sql.table(table)}`)
    const may = (m: typeof model) => (viewer: Viewer, row: { organisationId: string }) =>
      viewer.state === 'active' && m.mayReadOf(viewer, row)
    const seen = await read()
    const shown = seen.reduce((n, s) => n + s.ids.size, 0)
    assert.ok(shown > 0 && shown < seen.length * rows.length)
    assert.deepEqual(disagreements(seen, rows, may(model)).slice(0, 2), [])
    for (const [from, to] of [
      ['organisationId === viewer.organisationId ||', ''],
      ['|| oversees(viewer)', ''],
      [`'cssi', 'administrateur'`, `'cssi'`],
    ] as const) {
      const mutant = await importChanged<typeof model>(new URL('./portal.model.ts', import.meta.url), from, to)
      assert.notEqual(disagreements(seen, rows, may(mutant)).length, 0, from)
    }
    await withPolicyChanged(house.owner, table, 'read', '(select ctx.ok())', async () =>
      assert.notEqual(disagreements(await read(hashes.slice(0, 40)), rows, may(model)).length, 0),
    )
  })

test('SEC-6: who publishes, says the state of service, decides of awareness, validates equipment: the verdict and the database agree for every person', async () => {
  assert.deepEqual(
    await differences(
      v => sql`insert into annex_4_versions values (${uuidv7()}::uuid, 9, 'x', now(), ${v.accountId}::uuid, now())`,
      policy.mayPublish,
    ),
    [],
  )
  assert.deepEqual(
    await differences(
      v =>
        sql`insert into documents (id, kind, version, title, body, body_hash, in_force_from, published_by, published_at)
          values (${uuidv7()}::uuid, 'cgu', 9, 'x', 'x', sha256('x'), now(), ${v.accountId}::uuid, now())`,
      policy.mayPublish,
    ),
    [],
  )
  assert.deepEqual(
    await differences(
      v => sql`insert into awareness_policies values (now(), true, ${v.accountId}::uuid)`,
      policy.mayPublish,
    ),
    [],
  )
  assert.deepEqual(await differences(() => sql`update annex_4_tools set in_force_until = now()`, policy.mayPublish), [])
  assert.deepEqual(
    await differences(
      v =>
        sql`insert into tool_states values (${uuidv7()}::uuid, 'campagnes', 'disponible', '', ${v.accountId}::uuid,
          now())`,
      policy.mayRecordState,
    ),
    [],
  )
  assert.deepEqual(
    await differences(
      v =>
        sql`insert into equipment_validations
          values (${uuidv7()}::uuid, ${v.organisationId}::uuid, true, true, true, '2026-01-01', '',
          ${v.accountId}::uuid, now())`,
      policy.mayRecordEquipment,
    ),
    [],
  )
  assert.deepEqual(
    await differences(
      v =>
        sql`insert into access_requesters
          values (${uuidv7()}::uuid, ${v.organisationId}::uuid, ${v.accountId}::uuid, ${v.accountId}::uuid, now())`,
      policy.mayDesignate,
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
      sql`insert into equipment_validations
        values (${uuidv7()}::uuid, ${v.organisationId}::uuid, true, true, true, '2026-01-01', '', ${other(v)}::uuid,
        now())`,
    (v: Viewer) =>
      sql`insert into equipment_validations
        values (${uuidv7()}::uuid, ${elsewhere(v)}::uuid, true, true, true, '2026-01-01', '', ${v.accountId}::uuid,
        now())`,
    (v: Viewer) =>
      sql`insert into access_requesters
        values (${uuidv7()}::uuid, ${elsewhere(v)}::uuid, ${v.accountId}::uuid, ${v.accountId}::uuid, now())`,
    (v: Viewer) =>
      sql`insert into access_requests (id, organisation_id, requested_by, people, message, requested_at)
        values (${uuidv7()}::uuid, ${v.organisationId}::uuid, ${v.accountId}::uuid, 1, '', now())`,
  ]
  for (const hash of hashes) assert.deepEqual((await written(hash, statements))?.done.filter(Boolean) ?? [], [])
})

test('SEC-6: who records whose awareness: the verdict and the database agree on every pair, and a clause lost is seen', async () => {
  const people = [...accounts.slice(0, 25)]
  const insert = (person: { id: string; organisationId: string }) => (v: Viewer) =>
    sql`insert into awareness_records
      values (${uuidv7()}::uuid, ${person.id}::uuid, ${person.organisationId}::uuid, '2026-01-01', 'reunion', 'x', null,
      ${v.accountId}::uuid, now())`
  const seen = (await Promise.all(hashes.map(hash => written(hash, people.map(insert))))).filter(s => s !== null)
  const wrong = (m: typeof policy) =>
    seen.flatMap(({ viewer, done }) =>
      people.filter(
        (person, i) => (viewer.state === 'active' && m.mayRecordAwareness(viewer, person) === true) !== done[i],
      ),
    )
  const count = seen.flatMap(s => s.done).filter(Boolean).length
  assert.ok(count > 100 && count < (seen.length * people.length) / 2, String(count))
  assert.deepEqual(wrong(policy), [])
  for (const [from, to] of [
    [`!holdsRole(viewer, 'cssi') && person.organisationId !== viewer.organisationId`, 'false'],
    [`holdsRole(viewer, 'cssi', 'rgc', 'responsable-formation')`, `holdsRole(viewer, 'cssi', 'rgc')`],
    ['return person.id !== viewer.accountId ||', 'return true ||'],
  ] as const)
    assert.notEqual(
      wrong(await importChanged<typeof policy>(new URL('./portal.policy.ts', import.meta.url), from, to)).length,
      0,
      from,
    )
})
