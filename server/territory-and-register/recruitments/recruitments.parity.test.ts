import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  type Sight,
  sightsOf,
  someoneDisagrees,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, seededRandom, somePlace } from '../../testing/people.ts'
import { siretOf } from '../../work-with-employers/campaigns/testing-world.ts'
import * as policy from './recruitments.policy.ts'
import { layEstablishments } from './testing-groups.ts'

type Row = TerritoryLine & { readonly id: string }
const random = seededRandom(613)
let house: House
let hashes: Buffer[]
const rows: Row[] = Array.from({ length: 150 }, (_, n) => ({ id: String(siretOf(n + 1)), ...somePlace(random) }))

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  hashes = await peopleOfAllKinds(house, [(await house.organisation()).id, (await house.organisation()).id], 80, random)
  await layEstablishments(
    house.owner,
    rows.map(row => ({ ...row, siret: Number(row.id), naf: '56.10A' })),
  )
  await house.owner.query(
    `insert into hirings_recent select siret, region_id, departement_id, epci_id, clpe_id, 1, 1, 0, 0, 0, 0
      from establishments`,
  )
  await house.owner.query(
    `insert into hiring_forecasts (siret, month, expected, region_id, departement_id, epci_id, clpe_id)
      select siret, '2026-11-01', 1, region_id, departement_id, epci_id, clpe_id from establishments`,
  )
})
after(() => house.close())

const readable = (of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{ id: string }>`select siret::text as id from establishments
    where ctx.reads_hirings(siret)`,
  )
const company = Math.floor(siretOf(1) / 100_000)
const readableOfCompany = (of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{ id: string }>`select siret::text as id from hirers_of_company(${company}, '2026-01-01', '2026-12-01')`,
  )
/** The same, of the hires that one searches by. */
const searchable =
  (table: string) =>
  (of: readonly Buffer[] = hashes) =>
    sightsOf(house.database, of, sql<{ id: string }>`select siret::text as id from ${sql.table(table)}`)
const parted = (sights: readonly Sight[], may: (viewer: Viewer, row: Row) => boolean) =>
  disagreements(sights, rows, may).length
const mayRead = (viewer: Viewer, row: Row) => policy.mayReadRecruitment(viewer, row) === true

test('REC-2, SEC-6: who reads a recruitment card: the policy and the database agree on every pair', async () => {
  const seen = await readable()
  const share = seen.reduce((n, s) => n + s.ids.size, 0) / (seen.length * rows.length)
  assert.ok(share > 0.02 && share < 0.6, `${share}: neither nearly all nor nearly none`)
  assert.deepEqual(disagreements(seen, rows, mayRead).slice(0, 2), [])
  const other = (tool: 'campagnes' | 'fiche-etablissement') => (viewer: Viewer, row: Row) =>
    covers(viewer, tool, 'consultation', row)
  assert.notEqual(parted(seen, other('fiche-etablissement')), 0, 'another tool opens nothing of it')
  assert.notEqual(parted(seen, other('campagnes')), 0)
})

test('EST-12, REC-2, SEC-6: of a company, each establishment is told to who reads its card, and to nobody else', async () => {
  assert.deepEqual([...new Set(rows.map(({ id }) => Math.floor(Number(id) / 100_000)))], [company], 'all of one firm')
  const seen = await readableOfCompany()
  assert.deepEqual(disagreements(seen, rows, mayRead).slice(0, 2), [])
  // A sum of the company is told to who reads one of its cards at least.
  assert.ok(seen.some(({ ids }) => ids.size === 0) && seen.some(({ ids }) => ids.size > 0 && ids.size < rows.length))
  for (const { viewer, ids } of seen)
    assert.equal(policy.mayReadCompanyRecruitment(viewer, rows) === true, ids.size > 0, viewer.accountId)
})

test('CAM-2, EST-2, SEC-6: whose hires, recent or expected, one searches by: those whose card one reads, no other', async () => {
  const place = 'region_id, departement_id, epci_id, clpe_id'
  for (const table of ['hirings_recent', 'hiring_forecasts']) {
    const seen = await searchable(table)()
    assert.deepEqual(disagreements(seen, rows, mayRead).slice(0, 2), [], table)
    const other = (viewer: Viewer, row: Row) => covers(viewer, 'fiche-etablissement', 'consultation', row)
    assert.notEqual(parted(seen, other), 0, 'another tool opens nothing of it')
    for (const using of [`(select ctx.ok()) and ctx.covers((select ctx.fiche()), ${place})`, '(select ctx.ok())'])
      await withPolicyChanged(house.owner, table, 'read', using, async () =>
        assert.ok(await someoneDisagrees(hashes, searchable(table), rows, mayRead), `${table} ${using}`),
      )
  }
})

test('SEC-6: that comparison fails when a clause goes, on either side', async () => {
  const seen = await readable()
  const file = new URL('./recruitments.policy.ts', import.meta.url)
  for (const [from, to] of [
    [
      `covers(viewer, 'fiche-recrutement', 'consultation', row)`,
      `covers(viewer, 'fiche-etablissement', 'consultation', row)`,
    ],
    [
      `covers(viewer, 'fiche-recrutement', 'consultation', row)`,
      `viewer.grants.some(g => g.tool === 'fiche-recrutement')`,
    ],
  ] as const) {
    const { mayReadRecruitment } = await importChanged<typeof policy>(file, from, to)
    assert.notEqual(
      parted(seen, (viewer, row) => mayReadRecruitment(viewer, row) === true),
      0,
      to,
    )
  }
  for (const [signature, from, to] of [
    ['ctx.reads_hirings(bigint)', 'ctx.covers(ctx.recrutement()', 'ctx.covers(ctx.fiche()'],
    ['ctx.reads_hirings(bigint)', 'ctx.covers(ctx.recrutement()', 'ctx.covers(ctx.campagnes()'],
    ['ctx.recrutement()', `g.tool = 'fiche-recrutement'`, 'true'],
  ] as const)
    await withFunctionChanged(house.owner, signature, from, to, async () =>
      assert.ok(await someoneDisagrees(hashes, readable, rows, mayRead), `${signature}: ${to}`),
    )
  for (const [from, to] of [
    ['ctx.covers(perimeter, s.region_id, s.departement_id, s.epci_id, s.clpe_id)', 'true'],
    ['perimeter := ctx.recrutement()', 'perimeter := ctx.fiche()'],
  ] as const)
    await withFunctionChanged(house.owner, 'hirers_of_company(bigint,date,date)', from, to, async () =>
      assert.ok(await someoneDisagrees(hashes, readableOfCompany, rows, mayRead), to),
    )
})
