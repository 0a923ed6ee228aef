import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Viewer } from '../../platform/viewer.ts'
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

interface Row extends policy.TwoCards {
  readonly id: string
  readonly keptId: string
  readonly absorbedId: string
}
const random = seededRandom(77)
const somePairs = (count: number): Row[] =>
  Array.from({ length: count }, () => {
    const ids = [uuidv7(), uuidv7()].sort()
    const place = somePlace(random)
    // Half of them as a merge makes them: at one place.
    return {
      id: uuidv7(),
      keptId: ids[0]!,
      absorbedId: ids[1]!,
      kept: place,
      absorbed: random() < 0.5 ? place : somePlace(random),
    }
  })
const [merged, fresh] = [somePairs(wholeDepth ? 1200 : 300), somePairs(120)]
let house: House
let hashes: Buffer[]

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  const organisations = [(await house.organisation()).id, (await house.organisation()).id]
  hashes = await peopleOfAllKinds(house, organisations, 90, random)
  const cards = [...merged, ...fresh].flatMap(({ keptId, absorbedId, kept, absorbed }) => [
    { id: keptId, ...kept },
    { id: absorbedId, ...absorbed },
  ])
  await house.owner.query(
    `insert into correspondents (id, siret, region_id, departement_id, epci_id, clpe_id, created_at)
      select id, 31000000000002, "regionId", "departementId", "epciId", "clpeId", now()
      from jsonb_to_recordset($1) as r (id uuid, "regionId" int, "departementId" int, "epciId" int, "clpeId" int)`,
    [JSON.stringify(cards)],
  )
  await house.owner.query(
    `with who as (select id, organisation_id from accounts limit 1),
    m as (insert into correspondent_merges (id, kept_id, absorbed_id, organisation_id, author_id, merged_at, informed_taken)
      select r.id, r."keptId", r."absorbedId", who.organisation_id, who.id, now(), false
      from who, jsonb_to_recordset($1) as r (id uuid, "keptId" uuid, "absorbedId" uuid))
    insert into correspondents_apart (one_id, other_id, organisation_id, author_id, told_at)
      select r."keptId", r."absorbedId", who.organisation_id, who.id, now()
      from who, jsonb_to_recordset($1) as r (id uuid, "keptId" uuid, "absorbedId" uuid)`,
    [JSON.stringify(merged)],
  )
})
after(() => house.close())

const mayRead =
  ({ mayReadMerge }: typeof model = model) =>
  (viewer: Viewer, row: Row) =>
    viewer.state === 'active' && mayReadMerge(viewer, row)
const may =
  ({ mayMerge }: typeof policy = policy) =>
  (viewer: Viewer, row: Row) =>
    viewer.state === 'active' && mayMerge(viewer, row) === true

const asked = {
  correspondent_merges: sql<{ id: string }>`select id from correspondent_merges`,
  correspondents_apart: sql<{ id: string }>`select m.id from correspondents_apart a
    join jsonb_to_recordset(${JSON.stringify(merged)}::jsonb) as m (id uuid, "keptId" uuid) on m."keptId" = a.one_id`,
} as const
const inserts = {
  correspondent_merges: `insert into correspondent_merges (id, kept_id, absorbed_id, organisation_id, author_id, merged_at,
    informed_taken) values ((r ->> 'id')::uuid, (r ->> 'keptId')::uuid, (r ->> 'absorbedId')::uuid, ctx.organisation(),
    ctx.account(), now(), false)`,
  correspondents_apart: `insert into correspondents_apart (one_id, other_id, organisation_id, author_id, told_at)
    values ((r ->> 'keptId')::uuid, (r ->> 'absorbedId')::uuid, ctx.organisation(), ctx.account(), now())`,
} as const
const writes = (table: keyof typeof inserts, some: readonly Buffer[] = hashes) =>
  insertSights(house.owner, house.database, some, fresh, inserts[table])
const undone = (some: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    some,
    sql<{ id: string }>`update correspondent_merges set undone_at = now(), undone_by = ctx.account(),
      undone_organisation = ctx.organisation() returning id`,
  )

const checkAgree = (sights: readonly Sight[], rows: readonly Row[], agrees: (viewer: Viewer, row: Row) => boolean) => {
  const share = sights.reduce((n, s) => n + s.ids.size, 0) / (sights.length * rows.length)
  assert.ok(share > 0.02 && share < 0.6, `${share}: neither nearly all nor nearly none`)
  assert.deepEqual(disagreements(sights, rows, agrees).slice(0, 3), [])
}
const changed = <Module>(name: string, [from, to]: readonly [string, string]) =>
  importChanged<Module>(new URL(name, import.meta.url), from, to)
const checkRead = async (sights: readonly Sight[], rows: readonly Row[]) => {
  checkAgree(sights, rows, mayRead())
  for (const mutant of readMutants)
    assert.notEqual(
      disagreements(sights, rows, mayRead(await changed<typeof model>('./merging.model.ts', mutant))).length,
      0,
      mutant[1],
    )
}
const checkMay = async (sights: readonly Sight[], rows: readonly Row[]) => {
  checkAgree(sights, rows, may())
  for (const mutant of keepMutants)
    assert.notEqual(
      disagreements(sights, rows, may(await changed<typeof policy>('./correspondents.policy.ts', mutant))).length,
      0,
      mutant[1],
    )
}
const both = 'mayRead(viewer, kept) && mayRead(viewer, absorbed)'
const readMutants = [
  [both, 'mayRead(viewer, kept)'],
  [both, 'mayRead(viewer, absorbed)'],
] as const
const keepMutants = [
  ['verdict === true ? mayKeep(viewer, absorbed) : verdict', 'verdict'],
  ['const verdict = mayKeep(viewer, kept)', 'const verdict: Verdict = true'],
] as const
const exists = (column: string) => `exists (select from correspondents c where c.id = ${column})`
const columnsOf = {
  correspondent_merges: ['kept_id', 'absorbed_id'],
  correspondents_apart: ['one_id', 'other_id'],
} as const

for (const table of ['correspondent_merges', 'correspondents_apart'] as const) {
  test(`SEC-6, EST-5: ${table}: who reads that two cards were merged or told apart: the policy and the database agree, and not when a clause goes`, async () => {
    const sights = (some: readonly Buffer[] = hashes) => sightsOf(house.database, some, asked[table])
    await checkRead(await sights(), merged)
    for (const using of ['(select ctx.ok())', ...columnsOf[table].map(exists)])
      await withPolicyChanged(house.owner, table, 'read', using, async () =>
        assert.ok(await someoneDisagrees(hashes, sights, merged, mayRead()), using),
      )
  })

  test(`SEC-6, EST-5: ${table}: who merges or tells apart: the policy and the database agree, and not when a clause goes`, async () => {
    const sights = (some: readonly Buffer[] = hashes) => writes(table, some)
    await checkMay(await sights(), fresh)
    const covers = (ids: string) =>
      `ctx.covers((select ctx.${ids}()), c.region_id, c.departement_id, c.epci_id, c.clpe_id)`
    for (const ids of ['fiche_conseiller', 'conseiller'])
      await withFunctionChanged(house.owner, 'ctx.keeps_correspondent(uuid)', covers(ids), 'false', async () =>
        assert.ok(await someoneDisagrees(hashes, sights, fresh, may()), ids),
      )
    // That the card is read is asked by the policy of the cards too.
    await withPolicyChanged(house.owner, 'correspondents', 'read', 'true', () =>
      withFunctionChanged(house.owner, 'ctx.keeps_correspondent(uuid)', covers('fiche'), 'true', async () =>
        assert.ok(await someoneDisagrees(hashes, sights, fresh, may()), 'fiche'),
      ),
    )
  })
}

test('SEC-6, EST-5: who undoes a merge: the policy and the database agree, and not when a clause goes', async () => {
  await checkMay(await undone(), merged)
  for (const using of ['kept_id', 'absorbed_id'].map(
    column => `(select ctx.ok()) and ctx.keeps_correspondent(${column})`,
  ))
    await withPolicyChanged(house.owner, 'correspondent_merges', 'undo', using, () =>
      withPolicyChanged(house.owner, 'correspondent_merges', 'read', '(select ctx.ok())', async () =>
        assert.ok(await someoneDisagrees(hashes, undone, merged, may()), using),
      ),
    )
})

test('SEC-6, EST-5: nobody merges, undoes or tells apart in another’s name, nor adds values to another’s merge', async () => {
  const organisation = await house.organisation()
  const national = [{ tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 0 }] as const
  const [one, other] = [
    await house.person(organisation.id, [...national]),
    await house.person(organisation.id, [...national]),
  ]
  const may = (query: ReturnType<typeof sql>) =>
    mayWrite(house.database, tokenHash(one.cookie.slice('session='.length)), query)
  const { keptId, absorbedId } = fresh[0]!
  const merge = (author: string) => sql`insert into correspondent_merges (id, kept_id, absorbed_id, organisation_id,
    author_id, merged_at, informed_taken)
    values (${uuidv7()}, ${keptId}, ${absorbedId}, ${organisation.id}, ${author}, now(), false)`
  const apart = (author: string) => sql`insert into correspondents_apart (one_id, other_id, organisation_id, author_id,
    told_at) values (${keptId}, ${absorbedId}, ${organisation.id}, ${author}, now())`
  const undo = (by: string) => sql`update correspondent_merges set undone_at = now(), undone_by = ${by}::uuid,
    undone_organisation = ${organisation.id}::uuid where id = ${merged[0]!.id}::uuid`
  for (const write of [merge, apart, undo])
    assert.deepEqual([await may(write(one.id)), await may(write(other.id))], [true, false])
  const value = uuidv7()
  await house.owner.query(
    `insert into correspondent_values (id, correspondent_id, field, value, source, recorded_at)
      values ($1, $2, 'role', 'Accueil', 'registre', now())`,
    [value, keptId],
  )
  assert.equal(
    await may(sql`insert into correspondent_merge_values (merge_id, value_id, absorbed)
      values (${merged[0]!.id}, ${value}, true)`),
    false,
  )
})
