import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  insertSights,
  isSeen,
  mayWrite,
  rowsWritten,
  sightsOf,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom, somePlace } from '../../testing/people.ts'
import * as policy from './facts.policy.ts'
import { aFact, type FactSeed, insertFacts } from './testing.ts'

const random = seededRandom(13)
const at = 'region_id, departement_id, epci_id, clpe_id)'
const covers = (grant: string) => `ctx.covers((select ctx.${grant}()), ${at}`
let house: House
let hashes: Buffer[]
let rows: FactSeed[]

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  const organisations = [(await house.organisation()).id, (await house.organisation({ kind: 'operateur' })).id]
  hashes = await peopleOfAllKinds(house, organisations, 130, random)
  const { rows: accounts } = await house.owner.query('select id, organisation_id from accounts order by id')
  rows = Array.from({ length: 700 }, (_, i) => {
    const { id: authorId, organisation_id: organisationId } = pick(random, accounts)
    return aFact({ siret: 41000000000000 + i, organisationId, authorId, ...somePlace(random) })
  })
  await insertFacts(house.owner, rows)
})
after(() => house.close())

type May = (viewer: Viewer, row: FactSeed) => boolean
const reading: May = (viewer, row) => viewer.state === 'active' && policy.mayReadFacts(viewer, row)
const keeping: May = (viewer, row) => viewer.state === 'active' && policy.mayKeepFacts(viewer, row) === true
const seen = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from establishment_facts`)
const confirmed = (of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{ id: string }>`update establishment_facts set confirmed_at = now(), confirmed_by_id = ctx.account(),
    confirmed_organisation_id = ctx.organisation() returning id`,
  )

for (const [name, look, may, clauses, mutants] of [
  ['read', seen, reading, [covers('fiche')], { all: () => true, keeping }],
  [
    'settle',
    confirmed,
    keeping,
    [covers('fiche'), `(${covers('fiche_conseiller')} or ${covers('conseiller')})`],
    { all: () => true, reading },
  ],
] as const)
  test(`SEC-6, EST-6: ${name}: the policy and the database agree on every pair, and not when a clause goes`, async () => {
    const sights = await look()
    const share = sights.reduce((n, { ids }) => n + ids.size, 0) / (sights.length * rows.length)
    assert.ok(share > 0.01 && share < 0.6, `${share}: neither nearly all nor nearly none`)
    assert.deepEqual(disagreements(sights, rows, may).slice(0, 3), [])
    for (const [which, mutant] of Object.entries<May>(mutants))
      assert.notEqual(disagreements(sights, rows, mutant).length, 0, which)
    for (const gone of clauses) {
      const using = ['(select ctx.ok())', ...clauses.filter(clause => clause !== gone)].join(' and ')
      // Reading asks the same of whoever changes a row: it is opened, to see the clause alone.
      await withPolicyChanged(house.owner, 'establishment_facts', 'read', '(select ctx.ok())', () =>
        withPolicyChanged(house.owner, 'establishment_facts', name, using, async () =>
          assert.ok(await isSeen(hashes, async one => disagreements(await look(one), rows, may).length > 0), gone),
        ),
      )
    }
    for (const one of name === 'settle' ? ['fiche_conseiller', 'conseiller'] : []) {
      const using = `(select ctx.ok()) and ${covers('fiche')} and ${covers(one)}`
      await withPolicyChanged(house.owner, 'establishment_facts', name, using, async () =>
        assert.ok(await isSeen(hashes, async of => disagreements(await look(of), rows, may).length > 0), one),
      )
    }
  })

test('SEC-6, EST-6: a change that reads nothing reaches nothing beyond the cards one reads', async () => {
  const { id: organisationId } = await house.organisation()
  const written = async (territoryId: number) => {
    const { cookie } = await house.person(organisationId, [
      { profile: 'conseiller', territoryId: 2033 },
      { tool: 'fiche-etablissement', profile: 'consultation', territoryId },
    ])
    const hash = tokenHash(cookie.slice('session='.length))
    return rowsWritten(house.database, hash, sql`update establishment_facts set replaced_at = now()`)
  }
  assert.ok((await written(2033)) > 0)
  assert.equal(await written(2040), 0)
})

test('SEC-6, EST-6: the search finds of what was noted what the policy opens, and not when a clause goes', async () => {
  const named = rows.filter((_, i) => i % 5 === 0)
  const ids = named.map(({ id }) => id)
  // Communes of these places lie anywhere: every territory shares some with every department.
  await house.owner.query(`insert into territory_overlaps select t.id, d.id from territories t, territories d
    where d.id between 2000 and 2999 on conflict do nothing`)
  await house.owner.query(`update establishment_facts set value = 'Menuiserie' where id = any ($1)`, [ids])
  const look = (of: readonly Buffer[] = hashes) =>
    sightsOf(
      house.database,
      of,
      sql<{ id: string }>`select siret::text as id from noted_as('''§menuiserie''',
      '''§menuiserie''', null)`,
    )
  const bySiret = named.map(row => ({ ...row, id: String(row.siret) }))
  const sights = await look()
  assert.ok(sights.some(({ ids: found }) => found.size > 0))
  assert.deepEqual(disagreements(sights, bySiret, reading).slice(0, 3), [])
  assert.notEqual(disagreements(sights, bySiret, keeping).length, 0)
  // That the context is sealed is asked of every such function by sealed-functions.test.ts.
  const clause = 'and ctx.covers(own, v.region_id, v.departement_id, v.epci_id, v.clpe_id) limit'
  await withFunctionChanged(house.owner, 'noted_as(text, text, int)', clause, 'limit', async () =>
    assert.ok(await isSeen(hashes, async of => disagreements(await look(of), bySiret, reading).length > 0)),
  )
})

type Tried = FactSeed & { readonly ours: boolean; readonly mine: boolean }
test('SEC-6, EST-6: who notes, in whose name: the policy and the database agree on every pair', async () => {
  const other = rows[0]!
  const tried: Tried[] = Array.from({ length: 120 }, (_, i) => ({
    ...rows[i]!,
    id: uuidv7(),
    ours: i % 6 !== 0,
    mine: i % 7 !== 0,
  }))
  const insert = `insert into establishment_facts (id, siret, region_id, departement_id, epci_id, clpe_id, field, value,
      source, observed_on, recorded_at, organisation_id, author_id)
    values ((r ->> 'id')::uuid, 43000000000000, (r ->> 'regionId')::int, (r ->> 'departementId')::int,
      (r ->> 'epciId')::int, (r ->> 'clpeId')::int, 'sign', 'Essai', 'conseiller', '2026-10-01', now(),
      case when (r ->> 'ours')::boolean then ctx.organisation() else '${other.organisationId}'::uuid end,
      case when (r ->> 'mine')::boolean then ctx.account() else '${other.authorId}'::uuid end)`
  const sights = await insertSights(house.owner, house.database, hashes, tried, insert)
  const expected =
    (may: May, ours = true, mine = true) =>
    (viewer: Viewer, row: Tried) =>
      may(viewer, row) &&
      (!ours || row.ours || viewer.organisationId === other.organisationId) &&
      (!mine || row.mine || viewer.accountId === other.authorId)
  assert.ok(sights.reduce((n, { ids }) => n + ids.size, 0) > 100)
  assert.deepEqual(disagreements(sights, tried, expected(keeping)).slice(0, 3), [])
  for (const mutant of [expected(reading), expected(keeping, false), expected(keeping, true, false)])
    assert.notEqual(disagreements(sights, tried, mutant).length, 0)
})

test('SEC-6, EST-6: straight to the database, nobody changes what was said, by whom, nor when it was observed', async () => {
  const of = rows[0]!
  const person = await house.person(of.organisationId, [
    { profile: 'conseiller', territoryId: 0 },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 0 },
  ])
  const hash = tokenHash(person.cookie.slice('session='.length))
  const one = sql`where id = ${of.id}::uuid`
  const elsewhere = rows.find(({ organisationId }) => organisationId !== of.organisationId)!.organisationId
  const gone = rows.at(-1)!
  await house.owner.query('update establishment_facts set replaced_at = now() where id = $1', [gone.id])
  const back = sql`update establishment_facts set replaced_at = null, confirmed_at = now(),
    confirmed_by_id = ctx.account(), confirmed_organisation_id = ctx.organisation() where id = ${gone.id}::uuid`
  const confirming = (by: RawBuilder<unknown>, organisation: RawBuilder<unknown>) =>
    sql`update establishment_facts set confirmed_at = now(), confirmed_by_id = ${by},
      confirmed_organisation_id = ${organisation} ${one}`
  for (const [what, may, write] of [
    ['that it left', true, sql`update establishment_facts set replaced_at = now() ${one}`],
    ['that it is still right', true, confirming(sql`ctx.account()`, sql`ctx.organisation()`)],
    ['that another says so', false, confirming(sql`${rows[1]!.authorId}::uuid`, sql`ctx.organisation()`)],
    ['that another structure says so', false, confirming(sql`ctx.account()`, sql`${elsewhere}::uuid`)],
    ['that it is back', false, sql`update establishment_facts set replaced_at = null where id = ${gone.id}::uuid`],
    ['that it is back, and right', false, back],
    ['that it left twice', false, sql`update establishment_facts set replaced_at = now() where id = ${gone.id}::uuid`],
    ['what it says', false, sql`update establishment_facts set value = 'Essai' ${one}`],
    ['its author', false, sql`update establishment_facts set author_id = ${person.id}::uuid ${one}`],
    ['when it was observed', false, sql`update establishment_facts set observed_on = '2020-01-01' ${one}`],
    ['its establishment', false, sql`update establishment_facts set siret = 1 ${one}`],
    ['its end', false, sql`delete from establishment_facts ${one}`],
  ] as const)
    assert.equal(await mayWrite(house.database, hash, write), may, what)
})
