import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type ComparedYear,
  comparisonOf,
  declaresElsewhere,
  groupOf,
  type HiresOfMonth,
  lastWholeMonth,
  monthAt,
  monthsBetween,
  numberOf,
  periodOf,
  readFrom,
  seasonalityOf,
  trendOf,
} from './recruitment-rules.ts'

const every = (first: string, last: string) =>
  Array.from({ length: numberOf(last) - numberOf(first) + 1 }, (_, n) => monthAt(numberOf(first) + n))
const hires = (month: string, kind: HiresOfMonth['kind'], n: number): HiresOfMonth => ({ month, kind, hires: n })

test('REC-2: the last month told whole is that of the last day known, or the one before', () => {
  assert.deepEqual(
    ['2026-11-30', '2026-11-29', '2026-12-01', '2026-01-30', '2024-02-29', '2025-12-31'].map(lastWholeMonth),
    ['2026-11', '2026-10', '2026-11', '2025-12', '2024-02', '2025-12'],
  )
  assert.deepEqual(
    ['2026-11', '2025-12', '2026-01'].map(readFrom),
    ['2023-12', '2023-01', '2023-02'],
    'thirty-six months, the two last whole years among them',
  )
})

test('REC-2: agricultural employers declare elsewhere: divisions 01 to 03', () => {
  assert.deepEqual(['01.21Z', '02.10Z', '03.11Z', '10.71C', '30.11Z', null].map(declaresElsewhere), [
    true,
    true,
    true,
    false,
    false,
    false,
  ])
  assert.deepEqual([groupOf('56.10A'), groupOf(null)], ['56.1', null])
})

test('REC-2: a month that no file brought is no month without a hire, and a period counts it as missing', () => {
  const brought = every('2025-12', '2026-11').filter(month => month !== '2026-05')
  const months = monthsBetween(
    '2025-12',
    '2026-11',
    [hires('2026-01', 'cdi', 2), hires('2026-01', 'ctt', 3), hires('2026-11', 'apprentissage', 1)],
    { months: brought },
  )
  assert.equal(months.length, 12)
  assert.deepEqual(
    months.filter(m => !m.brought).map(m => m.month),
    ['2026-05'],
  )
  assert.equal(months[1]!.total, 5)
  const { counts: _, ...period } = periodOf(months)
  assert.deepEqual(period, {
    first: '2025-12',
    last: '2026-11',
    missing: 1,
    total: 6,
    durable: 2,
    other: 3,
    workStudy: 1,
  })
})

test('REC-2: durable are CDI and CDD over six months; work-study and unsaid durations are in neither part', () => {
  const one = (kind: HiresOfMonth['kind']) => {
    const { durable, other, workStudy } = periodOf(
      monthsBetween('2026-11', '2026-11', [hires('2026-11', kind, 1)], { months: ['2026-11'] }),
    )
    return [durable, other, workStudy]
  }
  assert.deepEqual(
    (
      [
        'cdi',
        'cdd-long',
        'cdd-medium',
        'cdd-short',
        'ctt',
        'cdd-unsaid',
        'apprentissage',
        'professionnalisation',
      ] as const
    ).map(one),
    [
      [1, 0, 0],
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
      [0, 1, 0],
      [0, 0, 0],
      [0, 0, 1],
      [0, 0, 1],
    ],
  )
})

test('REC-2: the trend needs its twenty-four months, the season twenty-four and each month of the year', () => {
  const of = (brought: readonly string[]) =>
    monthsBetween(
      '2023-12',
      '2026-11',
      [hires('2025-06', 'cdi', 4), hires('2026-06', 'cdi', 7), hires('2026-11', 'ctt', 1)],
      { months: brought },
    )
  const all = every('2023-12', '2026-11')
  assert.deepEqual(trendOf(of(all)), { last: 8, before: 4 })
  assert.equal(trendOf(of(all.filter(m => m !== '2025-01'))), null)
  assert.deepEqual(trendOf(of(all.slice(-24))), { last: 8, before: 4 })
  assert.equal(trendOf(of(all.slice(-23))), null)
  const season = seasonalityOf(of(all))!
  assert.deepEqual(
    season.filter(({ mean }) => mean > 0),
    [
      { month: 6, mean: 3.7 },
      { month: 11, mean: 0.3 },
    ],
  )
  assert.equal(seasonalityOf(of(all.slice(-24)))![5]!.mean, 5.5, 'over the two that are known')
  assert.equal(seasonalityOf(of(all.slice(-23))), null)
  assert.equal(seasonalityOf(of(all.filter(m => !m.endsWith('-08')))), null, 'no August was ever brought')
})

test('REC-2: compared in the last year told, in its smallest territory, with the year before of that same territory', () => {
  const cell = (year: number, territoryId: number, durable: number): ComparedYear => ({
    year,
    territoryId,
    kind: 'epci',
    code: String(territoryId),
    name: 'Essai',
    establishments: 9,
    durable,
    other: 10,
  })
  const months = monthsBetween('2023-12', '2026-11', [hires('2025-02', 'cdi', 3), hires('2024-02', 'ctt', 2)], {
    months: every('2023-12', '2026-11'),
  })
  const cells = [cell(2025, 1, 30), cell(2025, 2, 60), cell(2024, 2, 50)]
  assert.deepEqual(comparisonOf(cells, months), {
    year: 2025,
    territory: { id: 1, kind: 'epci', code: '1', name: 'Essai' },
    establishments: 9,
    group: { durable: 30, other: 10 },
    own: { durable: 3, other: 0 },
    before: null,
  })
  assert.deepEqual(comparisonOf(cells.slice(1), months)!.before, { group: 60, own: 2 })
  assert.equal(comparisonOf([], months), null)
  assert.equal(comparisonOf([cell(2022, 1, 30)], months), null, 'its own months are not read that far back')
})
