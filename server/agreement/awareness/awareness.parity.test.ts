import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { disagreements, importChanged, sightsOf, withPolicyChanged } from '../../testing/parity.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { differences, peopleOfAllRoles, refusedStraight, writtenBy } from '../texts/testing.ts'
import * as model from './awareness.model.ts'
import * as policy from './awareness.policy.ts'

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
      `insert into equipment_validations values ($1, $2, true, false, false, '2026-01-01', '', $3, now())`,
      [id, organisationId, accounts[0]!.id],
    )
})
after(() => house.close())

test('SEC-6: who reads equipment_validations: the policy and the database agree on every pair, and a clause lost is seen', async () => {
  const read = (of = hashes) => sightsOf(house.database, of, sql<{ id: string }>`select id from equipment_validations`)
  const may = (m: typeof model) => (viewer: Viewer, row: { organisationId: string }) =>
    viewer.state === 'active' && m.mayReadEquipment(viewer, row)
  const seen = await read()
  const shown = seen.reduce((n, s) => n + s.ids.size, 0)
  assert.ok(shown > 0 && shown < seen.length * rows.length)
  assert.deepEqual(disagreements(seen, rows, may(model)).slice(0, 2), [])
  for (const [from, to] of [
    ['organisationId === viewer.organisationId ||', ''],
    ['|| oversees(viewer)', ''],
    [`'cssi', 'administrateur'`, `'cssi'`],
  ] as const) {
    const mutant = await importChanged<typeof model>(new URL('./awareness.model.ts', import.meta.url), from, to)
    assert.notEqual(disagreements(seen, rows, may(mutant)).length, 0, from)
  }
  await withPolicyChanged(house.owner, 'equipment_validations', 'read', '(select ctx.ok())', async () =>
    assert.notEqual(disagreements(await read(hashes.slice(0, 40)), rows, may(model)).length, 0),
  )
})

test('SEC-6: who decides of awareness, validates equipment: the verdict and the database agree for every person', async () => {
  assert.deepEqual(
    await differences(
      house,
      hashes,
      v => sql`insert into awareness_policies values (now(), true, ${v.accountId}::uuid)`,
      policy.maySetPolicy,
    ),
    [],
  )
  assert.deepEqual(
    await differences(
      house,
      hashes,
      v =>
        sql`insert into equipment_validations
          values (${uuidv7()}::uuid, ${v.organisationId}::uuid, true, true, true, '2026-01-01', '',
          ${v.accountId}::uuid, now())`,
      policy.mayRecordEquipment,
    ),
    [],
  )
})

test('SEC-6: nobody writes in another’s name, nor for another structure', async () => {
  const other = (v: Viewer) => accounts.find(a => a.id !== v.accountId)!.id
  const elsewhere = (v: Viewer) => organisations.find(o => o !== v.organisationId)!
  const statements = [
    (v: Viewer) =>
      sql`insert into equipment_validations
        values (${uuidv7()}::uuid, ${v.organisationId}::uuid, true, true, true, '2026-01-01', '', ${other(v)}::uuid,
        now())`,
    (v: Viewer) =>
      sql`insert into equipment_validations
        values (${uuidv7()}::uuid, ${elsewhere(v)}::uuid, true, true, true, '2026-01-01', '', ${v.accountId}::uuid,
        now())`,
  ]
  for (const hash of hashes)
    assert.deepEqual((await writtenBy(house, hash, statements))?.done.filter(Boolean) ?? [], [])
})

test('SEC-6: who records whose awareness: the verdict and the database agree on every pair, and a clause lost is seen', async () => {
  const people = [...accounts.slice(0, 25)]
  const insert = (person: { id: string; organisationId: string }) => (v: Viewer) =>
    sql`insert into awareness_records
      values (${uuidv7()}::uuid, ${person.id}::uuid, ${person.organisationId}::uuid, '2026-01-01', 'reunion', 'x', null,
      ${v.accountId}::uuid, now())`
  const seen = (await Promise.all(hashes.map(hash => writtenBy(house, hash, people.map(insert))))).filter(
    s => s !== null,
  )
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
      wrong(await importChanged<typeof policy>(new URL('../awareness/awareness.policy.ts', import.meta.url), from, to))
        .length,
      0,
      from,
    )
})

test('SEC-6: straight to the database, no awareness recorded is changed', async () => {
  assert.equal(await refusedStraight(house, hashes[0]!, sql`update awareness_records set done_on = now()`), '42501')
})
