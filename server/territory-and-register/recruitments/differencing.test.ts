import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sirenText, siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { insertPlaces, seededRandom } from '../../testing/people.ts'
import { recruitments } from './index.ts'
import { monthAt, numberOf } from './recruitment-rules.ts'
import { layBrought, layEstablishments, layHires } from './testing-groups.ts'

const [epci, beside, clpe, departement, region] = [200000001, 200000002, 10001, 2033, 1075]
let house: House
/** Reads the cards of one EPCI. */
let lea: Person
let wide: Person

/**
 * Activities, and of each how many establishments stand in the EPCI and in the one beside: told in both, in one of
 * them, in none but together, nowhere.
 */
const activities = [
  ['56.10A', 8, 7],
  ['47.11B', 3, 6],
  ['13.30Z', 3, 3],
  ['25.11Z', 2, 1],
] as const
/** Each of its own company, but for two of the first ones. */
const rows = activities.flatMap(([naf, here, there], kind) =>
  Array.from({ length: here + there }, (_, n) => {
    const company = 910_000_000 + 100 * kind + (kind === 0 && n === here ? 0 : n)
    const at = { regionId: region, departementId: departement, clpeId: clpe, epciId: n < here ? epci : beside }
    return { siret: company * 100_000 + n + 1, naf, ...at }
  }),
)
const [inside, outside] = [epci, beside].map(id => rows.filter(row => row.epciId === id)) as [typeof rows, typeof rows]

before(async () => {
  house = await openHouse(recruitments)
  const { owner } = house
  await insertPlaces(house)
  await owner.query(
    `insert into territory_contents (inner_id, outer_id) select i, o from unnest($1::int[]) with ordinality x (i, a),
      unnest($1::int[]) with ordinality y (o, b) where greatest(a, 2) < b on conflict do nothing`,
    [[epci, beside, clpe, departement, region]],
  )
  await layEstablishments(owner, rows)
  const { id } = await house.organisation()
  const held = (territoryId: number) => ({ tool: 'fiche-recrutement', profile: 'consultation', territoryId }) as const
  lea = await house.person(id, [held(epci)])
  wide = await house.person(id, [held(region)])
})
after(() => house.close())

type Row = (typeof rows)[number]
const empty = () =>
  house.owner.query(
    `truncate hirings_by_month, hiring_months, hiring_files, hiring_rejects, hiring_forecast_runs, hirings_compared`,
  )
const monthsOf = (first: string, last: string) =>
  Array.from({ length: numberOf(last) - numberOf(first) + 1 }, (_, n) => monthAt(numberOf(first) + n))
/** Of each of these establishments, hires of both parts in these months. */
const hire = (some: readonly Row[], months: readonly string[], hiresOf: (row: Row, month: number) => number) =>
  layHires(
    house.owner,
    some.flatMap(row =>
      months.flatMap(month =>
        (['cdi', 'cdd-short'] as const).map(kind => ({
          siret: row.siret,
          month: `${month}-01`,
          kind,
          hires: 1 + hiresOf(row, numberOf(month)),
        })),
      ),
    ),
  )
const lastDay = (month: string) => new Date(Date.parse(`${monthAt(numberOf(month) + 1)}-01`) - 86_400_000)
/** A file of these months is brought that day. */
const bring = async (months: readonly string[], on: string) => {
  const [first, last] = [months[0]!, months.at(-1)!]
  const end = lastDay(last).toISOString().slice(0, 10)
  await layBrought(house.owner, `${first}-01`, `${last}-01`, end, on)
  await house.owner.query('select compare_hirings($1)', [[...new Set(months.map(month => Number(month.slice(0, 4))))]])
}
const afterEnd = (month: string) => `${monthAt(numberOf(month) + 1)}-04T08:00:00Z`
const usual = (row: Row, month: number) => (row.siret * 7 + month * 5) % 4

/** Files of one month each, and of a December in two parts: all that is told of groups after each of them. */
const noted = async () => {
  await empty()
  const told = new Map<string, Set<string>>()
  const note = async () => {
    const { rows: cells } = await house.owner.query(
      'select year, naf_group, territory_id, establishments, durable, other from hirings_compared',
    )
    for (const { year, naf_group: group, territory_id: territory, ...sums } of cells) {
      const key = [year, group, territory].join(' ')
      told.set(key, (told.get(key) ?? new Set<string>()).add(JSON.stringify(sums)))
    }
  }
  for (const month of monthsOf('2024-12', '2027-01')) {
    const half = month === '2025-12' ? rows.filter((_, n) => n % 2) : []
    if (half.length) {
      await hire(half, [month], usual)
      await bring([month], `${month}-20T08:00:00Z`)
      await note()
    }
    const rest = rows.filter(row => !half.includes(row))
    await hire(rest, [month], usual)
    await bring([month], afterEnd(month))
    await note()
  }
  return told
}
/** The sums of whole calendar years, counted apart. */
const wholeYears = async () => {
  const { rows: cells } = await house.owner.query(
    `select extract(year from h.month)::int as year, left(e.naf, 4) as naf_group, t as territory_id,
      count(distinct e.siret)::int as establishments, sum(h.hires) filter (where h.kind = 'cdi')::int as durable,
      sum(h.hires) filter (where h.kind <> 'cdi')::int as other
    from hirings_by_month h join establishments e using (siret),
      unnest(array[e.epci_id, e.clpe_id, e.departement_id, e.region_id]) t
    where extract(year from h.month) in (2025, 2026) group by 1, 2, 3`,
  )
  return new Map(
    cells.map(({ year, naf_group: group, territory_id: territory, ...sums }) => [
      [year, group, territory].join(' '),
      JSON.stringify(sums),
    ]),
  )
}
/** Figures of another period than a whole year, and those told twice of the same year. */
const slidden = async (told: Map<string, Set<string>>) => {
  const whole = await wholeYears()
  return [...told].filter(([key, figures]) => figures.size > 1 || !figures.has(whole.get(key)!)).map(([key]) => key)
}

test('REC-2: whoever notes every figure of a group, file after file, has whole years alone: no month by the difference of two periods', async () => {
  const told = await noted()
  assert.deepEqual(await slidden(told), [])
  const keys = [...told.keys()]
  for (const year of [2025, 2026]) assert.ok(keys.includes(`${year} 56.1 ${epci}`), String(year))
  assert.ok(!keys.some(key => /^202[47] /.test(key)), 'a year of which one month was brought is not told')
})

test('REC-2: that property fails when a year is told before its end, or without its months', async () => {
  for (const [from, to] of [
    ['and count(*) = 12', ''],
    ['max(m.brought_at) >=', 'max(m.brought_at) <>'],
  ] as const)
    await withFunctionChanged(house.owner, 'whole_hiring_years(integer[])', from, to, async () =>
      assert.notDeepEqual(await slidden(await noted()), [], from),
    )
})

test('REC-2: a territory within another leaves nobody by subtraction: the larger is told where what is left of it tells nobody', async () => {
  await empty()
  const year = monthsOf('2025-01', '2025-12')
  await hire(rows, year, usual)
  await bring(year, afterEnd('2025-12'))
  const { rows: cells } = await house.owner.query('select naf_group, territory_id from hirings_compared')
  const levels = [epci, beside, clpe, departement, region]
  const toldIn = (group: string) =>
    levels.filter(level => cells.some(cell => cell.naf_group === group && cell.territory_id === level))
  assert.deepEqual(toldIn('56.1'), levels)
  assert.deepEqual(toldIn('47.1'), [beside], 'the larger less the EPCI beside would leave three')
  assert.deepEqual(toldIn('13.3'), [clpe, departement, region], 'no part of it is told')
  assert.deepEqual(toldIn('25.1'), [])
  assert.ok(
    cells.every(cell => levels.includes(cell.territory_id)),
    'of no commune',
  )
})

/** All that the card, its line and the company tell of what stands in the EPCI, at three files that follow each other. */
const answers = async (who: Person, hiresOutside: (row: Row, month: number) => number) => {
  await empty()
  const told: unknown[] = []
  for (const months of [monthsOf('2023-01', '2026-01'), ['2026-02'], ['2026-03']]) {
    await hire(inside, months, usual)
    await hire(outside, months, hiresOutside)
    await bring(months, afterEnd(months.at(-1)!))
    for (const row of inside.filter((_, n) => n % 2 === 0)) {
      const siret = siretText(row.siret)
      for (const path of [
        `/establishments/${siret}/recruitment`,
        `/establishments/${siret}/recruitment/summary`,
        `/companies/${sirenText(Math.floor(row.siret / 100_000))}/recruitment`,
      ]) {
        const { status, body } = await house.call(who, 'GET', path)
        assert.equal(status, 200, path)
        told.push(body)
      }
    }
  }
  return told
}

test('REC-2, EST-12, SEC-6: no sequence of cards, companies, comparisons and months tells of hires outside the perimeter', async () => {
  const random = seededRandom(1736)
  const worlds = [
    () => 2,
    () => Math.floor(random() * 9),
    (row: Row, month: number) => (row === outside[0] && month % 12 === 3 ? 400 : 2),
  ] as const
  const [mine, theirs] = [await answers(lea, worlds[0]), await answers(wide, worlds[0])]
  assert.ok(
    mine.some((body: any) => body.compared?.territory.id === epci),
    'she is told of groups, in her perimeter',
  )
  assert.ok(theirs.some((body: any) => body.compared?.territory.id === clpe))
  const ofOne = mine.filter((body: any) => body.siret === siretText(inside[0]!.siret) && body.compared) as any[]
  assert.deepEqual(
    ofOne.map(({ twelve, thirtySix, compared }) => [twelve.last, thirtySix.first, compared.year]),
    [
      ['2026-01', '2023-02', 2025],
      ['2026-02', '2023-03', 2025],
      ['2026-03', '2023-04', 2025],
    ],
    'its own months slide, the group stays at its year',
  )
  assert.equal(new Set(ofOne.map(({ compared }) => JSON.stringify(compared))).size, 1)
  for (const world of worlds.slice(1)) {
    assert.deepEqual(await answers(lea, world), mine)
    assert.notDeepEqual(await answers(wide, world), theirs, 'whoever reads these cards sees them change')
  }
  for (const [signature, from, to] of [
    ['hirings_compared_at(bigint)', ' and ctx.perimeter_within(t.id, null, perimeter)', ''],
    [
      'hirings_of_company(bigint,date)',
      ' and ctx.covers(perimeter, e.region_id, e.departement_id, e.epci_id, e.clpe_id)',
      '',
    ],
  ] as const)
    await withFunctionChanged(house.owner, signature, from, to, async () =>
      assert.notDeepEqual(await answers(lea, worlds[1]), await answers(lea, worlds[0]), signature),
    )
})
