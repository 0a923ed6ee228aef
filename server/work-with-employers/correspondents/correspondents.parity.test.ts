import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import type { TerritoryLine, Viewer } from '../../platform/viewer.ts'
import { wholeDepth } from '../../testing/depth.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  insertSights,
  type Sight,
  sightsOf,
  someoneDisagrees,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, seededRandom, somePlace } from '../../testing/people.ts'
import * as policy from './correspondents.policy.ts'

type Row = TerritoryLine & { readonly id: string }
const random = seededRandom(55)
const some = (count: number): Row[] => Array.from({ length: count }, () => ({ id: uuidv7(), ...somePlace(random) }))
const [kept, fresh] = wholeDepth ? [some(700), some(250)] : [some(300), some(120)]
let house: House
let hashes: Buffer[]

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  const organisations = [(await house.organisation()).id, (await house.organisation()).id]
  hashes = await peopleOfAllKinds(house, organisations, 120, random)
  const place = 'r."regionId", r."departementId", r."epciId", r."clpeId"'
  await house.owner.query(
    `with r as materialized (select *
      from jsonb_to_recordset($1) as r (id uuid, "regionId" int, "departementId" int, "epciId" int, "clpeId" int)),
    c as (insert into correspondents (id, siret, region_id, departement_id, epci_id, clpe_id, created_at)
      select r.id, 31000000000002, ${place}, now() from r)
    insert into correspondent_values (id, correspondent_id, region_id, departement_id, epci_id, clpe_id, field, value,
      source, recorded_at) select gen_random_uuid(), r.id, ${place}, 'role', 'Gérance', 'registre', now() from r`,
    [JSON.stringify(kept)],
  )
})
after(() => house.close())

const may =
  ({ mayKeep }: typeof policy = policy) =>
  (viewer: Viewer, row: Row) =>
    viewer.state === 'active' && mayKeep(viewer, row) === true
const updates = {
  correspondents: sql<{ id: string }>`update correspondents set version = version + 1 where siret = 31000000000002
    returning id`,
  correspondent_values: sql<{ id: string }>`update correspondent_values set replaced_at = now() where field = 'role'
    returning correspondent_id as id`,
} as const
const changes = (table: keyof typeof updates, some: readonly Buffer[] = hashes) =>
  sightsOf(house.database, some, updates[table])

const place = `(r ->> 'regionId')::int, (r ->> 'departementId')::int, (r ->> 'epciId')::int, (r ->> 'clpeId')::int`
const columns = 'region_id, departement_id, epci_id, clpe_id'
const inserts = {
  correspondents: () => `insert into correspondents (id, siret, ${columns}, created_at)
    values ((r ->> 'id')::uuid, 31000000000003, ${place}, now())`,
  correspondent_values: () => `insert into correspondent_values (id, correspondent_id, ${columns}, field, value, source,
    organisation_id, author_id, recorded_at) values ((r ->> 'id')::uuid, '${kept[0]!.id}', ${place}, 'role', 'Gérance',
    'conseiller', ctx.organisation(), ctx.account(), now())`,
} as const
const writes = (table: keyof typeof inserts) =>
  insertSights(house.owner, house.database, hashes, fresh, inserts[table]())

const checkShare = (sights: readonly Sight[], rows: readonly Row[]) => {
  const share = sights.reduce((n, s) => n + s.ids.size, 0) / (sights.length * rows.length)
  assert.ok(share > 0.03 && share < 0.6, `${share}: neither nearly all nor nearly none`)
}
const mutants = [
  [`const advises = covers(viewer, 'fiche-etablissement', 'conseiller', place) || covers`, 'const advises = covers'],
  [`|| covers(viewer, 'campagnes', 'conseiller', place)`, ''],
  [`covers(viewer, 'campagnes', 'conseiller', place)`, `covers(viewer, 'campagnes', 'consultation', place)`],
  [`covers(viewer, 'campagnes', 'conseiller', place)`, `holds(viewer, 'campagnes', 'conseiller')`],
  [`return advises && readsAt(viewer, place)`, 'return advises'],
  [`return advises && readsAt(viewer, place)`, 'return readsAt(viewer, place)'],
] as const
const checkMutants = async (sights: readonly Sight[], rows: readonly Row[]) => {
  const file = new URL('./correspondents.policy.ts', import.meta.url)
  for (const [from, to] of mutants)
    assert.notEqual(disagreements(sights, rows, may(await importChanged<typeof policy>(file, from, to))).length, 0, to)
}

for (const table of ['correspondents', 'correspondent_values'] as const)
  test(`SEC-6, EST-5: ${table}: who adds, and who changes: the policy and the database agree on every pair, and not when a clause goes`, async () => {
    const [changed, written] = [await changes(table), await writes(table)]
    for (const [sights, rows] of [
      [changed, kept],
      [written, fresh],
    ] as const) {
      checkShare(sights, rows)
      assert.deepEqual(disagreements(sights, rows, may()).slice(0, 3), [])
      await checkMutants(sights, rows)
    }
    const covers = (ids: string) => `ctx.covers((select ctx.${ids}()), region_id, departement_id, epci_id, clpe_id)`
    for (const using of [
      '(select ctx.ok())',
      `(select ctx.ok()) and ${covers('fiche')}`,
      `(select ctx.ok()) and ${covers('fiche')} and ${covers('fiche_conseiller')}`,
      `(select ctx.ok()) and ${covers('fiche')} and ${covers('conseiller')}`,
    ])
      await withPolicyChanged(house.owner, table, table === 'correspondents' ? 'correct' : 'settle', using, async () =>
        assert.ok(await someoneDisagrees(hashes, some => changes(table, some), kept, may()), using),
      )
  })
