import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { TerritoryLine, Viewer } from '../../platform/viewer.ts'
import { wholeDepth } from '../../testing/depth.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  insertSights,
  mayWrite,
  type Sight,
  sightsOf,
  someoneDisagrees,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, seededRandom, somePlace } from '../../testing/people.ts'
import * as policy from './correspondents.policy.ts'
import * as model from './merging.model.ts'

/** An objection, by its own id, at the place of its card. */
type Row = TerritoryLine & { readonly id: string; readonly card: string }
const random = seededRandom(99)
const some = (count: number): Row[] =>
  Array.from({ length: count }, () => ({ id: uuidv7(), card: uuidv7(), ...somePlace(random) }))
const [noted, fresh] = [some(wholeDepth ? 1100 : 300), some(120)]
let house: House
let hashes: Buffer[]

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  const organisations = [(await house.organisation()).id, (await house.organisation()).id]
  hashes = await peopleOfAllKinds(house, organisations, 100, random)
  await house.owner.query(
    `insert into correspondents (id, siret, region_id, departement_id, epci_id, clpe_id, created_at)
      select card, 31000000000002, "regionId", "departementId", "epciId", "clpeId", now()
      from jsonb_to_recordset($1) as r (card uuid, "regionId" int, "departementId" int, "epciId" int, "clpeId" int)`,
    [JSON.stringify([...noted, ...fresh])],
  )
  await house.owner.query(
    `with who as (select id, organisation_id from accounts limit 1),
    j as (insert into correspondent_objections (id, correspondent_id, objected_on, how, organisation_id, author_id, recorded_at)
      select r.id, r.card, '2026-11-01', 'oral', who.organisation_id, who.id, now()
      from who, jsonb_to_recordset($1) as r (id uuid, card uuid))
    insert into objection_digests (digest, objection_id, key_number, kind)
      select sha256(r.id::text::bytea), r.id, 1, 'email' from jsonb_to_recordset($1) as r (id uuid)`,
    [JSON.stringify(noted)],
  )
})
after(() => house.close())

const mayRead =
  ({ mayReadObjection: may }: typeof model = model) =>
  (viewer: Viewer, row: Row) =>
    viewer.state === 'active' && may(viewer, row)
const mayKeep =
  ({ mayObject: may }: typeof policy = policy) =>
  (viewer: Viewer, row: Row) =>
    viewer.state === 'active' && may(viewer, row) === true
const changed = (from: string, to: string) =>
  importChanged<typeof policy>(new URL('./correspondents.policy.ts', import.meta.url), from, to)

const read = (table: 'correspondent_objections' | 'objection_digests', some: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    some,
    sql<{
      id: string
    }>`select ${sql.raw(table === 'objection_digests' ? 'objection_id' : 'id')} as id from ${sql.table(table)}`,
  )
const lifted = (some: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    some,
    sql<{ id: string }>`update correspondent_objections set lifted_at = now(), lifted_by = ctx.account(),
      lifted_organisation = ctx.organisation(), lift_reason = 'Essai' returning id`,
  )
const written = (some: readonly Buffer[] = hashes) =>
  insertSights(
    house.owner,
    house.database,
    some,
    fresh,
    `insert into correspondent_objections (id, correspondent_id, objected_on, how, organisation_id, author_id, recorded_at)
      values ((r ->> 'id')::uuid, (r ->> 'card')::uuid, '2026-11-01', 'oral', ctx.organisation(), ctx.account(), now())`,
  )
const checkShare = (sights: readonly Sight[], rows: readonly Row[]) => {
  const share = sights.reduce((n, s) => n + s.ids.size, 0) / (sights.length * rows.length)
  assert.ok(share > 0.03 && share < 0.6, `${share}: neither nearly all nor nearly none`)
}

for (const table of ['correspondent_objections', 'objection_digests'] as const)
  test(`SEC-6, EST-5: ${table}: who reads an objection: the policy and the database agree on every pair, and not when a clause goes`, async () => {
    const sights = await read(table)
    checkShare(sights, noted)
    assert.deepEqual(disagreements(sights, noted, mayRead()).slice(0, 3), [])
    const mutant = await importChanged<typeof model>(
      new URL('./merging.model.ts', import.meta.url),
      'boolean => mayRead(viewer, card)',
      'boolean => true',
    )
    assert.notEqual(disagreements(sights, noted, mayRead(mutant)).length, 0)
    const cards: typeof model = {
      ...model,
      mayReadObjection: (viewer, card) => policy.mayObject(viewer, card) === true,
    }
    assert.notEqual(disagreements(sights, noted, mayRead(cards)).length, 0, 'those who keep alone')
    await withPolicyChanged(house.owner, table, 'read', '(select ctx.ok())', async () =>
      assert.ok(await someoneDisagrees(hashes, some => read(table, some), noted, mayRead())),
    )
  })

for (const [what, sightsNow, rows] of [
  ['notes', written, fresh],
  ['lifts', lifted, noted],
] as const)
  test(`SEC-6, EST-5: who ${what} an objection: the policy and the database agree on every pair, and not when a clause goes`, async () => {
    const sights = await sightsNow()
    checkShare(sights, rows)
    assert.deepEqual(disagreements(sights, rows, mayKeep()).slice(0, 3), [])
    for (const [from, to] of [
      ['return advises && readsAt(viewer, place)', 'return advises'],
      ['return advises && readsAt(viewer, place)', 'return readsAt(viewer, place)'],
      ["|| covers(viewer, 'campagnes', 'conseiller', place)", ''],
    ] as const)
      assert.notEqual(disagreements(sights, rows, mayKeep(await changed(from, to))).length, 0, to)
    const covers = (ids: string) =>
      `ctx.covers((select ctx.${ids}()), c.region_id, c.departement_id, c.epci_id, c.clpe_id)`
    for (const ids of ['fiche_conseiller', 'conseiller'])
      await withFunctionChanged(house.owner, 'ctx.keeps_correspondent(uuid)', covers(ids), 'false', async () =>
        assert.ok(await someoneDisagrees(hashes, sightsNow, rows, mayKeep()), ids),
      )
  })

test('SEC-6, EST-5: nobody notes or lifts in another’s name, adds digests to another’s objection, nor takes away those in force', async () => {
  const organisation = await house.organisation()
  const national = [{ tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 0 }] as const
  const [one, other] = [
    await house.person(organisation.id, [...national]),
    await house.person(organisation.id, [...national]),
  ]
  const may = (query: ReturnType<typeof sql>) =>
    mayWrite(house.database, tokenHash(one.cookie.slice('session='.length)), query)
  const note = (author: string) => sql`insert into correspondent_objections (id, correspondent_id, objected_on, how,
    organisation_id, author_id, recorded_at)
    values (${uuidv7()}, ${fresh[0]!.card}, '2026-11-01', 'oral', ${organisation.id}, ${author}, now())`
  const lift = (by: string) => sql`update correspondent_objections set lifted_at = now(), lifted_by = ${by}::uuid,
    lifted_organisation = ${organisation.id}::uuid, lift_reason = 'Essai' where id = ${noted[0]!.id}::uuid`
  for (const write of [note, lift])
    assert.deepEqual([await may(write(one.id)), await may(write(other.id))], [true, false])
  assert.equal(
    await may(sql`insert into objection_digests (digest, objection_id, key_number, kind)
      values (sha256('x'), ${noted[0]!.id}, 1, 'email')`),
    false,
  )
  assert.equal(await may(sql`delete from objection_digests where objection_id = ${noted[0]!.id}::uuid`), false)
})

test('EST-5, PRI-2: who opened no session learns of no objection; whoever did learns it of any place, and of nothing else', async () => {
  const [stranger] = [
    await house.person((await house.organisation()).id, [
      { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 10001 },
    ]),
  ]
  const asked = async (hash?: Buffer) => {
    const tx = await house.database.begin()
    try {
      if (hash) await tx.enter(hash)
      return (
        await tx.all(
          sql<{
            n: string
          }>`select encode(objected_among(array[sha256(${noted[0]!.id}::text::bytea), sha256('x')]), 'hex') as n`,
        )
      ).length
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual([await asked(), await asked(tokenHash(stranger!.cookie.slice('session='.length)))], [0, 1])
})
