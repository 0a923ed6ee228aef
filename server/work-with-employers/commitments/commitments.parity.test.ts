import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { TerritoryLine, Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  inNames,
  insertSights,
  isHeldAtCommit,
  isSeen,
  mayWrite,
  rowsWritten,
  sightsOf,
  someoneDisagrees,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom, somePlace } from '../../testing/people.ts'
import * as rules from './commitment-rules.ts'
import * as policy from './commitments.policy.ts'
import { aCommitment, type CommitmentSeed, insertCommitments, kindNamed } from './testing.ts'

const random = seededRandom(9)
const file = new URL('./commitments.policy.ts', import.meta.url)
const at = 'region_id, departement_id, epci_id, clpe_id)'
const covers = (grant: string) => `ctx.covers((select ctx.${grant}()), ${at}`
let house: House
let hashes: Buffer[]
let rows: CommitmentSeed[]
let kindId: string

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  const organisations = [(await house.organisation()).id, (await house.organisation({ kind: 'operateur' })).id]
  hashes = await peopleOfAllKinds(house, organisations, 130, random)
  const { rows: accounts } = await house.owner.query('select id, organisation_id from accounts order by id')
  kindId = await kindNamed(house.owner, 'Label Diversité')
  rows = Array.from({ length: 700 }, (_, i) => {
    const { id: authorId, organisation_id: organisationId } = pick(random, accounts)
    return aCommitment({ siret: 41000000000000 + i, kindId, organisationId, authorId, ...somePlace(random) })
  })
  await insertCommitments(house.owner, rows)
})
after(() => house.close())

const reading =
  ({ mayRead }: typeof policy = policy) =>
  (viewer: Viewer, row: TerritoryLine) =>
    viewer.state === 'active' && mayRead(viewer, row)
const noting =
  ({ mayNote }: typeof policy = policy) =>
  (viewer: Viewer, row: TerritoryLine) =>
    viewer.state === 'active' && mayNote(viewer, row) === true
const checkShare = (sights: readonly { ids: ReadonlySet<string> }[], of: readonly unknown[]) => {
  const share = sights.reduce((n, { ids }) => n + ids.size, 0) / (sights.length * of.length)
  assert.ok(share > 0.01 && share < 0.6, `${share}: neither nearly all nor nearly none`)
}
const ids = { commitments: sql`id`, commitment_versions: sql`commitment_id as id` }
type Table = keyof typeof ids
const seen = (table: Table, of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select ${ids[table]} from ${sql.ref(table)}`)

for (const table of ['commitments', 'commitment_versions'] as const)
  test(`SEC-6, EST-9: ${table}: who reads: the policy and the database agree on every pair, and not when a clause goes`, async () => {
    const sights = await seen(table)
    checkShare(sights, rows)
    assert.deepEqual(disagreements(sights, rows, reading()).slice(0, 3), [])
    for (const [from, to] of [
      [`'fiche-etablissement', 'consultation'`, `'fiche-etablissement', 'conseiller'`],
      [`'fiche-etablissement', 'consultation'`, `'campagnes', 'consultation'`],
    ] as const) {
      const mutant = reading(await importChanged<typeof policy>(file, from, to))
      assert.notEqual(disagreements(sights, rows, mutant).length, 0, to)
    }
  })

test('SEC-6, EST-9: who reads a commitment, or its history: a clause lost in the database is seen', async () => {
  for (const using of ['(select ctx.ok())', `(select ctx.ok()) and ${covers('conseiller')}`])
    await withPolicyChanged(house.owner, 'commitments', 'read', using, async () => {
      const parts = async (one: readonly Buffer[]) =>
        disagreements(await seen('commitments', one), rows, reading()).length > 0
      assert.ok(await isSeen(hashes, parts), using)
    })
  // The history asks the rights itself: it does not lean on what one sees of the commitments.
  const open = 'exists (select from commitments c where c.id = commitment_id'
  await withPolicyChanged(house.owner, 'commitments', 'read', '(select ctx.ok())', async () => {
    assert.deepEqual(disagreements(await seen('commitment_versions'), rows, reading()).slice(0, 3), [])
    for (const using of [`(select ctx.ok()) and ${open})`, 'true'])
      await withPolicyChanged(house.owner, 'commitment_versions', 'read', using, async () =>
        assert.ok(await someoneDisagrees(hashes, some => seen('commitment_versions', some), rows, reading()), using),
      )
  })
})

const corrected = (of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{ id: string }>`update commitments set evidence = 'Essai' where siret < 42000000000000 returning id`,
  )
const mutants = [
  [`covers(viewer, 'campagnes', 'conseiller', row) &&`, ''],
  [`&& mayRead(viewer, row)`, ''],
  [`covers(viewer, 'campagnes', 'conseiller', row)`, `covers(viewer, 'campagnes', 'consultation', row)`],
  [`covers(viewer, 'campagnes', 'conseiller', row)`, `holds(viewer, 'campagnes', 'conseiller')`],
] as const

test('SEC-6, EST-9: who corrects: the policy and the database agree on every pair, and not when a clause goes', async () => {
  const sights = await corrected()
  checkShare(sights, rows)
  assert.deepEqual(disagreements(sights, rows, noting()).slice(0, 3), [])
  for (const [from, to] of mutants)
    assert.notEqual(
      disagreements(sights, rows, noting(await importChanged<typeof policy>(file, from, to))).length,
      0,
      to,
    )
  for (const using of ['(select ctx.ok())', `(select ctx.ok()) and ${covers('fiche')}`])
    await withPolicyChanged(house.owner, 'commitments', 'correct', using, async () =>
      assert.ok(
        await isSeen(hashes, async one => disagreements(await corrected(one), rows, noting()).length > 0),
        using,
      ),
    )
})

test('SEC-6, EST-9: a correction that reads nothing reaches no commitment beyond the cards one reads', async () => {
  const { id: organisationId } = await house.organisation()
  const grant = (tool: 'fiche-etablissement' | 'campagnes', territoryId: number) =>
    ({ tool, profile: tool === 'campagnes' ? 'conseiller' : 'consultation', territoryId }) as const
  const written = async (territoryId: number) => {
    const { cookie } = await house.person(organisationId, [
      grant('campagnes', 2033),
      grant('fiche-etablissement', territoryId),
    ])
    const hash = tokenHash(cookie.slice('session='.length))
    return rowsWritten(house.database, hash, sql`update commitments set evidence = 'Essai'`)
  }
  assert.ok((await written(2033)) > 0)
  assert.equal(await written(2040), 0)
})

type Tried = TerritoryLine & {
  readonly id: string
  readonly siret: number
  readonly ours: boolean
  readonly mine: boolean
}
test('SEC-6, EST-9: who notes, and writes the history, in whose name: the policy and the database agree on every pair', async () => {
  const tried: Tried[] = Array.from({ length: 120 }, (_, i) => ({
    ...rows[i]!,
    id: uuidv7(),
    siret: 43000000000000 + i,
    ours: i % 6 !== 0,
    mine: i % 7 !== 0,
  }))
  const names = inNames(rows[0]!.organisationId, rows[1]!.authorId)
  const inserts = {
    commitments: `insert into commitments (id, siret, region_id, departement_id, epci_id, clpe_id, kind_id, since,
        evidence, organisation_id, author_id, noted_at)
      values ((r ->> 'id')::uuid, (r ->> 'siret')::bigint, (r ->> 'regionId')::int,
        (r ->> 'departementId')::int, (r ->> 'epciId')::int, (r ->> 'clpeId')::int, '${kindId}', '2027-01-01', 'Essai',
        ${names.written}, now())`,
    commitment_versions: `insert into commitment_versions (commitment_id, version, change, kind_id, since, evidence,
        organisation_id, author_id, at)
      values ((r ->> 'of')::uuid, 2, 'corrected', '${kindId}', '2027-01-01', 'Essai', ${names.written}, now())`,
  }
  const of = tried.map((row, i) => ({ ...row, of: rows[i]!.id }))
  for (const insert of Object.values(inserts)) {
    const sights = await insertSights(house.owner, house.database, hashes, of, insert)
    const expected =
      (changed: typeof policy = policy, { ours, mine }: Pick<typeof names, 'ours' | 'mine'> = names) =>
      (viewer: Viewer, row: Tried) =>
        noting(changed)(viewer, row) && ours(viewer, row) && mine(viewer, row)
    assert.ok(sights.reduce((n, s) => n + s.ids.size, 0) > 100)
    assert.deepEqual(disagreements(sights, tried, expected()).slice(0, 3), [])
    assert.notEqual(disagreements(sights, tried, expected(policy, { ...names, ours: () => true })).length, 0)
    assert.notEqual(disagreements(sights, tried, expected(policy, { ...names, mine: () => true })).length, 0)
    for (const [from, to] of mutants)
      assert.notEqual(
        disagreements(sights, tried, expected(await importChanged<typeof policy>(file, from, to))).length,
        0,
        to,
      )
  }
})

test('SEC-6, EST-9: straight to the database, nobody changes who noted it, nor the history; no version stands without its line', async () => {
  const { organisationId } = rows[0]!
  const person = await house.person(organisationId, [
    { profile: 'conseiller', territoryId: 0 },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 0 },
  ])
  const hash = tokenHash(person.cookie.slice('session='.length))
  const of = sql`where id = ${rows[0]!.id}::uuid`
  for (const [what, may, write] of [
    ['its evidence', true, sql`update commitments set evidence = 'Essai' ${of}`],
    ['its author', false, sql`update commitments set author_id = ${person.id}::uuid ${of}`],
    ['its establishment', false, sql`update commitments set siret = 1 ${of}`],
    ['its end', false, sql`delete from commitments ${of}`],
    ['the history', false, sql`update commitment_versions set evidence = 'Essai'`],
  ] as const)
    assert.equal(await mayWrite(house.database, hash, write), may, what)
  const alone = sql`update commitments set version = version + 1 ${of}`
  assert.ok(await isHeldAtCommit(house.database, hash, alone, 'commitments_history'))
})

test('EST-9: on which days a commitment holds: the rule and commitments_holding agree, at each bound', async () => {
  const seeds = [null, '2027-06-30', '2027-06-01'].flatMap((until, i) =>
    [null, '2027-06-02T08:00:00Z'].map((withdrawnAt, j) =>
      aCommitment({
        ...rows[0]!,
        id: uuidv7(),
        siret: 44000000000000 + 10 * i + j,
        since: '2027-06-01',
        until,
        withdrawnAt,
      }),
    ),
  )
  await insertCommitments(house.owner, seeds)
  let holding = 0
  for (const day of ['2027-05-31', '2027-06-01', '2027-06-02', '2027-06-30', '2027-07-01']) {
    const { rows: told } = await house.owner.query('select id from commitments_holding($1::date) where siret >= $2', [
      day,
      44000000000000,
    ])
    for (const seed of seeds) {
      const known = { ...seed, withdrawnAt: seed.withdrawnAt ? new Date(seed.withdrawnAt) : null }
      assert.equal(
        rules.holdsOn(known, day),
        told.some(({ id }) => id === seed.id),
        `${day} ${JSON.stringify(seed)}`,
      )
    }
    holding += told.length
  }
  assert.equal(holding, 8)
})
