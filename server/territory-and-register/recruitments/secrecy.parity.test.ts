import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type House, openHouse } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { insertPlaces, seededRandom } from '../../testing/people.ts'
import { type Hirer, levels, tellsNobody, toldCells } from './secrecy.model.ts'
import { layBrought, layEstablishments, layHires, someGroup } from './testing-groups.ts'

const random = seededRandom(85)
const year = 2025
let house: House
/** Groups « 10.1 », « 10.2 » and so on. */
const groups = Array.from({ length: 70 }, (_, n) => ({
  naf: `${10 + Math.floor(n / 9)}.${1 + (n % 9)}`,
  hirers: someGroup(random),
}))

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  const rows = groups.flatMap(({ naf, hirers }, group) =>
    hirers.map((hirer, n) => ({
      ...hirer,
      naf: `${naf}0Z`,
      siret: (910_000_000 + 1000 * group + hirer.siren) * 100_000 + n + 1,
    })),
  )
  await layEstablishments(house.owner, rows)
  await layHires(
    house.owner,
    rows.flatMap(({ siret, durable, other }, n) => [
      ...(durable > 0
        ? [{ siret, month: `${year}-03-01`, kind: n % 2 ? 'cdi' : 'cdd-long', hires: durable } as const]
        : []),
      ...(other > 1 ? [{ siret, month: `${year}-03-01`, kind: 'cdd-short', hires: other - 1 } as const] : []),
      ...(other > 0 ? [{ siret, month: `${year}-11-01`, kind: n % 2 ? 'ctt' : 'cdd-medium', hires: 1 } as const] : []),
      // In neither part, and of another year.
      { siret, month: `${year}-05-01`, kind: 'apprentissage', hires: 3 } as const,
      { siret, month: `${year - 1}-12-01`, kind: 'cdi', hires: 5 } as const,
    ]),
  )
  await layBrought(house.owner, `${year}-01-01`, `${year}-12-01`, `${year}-12-31`, `${year + 1}-01-04T08:00:00Z`)
})
after(() => house.close())

const told = async (): Promise<string[]> => {
  await house.owner.query('select compare_hirings($1)', [[year]])
  const { rows } = await house.owner.query(
    `select concat_ws(' ', year, naf_group, territory_id, establishments, durable, other) as line from hirings_compared`,
  )
  return rows.map(row => row.line).sort()
}
const sum = (members: readonly Hirer[], part: 'durable' | 'other') => members.reduce((n, m) => n + m[part], 0)
const specified = () =>
  groups
    .flatMap(({ naf, hirers }) => {
      const some = hirers.filter(h => h.durable + h.other > 0)
      return toldCells(some).map(({ level, territoryId }) => {
        const members = some.filter(h => h[level] === territoryId)
        return [year, naf, territoryId, members.length, sum(members, 'durable'), sum(members, 'other')].join(' ')
      })
    })
    .sort()

test('REC-2, SEC-6: what compare_hirings tells is what toldCells specifies, cell by cell', async () => {
  const lines = await told()
  assert.ok(lines.length > 60, `${lines.length} cells`)
  for (const level of levels)
    assert.ok(
      groups.some(g => toldCells(g.hirers).some(c => c.level === level)),
      level,
    )
  assert.deepEqual(lines, specified())
  for (let n = 0; n < 300; n++) {
    const hires = Array.from({ length: Math.floor(random() * 9) }, () => 1 + Math.floor(random() * (n % 3 ? 40 : 4)))
    const { rows } = await house.owner.query('select hirings_tell_nobody($1::int[]) as told', [
      hires.toSorted((a, b) => b - a),
    ])
    assert.equal(rows[0].told, tellsNobody(hires), String(hires))
  }
})

const refusedByTable = (error: { constraint?: string }) => {
  assert.equal(error.constraint, 'hirings_compared_establishments_check')
  return []
}
test('REC-2, SEC-6: that comparison fails when a clause goes', async () => {
  const wanted = specified()
  for (const [signature, from, to] of [
    ['hirings_tell_nobody(integer[])', 'cardinality(hires) >= 6', 'cardinality(hires) >= 5'],
    ['hirings_tell_nobody(integer[])', '<= 85', '<= 95'],
    ['hirings_tell_nobody(integer[])', ' - hires[2]', ''],
    ['compare_hirings(integer[])', '(sum(beside) = 0', '(true'],
    ['compare_hirings(integer[])', 'group by 1, 2, 3, 4, siren)', 'group by 1, 2, 3, 4, siren, siret)'],
    ['compare_hirings(integer[])', "('cdd-medium', 'cdd-short', 'ctt')", "('cdd-medium', 'cdd-short')"],
    ['compare_hirings(integer[])', 'parts > 1', 'parts > 99'],
  ] as const)
    await withFunctionChanged(house.owner, signature, from, to, async () =>
      // A sum of fewer than six is refused by the table too: the clause is then missed as well.
      assert.notDeepEqual(await told().catch(refusedByTable), wanted, to),
    )
  assert.deepEqual(await told(), wanted)
})

/** Rows that the statements of one comparison produced or set aside, by PostgreSQL's own count, for so many establishments. */
const rowsGoneThrough = async (establishments: number): Promise<number> => {
  const client = new pg.Client(house.urls.superUrl)
  let counted = 0
  client.on('notice', ({ message }) => {
    const plan = message?.match(/plan:\n(?<json>\{[\s\S]*\})/)?.groups?.['json']
    if (plan) counted += rowsOf(JSON.parse(plan).Plan)
  })
  await client.connect()
  try {
    await client.query('begin')
    await client.query(
      `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, row_hash, naf,
        naf_nomenclature, commune_name, region_id, departement_id, epci_id, clpe_id)
      select (950000000 + n) * 100000::bigint + 1, 950000000 + n, 1, 'ESSAI', true, true, 'O', 0, '96.02A', 'NAFRev2',
        'CESTAS', 1075, 2033, 200000001 + n % 2, 10001 from generate_series(1, $1) n`,
      [establishments],
    )
    await client.query(
      `insert into hirings_by_month (siret, month, kind, hires) select siret, $1::date, k, 2
        from establishments, unnest(array['cdi', 'cdd-short']) k where naf = '96.02A'`,
      [`${year}-03-01`],
    )
    await client.query(`load 'auto_explain'`)
    for (const [name, value] of [
      ['auto_explain.log_min_duration', '0'],
      ['auto_explain.log_analyze', 'on'],
      ['auto_explain.log_timing', 'off'],
      ['auto_explain.log_nested_statements', 'on'],
      ['auto_explain.log_format', 'json'],
      ['client_min_messages', 'log'],
    ])
      await client.query(`select set_config($1, $2, true)`, [name, value])
    await client.query('select compare_hirings($1)', [[year]])
    await client.query('set local client_min_messages = warning')
    const { rows } = await client.query(
      `select territory_id, establishments from hirings_compared where naf_group = '96.0' order by 1`,
    )
    assert.deepEqual(
      rows.map(row => [row.territory_id, row.establishments]),
      [
        [1075, establishments],
        [2033, establishments],
        [10001, establishments],
        [200000001, establishments / 2],
        [200000002, establishments / 2],
      ],
    )
    return counted
  } finally {
    await client.query('rollback')
    await client.end()
  }
}
interface Plan {
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Join Filter'?: number
  readonly Plans?: readonly Plan[]
}
const rowsOf = (plan: Plan): number =>
  (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Join Filter'] ?? 0)) *
    plan['Actual Loops'] +
  (plan.Plans ?? []).reduce((sum, one) => sum + rowsOf(one), 0)

test('REC-1, REC-2: comparing goes through rows as there are establishments, never through their square', async () => {
  const [small, large] = [await rowsGoneThrough(4_000), await rowsGoneThrough(16_000)]
  assert.ok(small > 4_000 * 8, `${small} rows counted`)
  assert.ok(large < 5 * small, `four times the establishments: ${small} rows, then ${large}`)
})

test('REC-2: a year is compared once its twelve months were brought and it was over at the last file', async () => {
  const { owner } = house
  assert.notEqual((await told()).length, 0)
  await owner.query(`update hiring_months set brought_at = '${year}-12-28T08:00:00Z'`)
  assert.deepEqual(await told(), [], 'December may still grow')
  await owner.query(`update hiring_months set brought_at = '${year + 1}-01-04T08:00:00Z'`)
  await owner.query(`delete from hiring_months where month = '${year}-07-01'`)
  assert.deepEqual(await told(), [], 'a month is missing')
})
