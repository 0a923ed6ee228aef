import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { serviceKinds } from '../../../contract/territory-and-register/sought.ts'
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
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom, somePlace } from '../../testing/people.ts'
import { isUse } from './service-rules.ts'
import * as policy from './services.policy.ts'
import { countsSince } from './services-used.model.ts'
import { aService, insertServices, type ServiceSeed } from './testing.ts'

const random = seededRandom(17)
const file = new URL('./services.policy.ts', import.meta.url)
const at = 'region_id, departement_id, epci_id, clpe_id)'
const covers = (grant: string) => `ctx.covers((select ctx.${grant}()), ${at}`
let house: House
let hashes: Buffer[]
let rows: ServiceSeed[]
let partnerId: string
let accounts: { id: string; organisation_id: string }[]

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  partnerId = (await house.organisation()).id
  const organisations = [partnerId, (await house.organisation({ kind: 'operateur' })).id]
  hashes = await peopleOfAllKinds(house, organisations, 130, random)
  accounts = (await house.owner.query('select id, organisation_id from accounts order by id')).rows
  rows = Array.from({ length: 600 }, (_, i) => {
    const { id: authorId, organisation_id: organisationId } = pick(random, accounts)
    const entered = i % 2 ? { authorId, organisationId } : {}
    return aService({ siret: 41000000000000 + i, ...entered, ...somePlace(random) })
  })
  await insertServices(house.owner, rows)
})
after(() => house.close())

const reading =
  ({ mayReadServices }: typeof policy = policy) =>
  (viewer: Viewer, row: TerritoryLine) =>
    viewer.state === 'active' && mayReadServices(viewer, row)
const entering =
  ({ mayEnterServices }: typeof policy = policy) =>
  (viewer: Viewer, row: TerritoryLine) =>
    viewer.state === 'active' && mayEnterServices(viewer, row) === true
const ids = { operator_services: sql`id`, operator_service_versions: sql`service_id as id` }
const seen = (table: keyof typeof ids, of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select ${ids[table]} from ${sql.ref(table)}`)
const changedPolicy = ([from, to]: readonly [string, string]) => importChanged<typeof policy>(file, from, to)

for (const table of ['operator_services', 'operator_service_versions'] as const)
  test(`SEC-6, REC-3: ${table}: who reads: the policy and the database agree on every pair, and not when a clause goes`, async () => {
    const sights = await seen(table)
    const share = sights.reduce((n, s) => n + s.ids.size, 0) / (sights.length * rows.length)
    assert.ok(share > 0.01 && share < 0.7, `${share}: neither nearly all nor nearly none`)
    assert.deepEqual(disagreements(sights, rows, reading()).slice(0, 3), [])
    for (const mutant of [
      [`covers(viewer, 'fiche-etablissement', 'consultation', row) ||`, ''],
      [`|| covers(viewer, 'fiche-recrutement', 'consultation', row)`, ''],
      [`'fiche-etablissement', 'consultation'`, `'fiche-etablissement', 'conseiller'`],
      [`'fiche-recrutement', 'consultation'`, `'campagnes', 'consultation'`],
    ] as const)
      assert.notEqual(disagreements(sights, rows, reading(await changedPolicy(mutant))).length, 0, mutant.join(' → '))
  })

test('SEC-6, REC-3: who reads a service, or its history: a clause lost in the database is seen', async () => {
  for (const using of [
    '(select ctx.ok())',
    `(select ctx.ok()) and ${covers('fiche')}`,
    `(select ctx.ok()) and ${covers('recrutement')}`,
    `(select ctx.ok()) and (${covers('fiche')} or ${covers('campagnes')})`,
  ])
    await withPolicyChanged(house.owner, 'operator_services', 'read', using, async () => {
      const parts = async (one: readonly Buffer[]) =>
        disagreements(await seen('operator_services', one), rows, reading()).length > 0
      assert.ok(await isSeen(hashes, parts), using)
    })
  // The history asks the rights itself: it does not lean on what one sees of the services.
  const open = 'exists (select from operator_services s where s.id = service_id'
  await withPolicyChanged(house.owner, 'operator_services', 'read', '(select ctx.ok())', async () => {
    assert.deepEqual(disagreements(await seen('operator_service_versions'), rows, reading()).slice(0, 3), [])
    for (const using of [`(select ctx.ok()) and ${open})`, 'true'])
      await withPolicyChanged(house.owner, 'operator_service_versions', 'read', using, async () =>
        assert.notEqual(disagreements(await seen('operator_service_versions'), rows, reading()).length, 0, using),
      )
  })
})

const corrected = (of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{ id: string }>`update operator_services set words = 'Essai', by_hand = true
      where siret < 42000000000000 returning id`,
  )
const mutants = [
  [`if (viewer.organisationKind !== 'operateur') return 'operator-service/operator-only'`, ''],
  [`'fiche-etablissement', 'conseiller'`, `'fiche-etablissement', 'consultation'`],
  [`'fiche-etablissement', 'conseiller'`, `'campagnes', 'conseiller'`],
] as const

test('SEC-6, REC-3: who corrects: the policy and the database agree on every pair, and not when a clause goes', async () => {
  const sights = await corrected()
  assert.ok(sights.some(({ ids: { size } }) => size > 0))
  assert.deepEqual(disagreements(sights, rows, entering()).slice(0, 3), [])
  for (const mutant of mutants)
    assert.notEqual(disagreements(sights, rows, entering(await changedPolicy(mutant))).length, 0, mutant.join(' → '))
  const parts = async (one: readonly Buffer[]) => disagreements(await corrected(one), rows, entering()).length > 0
  for (const using of [
    `(select ctx.ok()) and (select ctx.of_operator())`,
    `(select ctx.ok()) and ${covers('fiche_conseiller')}`,
    `(select ctx.ok()) and (select ctx.of_operator()) and ${covers('fiche')}`,
  ])
    await withPolicyChanged(house.owner, 'operator_services', 'correct', using, async () =>
      assert.ok(await isSeen(hashes, parts), using),
    )
  await withFunctionChanged(house.owner, 'ctx.of_operator()', `o.kind = 'operateur'`, 'true', async () =>
    assert.ok(await isSeen(hashes, parts)),
  )
})

test('SEC-6, REC-3: a correction that reads nothing reaches no service beyond the cards that one keeps', async () => {
  const { id: organisationId } = await house.organisation({ kind: 'operateur' })
  const written = async (territoryId: number) => {
    const { cookie } = await house.person(organisationId, [
      { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 0 },
      { tool: 'fiche-etablissement', profile: 'conseiller', territoryId },
    ])
    return rowsWritten(
      house.database,
      tokenHash(cookie.slice('session='.length)),
      sql`update operator_services set by_hand = true`,
    )
  }
  const inGironde = rows.filter(({ departementId }) => departementId === 2033).length
  assert.equal(await written(2033), inGironde)
})

type Tried = ServiceSeed & { readonly ours: boolean; readonly mine: boolean }
test('SEC-6, REC-3: who enters, and writes the history, in whose name: the policy and the database agree on every pair', async () => {
  const tried: Tried[] = Array.from({ length: 120 }, (_, i) => ({
    ...rows[i]!,
    id: uuidv7(),
    siret: 43000000000000 + i,
    ours: i % 6 !== 0,
    mine: i % 7 !== 0,
  }))
  const names = inNames(partnerId, accounts[1]!.id)
  const inserts = [
    `insert into operator_services (id, siret, region_id, departement_id, epci_id, clpe_id, kind, used_on, result, source,
        by_hand, organisation_id, author_id, recorded_at)
      values ((r ->> 'id')::uuid, (r ->> 'siret')::bigint, (r ->> 'regionId')::int, (r ->> 'departementId')::int,
        (r ->> 'epciId')::int, (r ->> 'clpeId')::int, 'mrs', '2026-01-01', 'abouti', 'entered', true, ${names.written}, now())`,
    `insert into operator_service_versions (service_id, version, siret, change, kind, used_on, result, reason,
        organisation_id, author_id, at)
      values ((r ->> 'of')::uuid, 2, (r ->> 'ofSiret')::bigint, 'corrected', 'mrs', '2026-01-01', 'abouti', 'Essai', ${names.written}, now())`,
  ]
  const of = tried.map((row, i) => ({ ...row, of: rows[i]!.id, ofSiret: rows[i]!.siret }))
  for (const insert of inserts) {
    const sights = await insertSights(house.owner, house.database, hashes, of, insert)
    const expected =
      (changed: typeof policy = policy, { ours, mine }: Pick<typeof names, 'ours' | 'mine'> = names) =>
      (viewer: Viewer, row: Tried) =>
        entering(changed)(viewer, row) && ours(viewer, row) && mine(viewer, row)
    assert.ok(sights.reduce((n, s) => n + s.ids.size, 0) > 50)
    assert.deepEqual(disagreements(sights, tried, expected()).slice(0, 3), [])
    assert.notEqual(disagreements(sights, tried, expected(policy, { ...names, ours: () => true })).length, 0)
    assert.notEqual(disagreements(sights, tried, expected(policy, { ...names, mine: () => true })).length, 0)
    for (const mutant of mutants)
      assert.notEqual(disagreements(sights, tried, expected(await changedPolicy(mutant))).length, 0, mutant.join(' → '))
  }
})

test('SEC-6, REC-3: straight to the database, nobody enters an import, unsays a hand, changes who entered, nor the history, nor tells it of elsewhere', async () => {
  const { id: organisationId } = await house.organisation({ kind: 'operateur' })
  const person = await house.person(organisationId, [
    { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 0 },
  ])
  const hash = tokenHash(person.cookie.slice('session='.length))
  const entered = rows.find(({ authorId }) => authorId)!
  const of = sql`where id = ${entered.id}::uuid`
  const insert = (source: string, reference: string | null, byHand: boolean) => sql`insert into operator_services
      (id, siret, kind, used_on, result, source, reference, by_hand, organisation_id, author_id, recorded_at)
    values (gen_random_uuid(), 44000000000000, 'mrs', '2026-01-01', 'abouti', ${source}, ${reference}, ${byHand},
      ${organisationId}::uuid, ${person.id}::uuid, now())`
  const version = (
    siret: number,
  ) => sql`insert into operator_service_versions (service_id, version, siret, change, kind,
      used_on, result, reason, organisation_id, author_id, at)
    values (${entered.id}::uuid, 2, ${siret}, 'corrected', 'mrs', '2026-01-01', 'abouti', 'Essai',
      ${organisationId}::uuid, ${person.id}::uuid, now())`
  for (const [what, may, write] of [
    ['what it says', true, sql`update operator_services set words = 'Essai' ${of}`],
    ['an entry', true, insert('entered', null, true)],
    ['an import', false, insert('import', null, true)],
    ['a reference of the operator', false, insert('entered', 'S-1', true)],
    ['an entry that files may change', false, insert('entered', null, false)],
    ['the hand', false, sql`update operator_services set by_hand = false ${of}`],
    ['its author', false, sql`update operator_services set author_id = ${person.id}::uuid ${of}`],
    ['its source', false, sql`update operator_services set source = 'import' ${of}`],
    ['its establishment', false, sql`update operator_services set siret = 1 ${of}`],
    ['its end', false, sql`delete from operator_services ${of}`],
    ['the history', false, sql`update operator_service_versions set words = 'Essai'`],
    ['a version', true, version(entered.siret)],
    ['a version of another establishment', false, version(entered.siret + 1)],
    ['the files', false, sql`delete from service_files`],
    ['the lines set aside', false, sql`delete from service_rejects`],
  ] as const)
    assert.equal(await mayWrite(house.database, hash, write), may, what)
  const alone = sql`update operator_services set version = version + 1, by_hand = true ${of}`
  assert.ok(await isHeldAtCommit(house.database, hash, alone, 'operator_services_history'))
})

test('REC-3: what counts as used since a day: the rule and services_used agree, at each bound', async () => {
  const seeds = (['abouti', 'annule', 'en-cours'] as const).flatMap((result, i) =>
    [null, '2027-06-02T08:00:00Z'].map((withdrawnAt, j) =>
      aService({ siret: 45000000000000 + 10 * i + j, usedOn: '2026-06-01', result, withdrawnAt }),
    ),
  )
  await insertServices(house.owner, seeds)
  let used = 0
  for (const day of ['2026-05-31', '2026-06-01', '2026-06-02']) {
    const { rows: told } = await house.owner.query('select id from services_used($1::date) where siret >= $2', [
      day,
      45000000000000,
    ])
    for (const seed of seeds) {
      const counted = { ...seed, withdrawnAt: seed.withdrawnAt ? new Date(seed.withdrawnAt) : null }
      assert.equal(
        countsSince(counted, day),
        told.some(({ id }) => id === seed.id),
        `${day} ${JSON.stringify(seed)}`,
      )
    }
    used += told.length
  }
  assert.equal(used, 4)
})

test('REC-3, CAM-2: who used services since a day: the rules and services_users agree, for any service and for each kind', async () => {
  const seeds = serviceKinds.flatMap((kind, i) =>
    (['abouti', 'annule'] as const).map((result, j) =>
      aService({ siret: 46000000000000 + 10 * i + j, kind, usedOn: '2024-06-01', result }),
    ),
  )
  await insertServices(house.owner, seeds)
  let told = 0
  for (const day of ['2024-06-01', '2024-06-02'])
    for (const kinds of [null, [], ...serviceKinds.map(kind => [kind]), ['mrs', 'evenement'] as const]) {
      const { rows: users } = await house.owner.query(
        'select siret::float from services_users($1, $2::date) where siret between $3 and $4',
        [kinds, day, 46000000000000, 46000000001000],
      )
      const expected = seeds.filter(
        ({ kind, ...seed }) =>
          countsSince({ ...seed, kind, withdrawnAt: null }, day) &&
          (kinds === null ? isUse(kind) : (kinds as readonly string[]).includes(kind)),
      )
      assert.deepEqual(
        users.map(({ siret }) => siret).toSorted(),
        expected.map(({ siret }) => siret),
        `${day} ${kinds}`,
      )
      told += users.length
    }
  assert.equal(told, 10 + 11 + 2)
})
