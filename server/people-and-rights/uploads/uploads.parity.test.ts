import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  insertSights,
  mayWrite,
  sightsOf,
  someoneDisagrees,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, seededRandom } from '../../testing/people.ts'
import { giveRole } from '../accounts/testing.ts'
import { insertSent } from './testing.ts'
import * as policy from './uploads.policy.ts'

const here = (file: string) => new URL(file, import.meta.url)
let house: House
let hashes: Buffer[]
let files: { id: string; byId: string }[]
let gilles: Person

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  const organisations = [(await house.organisation()).id, (await house.organisation()).id]
  const operator = (await house.organisation({ kind: 'operateur' })).id
  hashes = await peopleOfAllKinds(house, organisations, 60, seededRandom(26))
  const { rows } = await house.owner.query(`select id from territories where kind = 'region' order by id limit 1`)
  for (const [organisationId, role, over] of [
    [operator, 'signataire', {}],
    [operator, 'direction-regionale', { regionId: rows[0].id }],
    [operator, 'cssi', {}],
    [operator, 'cssi', { regionId: rows[0].id }],
    [operator, 'support', {}],
    [operator, 'administrateur', {}],
    [organisations[0]!, 'responsable-operationnel', {}],
    [organisations[0]!, 'rgc', {}],
    [organisations[1]!, 'signataire', {}],
  ] as const) {
    const person = await house.person(organisationId)
    await giveRole(house.owner, person, role, over)
    hashes.push(tokenHash(person.cookie.slice('session='.length)))
    gilles = person // the last: a partner’s signatory
  }
  const { rows: accounts } = await house.owner.query('select id from accounts order by id')
  files = []
  for (const { id: byId } of accounts)
    files.push({ id: await insertSent(house.owner, byId, Buffer.from(`%PDF-1.7 ${byId} %%EOF`)), byId })
})
after(() => house.close())

const active = (viewer: Viewer) => viewer.state === 'active'
const reads = (viewer: Viewer, file: { byId: string }) => active(viewer) && policy.mayReadUpload(viewer, file) === true

test('SEC-6, AGR-13: who reads a file that waits, and its pieces: the policy and the database agree on every pair, and not without « its sender »', async () => {
  for (const [table, id] of [
    ['uploads', 'id'],
    ['upload_pieces', 'upload_id'],
  ] as const) {
    const seen = (some: readonly Buffer[] = hashes) =>
      sightsOf(house.database, some, sql<{ id: string }>`select ${sql.ref(id)} as id from ${sql.ref(table)}`)
    const sights = await seen()
    assert.ok(sights.some(({ ids }) => ids.size === 1))
    assert.deepEqual(disagreements(sights, files, reads), [])
    await withPolicyChanged(house.owner, table, 'read', '(select ctx.ok())', async () =>
      assert.ok(await someoneDisagrees(hashes, seen, files, reads), table),
    )
  }
  const mutant = await importChanged<typeof policy>(here('./uploads.policy.ts'), 'byId === viewer.accountId ||', '')
  const sights = await sightsOf(house.database, hashes, sql<{ id: string }>`select id from uploads`)
  assert.notEqual(disagreements(sights, files, (v, f) => active(v) && mutant.mayReadUpload(v, f) === true).length, 0)
})

test('SEC-6, AGR-13: who begins a file, in whose name: the policy and the database agree on every pair, and not without each role', async () => {
  const other = files[0]!
  const tried = [true, false].map(mine => ({ id: uuidv7(), mine }))
  const seen = (some: readonly Buffer[] = hashes) =>
    insertSights(
      house.owner,
      house.database,
      some,
      tried,
      `insert into uploads (by_id, id, name, size, begun_at)
        select case when (r ->> 'mine')::boolean then ctx.account() else '${other.byId}' end, (r ->> 'id')::uuid, 'a.pdf', 5, now()`,
    )
  const may =
    ({ maySend }: typeof policy = policy, asked = true) =>
    (viewer: Viewer, row: (typeof tried)[number]) =>
      active(viewer) && maySend(viewer) === true && (!asked || row.mine || viewer.accountId === other.byId)
  const sights = await seen()
  assert.ok(sights.some(({ ids }) => ids.size > 0) && sights.some(({ ids }) => ids.size === 0))
  assert.deepEqual(disagreements(sights, tried, may()), [])
  assert.notEqual(disagreements(sights, tried, may(policy, false)).length, 0)
  for (const role of ["'signataire', ", "'responsable-operationnel', ", ", 'cssi'"]) {
    await withFunctionChanged(house.owner, 'ctx.sends_files()', role, '', async () =>
      assert.ok(await someoneDisagrees(hashes, seen, tried, may()), role),
    )
    const mutant = await importChanged<typeof policy>(here('./uploads.policy.ts'), role, '')
    assert.notEqual(disagreements(sights, tried, may(mutant)).length, 0, role)
  }
})

test('SEC-6, AGR-13: pieces go to one’s own file until it is checked, and are never changed; checked once, in one’s own name', async () => {
  const hash = tokenHash(gilles.cookie.slice('session='.length))
  const id = uuidv7()
  const by = (who: string, checked: boolean) =>
    house.owner.query(
      `insert into uploads (id, by_id, name, size, begun_at, checked_at, media_type, sha256, scanned)
        values ($1, $2, 'a.pdf', 5, now(), $3, $4, $5, $6) on conflict (id) do update set by_id = excluded.by_id,
        checked_at = excluded.checked_at, media_type = excluded.media_type, sha256 = excluded.sha256, scanned = excluded.scanned`,
      [id, who, ...(checked ? [new Date(), 'application/pdf', Buffer.alloc(32), true] : [null, null, null, null])],
    )
  const send = sql`insert into upload_pieces (upload_id, position, bytes) values (${id}::uuid, 0, 'abcde')`
  const settle = sql`update uploads set checked_at = now(), media_type = 'application/pdf', sha256 = sha256('x'), scanned = true
    where id = ${id}::uuid`
  for (const [who, checked, may] of [
    [gilles.id, false, true],
    [gilles.id, true, false],
    [files[0]!.byId, false, false],
  ] as const) {
    await by(who, checked)
    for (const query of [send, settle]) assert.equal(await mayWrite(house.database, hash, query), may)
    assert.equal(
      await mayWrite(house.database, hash, sql`delete from uploads where id = ${id}::uuid`),
      who === gilles.id,
    )
    assert.equal((await kept(hash, id)).length, 0, 'what is not checked, or not one’s own, is kept by no act')
  }
  const whole = await insertSent(house.owner, gilles.id, Buffer.from('%PDF-1.7 %%EOF'))
  for (const query of [
    sql`update upload_pieces set bytes = 'x' where upload_id = ${whole}::uuid`,
    sql`delete from upload_pieces where upload_id = ${whole}::uuid`,
  ])
    assert.equal(await mayWrite(house.database, hash, query), false)
  assert.equal((await kept(hash, whole)).length, 1)
  await house.owner.query(`update upload_pieces set bytes = '%PDF-1.7 !%EOF' where upload_id = $1`, [whole])
  assert.equal((await kept(hash, whole)).length, 0, 'another file than the one that was checked')
})
const kept = async (hash: Buffer, id: string) => {
  const tx = await house.database.begin()
  try {
    await tx.enter(hash)
    return await tx.all(sql<{ name: string }>`select name from checked_upload(${id}::uuid)`)
  } finally {
    await tx.rollback()
  }
}
