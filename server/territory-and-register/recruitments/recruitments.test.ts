import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { asked, type Compiles, k } from '../../platform/database/sending.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { insertPlaces } from '../../testing/people.ts'
import { recruitments } from './index.ts'
import { layBrought, layEstablishments, layHires } from './testing-groups.ts'

const [epci, beside, clpe, departement, region] = [200000001, 200000002, 10001, 2033, 1075]
/** Each of its own company. */
const siretOf = (n: number) => 91000000000001 + 100_000 * n
const table = siretOf(1)
const farm = siretOf(90)
const alone = siretOf(91)
let house: House
let lea: Person
let [wide, stranger, otherTool]: Person[] = []

const at = (siret: number, epciId: number, naf = '56.10A') => ({
  siret,
  naf,
  regionId: region,
  departementId: departement,
  epciId,
  clpeId: clpe,
})
before(async () => {
  house = await openHouse(recruitments)
  const { owner } = house
  await insertPlaces(house)
  await owner.query(
    `insert into territory_contents (inner_id, outer_id) select i, o from unnest($1::int[]) i, unnest($2::int[]) o
      where i <> o on conflict do nothing`,
    [[epci, beside, clpe, departement], [region]],
  )
  await owner.query('insert into territory_contents (inner_id, outer_id) values ($1, $3), ($2, $3)', [
    epci,
    beside,
    clpe,
  ])
  // Eight tables in an EPCI, seven in the one beside, a farm, and the only dyer.
  const tables = Array.from({ length: 15 }, (_, n) => at(siretOf(n + 1), n < 8 ? epci : beside))
  await layEstablishments(owner, [...tables, at(farm, epci, '01.21Z'), at(alone, epci, '13.30Z')])
  await layHires(
    owner,
    tables.flatMap(({ siret }) => [
      { siret, month: '2025-06-01', kind: 'cdi', hires: 2 } as const,
      { siret, month: '2025-07-01', kind: 'cdd-short', hires: 6 } as const,
    ]),
  )
  await layHires(owner, [
    { siret: table, month: '2024-06-01', kind: 'cdd-long', hires: 1 },
    { siret: table, month: '2026-06-01', kind: 'ctt', hires: 4 },
    { siret: table, month: '2026-09-01', kind: 'apprentissage', hires: 1 },
    { siret: alone, month: '2025-06-01', kind: 'cdi', hires: 7 },
    { siret: farm, month: '2025-06-01', kind: 'cdi', hires: 7 },
  ])
  await layBrought(owner, '2023-12-01', '2026-11-01', '2026-11-30', '2026-12-01T03:00:00Z')
  await owner.query('select compare_hirings($1)', [[2024, 2025]])
  const { id } = await house.organisation()
  const held = (territoryId: number) => ({ tool: 'fiche-recrutement', profile: 'consultation', territoryId }) as const
  lea = await house.person(id, [held(epci)])
  wide = await house.person(id, [held(region)])
  stranger = await house.person(id, [held(2040)])
  otherTool = await house.person(id, [
    { tool: 'fiche-etablissement', profile: 'responsable', territoryId: 0 },
    { tool: 'campagnes', profile: 'pilote', territoryId: 0 },
  ])
})
after(() => house.close())

const read = (who: Person | null, siret: number, more = '') =>
  house.call(who, 'GET', `/establishments/${siretText(siret)}/recruitment${more}`)

test('REC-2: the card says twelve and thirty-six months by contract and duration, the trend, the season, of when and of whom', async () => {
  const { status, body } = await read(lea, table)
  assert.equal(status, 200)
  assert.deepEqual(
    [body.siret, body.coverage, body.asOf, body.receivedOn, body.name, body.group],
    [siretText(table), 'covered', '2026-11-30', '2026-12-01', 'ESSAI', '56.1'],
  )
  assert.deepEqual([body.months.length, body.months[0].month, body.months.at(-1).month], [36, '2023-12', '2026-11'])
  assert.deepEqual(
    ['twelve', 'thirtySix'].map(name => {
      const { total, durable, other, workStudy, missing, first, last } = body[name]
      return [total, durable, other, workStudy, missing, first, last]
    }),
    [
      [5, 0, 4, 1, 0, '2025-12', '2026-11'],
      [14, 3, 10, 1, 0, '2023-12', '2026-11'],
    ],
  )
  assert.equal(body.thirtySix.counts['cdd-long'], 1)
  assert.deepEqual(body.trend, { last: 5, before: 8 })
  assert.deepEqual(body.seasonality[5], { month: 6, mean: 2.3 })
})

test('REC-2: the line on the card of the employer has the same twelve months', async () => {
  const { status, body } = await read(lea, table, '/summary')
  assert.equal(status, 200)
  assert.deepEqual(body, {
    siret: siretText(table),
    coverage: 'covered',
    asOf: '2026-11-30',
    total: 5,
    durable: 0,
    other: 4,
    next: null,
  })
})

test('REC-2: compared with its activity, in the smallest territory told that the perimeter covers whole', async () => {
  const { compared } = (await read(lea, table)).body
  assert.deepEqual(
    [compared.year, compared.territory.id, compared.establishments, compared.group, compared.own, compared.before],
    [2025, epci, 8, { durable: 16, other: 48 }, { durable: 2, other: 6 }, null],
  )
  assert.equal((await read(lea, alone)).body.compared, null, 'alone of its activity')
  assert.equal((await read(wide!, siretOf(9))).body.compared.territory.id, beside)
})

test('REC-2: what lies outside the perimeter, even in part, is compared with nothing', async () => {
  await house.owner.query('delete from hirings_compared where territory_id = $1', [epci])
  try {
    assert.equal((await read(lea, table)).body.compared, null)
    assert.notEqual((await read(wide!, table)).body.compared, null, 'told of a larger territory, which they cover')
  } finally {
    await house.owner.query('select compare_hirings($1)', [[2024, 2025]])
  }
})

test('REC-2: of an agricultural employer « not covered » is said, and no figure, even where some were declared', async () => {
  const { body } = await read(lea, farm)
  assert.deepEqual(
    [body.coverage, body.months, body.twelve, body.thirtySix, body.compared],
    ['msa', [], null, null, null],
  )
  const line = (await read(lea, farm, '/summary')).body
  assert.deepEqual([line.coverage, line.total], ['msa', null])
})

test('REC-2, SEC-6: refused without the tool, whatever else one holds, and outside its perimeter; unknown is not found', async () => {
  for (const more of ['', '/summary']) {
    assert.equal((await read(null, table, more)).status, 401)
    const none = await read(otherTool!, table, more)
    assert.deepEqual([none.status, none.body.code], [403, 'access/no-grant'])
    assert.match(none.body.detail, /responsable de gestion de comptes/)
    const outside = await read(stranger!, table, more)
    assert.deepEqual([outside.status, outside.body.code], [403, 'access/outside-perimeter'])
    assert.deepEqual([outside.body.months, outside.body.total], [undefined, undefined])
    assert.equal((await read(lea, siretOf(500), more)).status, 404)
  }
})

test('SEC-6: asked straight, the functions answer nothing to who may not read, nor without a session', async () => {
  const straight = async (who: Person | null) => {
    const tx = await house.database.begin()
    try {
      if (who) await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      const { n } = (await tx.first(
        sql<{ n: number }>`select ((select count(*) from hirings_at(${table}, '2000-01-01'))
          + (select count(*) from hirings_compared_at(${table})))::int as n`,
      ))!
      return n
    } finally {
      await tx.rollback()
    }
  }
  assert.ok((await straight(lea)) > 0)
  for (const who of [stranger!, otherTool!, null]) assert.equal(await straight(who), 0)
})

test('REC-2, UX-2: the card and its line read the months that they tell of, and the line counts no establishment', async () => {
  const sent: { sql: string; parameters: readonly unknown[] }[] = []
  const keep = (query: unknown) => sent.push((query as Compiles<unknown>).compile(k))
  const asking = async (siret: number, more = '') => {
    sent.length = 0
    asked.subscribe(keep)
    const { status } = await read(lea, siret, more)
    asked.unsubscribe(keep)
    assert.equal(status, 200)
    const [hires] = sent.filter(({ sql: text }) => text.includes('hirings_at('))
    return [hires?.parameters[1], sent.some(({ sql: text }) => text.includes('company_establishments'))]
  }
  // Seven years before November 2026, those of the forecast: the card's thirty-six months are among them.
  assert.deepEqual(await asking(table), ['2019-12-01', true])
  assert.deepEqual(await asking(table, '/summary'), ['2019-12-01', false])
  assert.deepEqual(await asking(farm), [undefined, true], 'of a farm there is nothing to read')
})

test('REC-2: before any file, the card says so instead of naught', async () => {
  const empty = await openHouse(recruitments)
  try {
    await insertPlaces(empty)
    await layEstablishments(empty.owner, [at(table, epci)])
    const someone = await empty.person((await empty.organisation()).id, [
      { tool: 'fiche-recrutement', profile: 'consultation', territoryId: epci },
    ])
    const { body } = await empty.call(someone, 'GET', `/establishments/${siretText(table)}/recruitment`)
    assert.deepEqual([body.coverage, body.asOf, body.months, body.twelve], ['none', null, [], null])
  } finally {
    await empty.close()
  }
})
