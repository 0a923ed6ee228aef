import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bySector, bySize, byZone, type Counts, coverage, isSilent, stuckSince, zoneOf } from './progress-rules.ts'

const period = { startsOn: '2026-09-02', endsOn: '2026-09-30' } // a Wednesday to a Wednesday

test('CAM-8: coverage is cumulated by week from Monday to Sunday, cut at both ends of the period and at today', () => {
  const firsts = [
    { day: '2026-08-31', count: 1 },
    { day: '2026-09-02', count: 2 },
    { day: '2026-09-06', count: 1 },
    { day: '2026-09-07', count: 5 },
    { day: '2026-09-16', count: 3 },
  ]
  assert.deepEqual(
    coverage(firsts, period, null, '2026-09-16').map(w => [w.from, w.until, w.contacted, w.expected]),
    [
      ['2026-09-02', '2026-09-06', 4, null],
      ['2026-09-07', '2026-09-13', 9, null],
      ['2026-09-14', '2026-09-16', 12, null],
    ],
  )
})
test('CAM-8: the pace to the goal is even, and is the goal on the last day', () => {
  const weeks = coverage([], period, 58, '2026-12-01')
  assert.deepEqual(
    weeks.map(w => [w.until, w.contacted, w.expected]),
    [
      ['2026-09-06', 0, 10],
      ['2026-09-13', 0, 24],
      ['2026-09-20', 0, 38],
      ['2026-09-27', 0, 52],
      ['2026-09-30', 0, 58],
    ],
  )
})
test('CAM-8: before its first day a campaign has no week; one of a day has one', () => {
  assert.deepEqual(coverage([], period, 10, '2026-09-01'), [])
  assert.deepEqual(
    coverage([{ day: '2026-09-02', count: 1 }], { startsOn: '2026-09-02', endsOn: '2026-09-02' }, 3, '2026-09-02'),
    [{ from: '2026-09-02', until: '2026-09-02', contacted: 1, expected: 3 }],
  )
})

const of = (targets: number, more: Partial<Counts> = {}): Counts => ({
  targets,
  taken: 0,
  contacted: 0,
  reached: 0,
  needs: 0,
  hires: 0,
  ...more,
})
test('CAM-8: sectors add up their divisions, the largest first; what is not known stands last', () => {
  const lines = bySector([
    { division: '43', ...of(10, { contacted: 4 }) },
    { division: '41', ...of(2, { contacted: 1 }) },
    { division: '10', ...of(20) },
    { division: null, ...of(30) },
    { division: '99', ...of(1) },
    { division: 'zz', ...of(1) },
  ])
  assert.deepEqual(
    lines.map(l => [l.code, l.targets, l.contacted, l.divisions.map(d => d.code)]),
    [
      ['C', 20, 0, ['10']],
      ['F', 12, 5, ['43', '41']],
      ['U', 1, 0, ['99']],
      [null, 31, 0, []],
    ],
  )
})
test('CAM-8: sizes are the five classes in their order; no band counts with the smallest', () => {
  assert.deepEqual(
    bySize([
      { band: '31', ...of(1) },
      { band: null, ...of(2) },
      { band: '03', ...of(4) },
      { band: '12', ...of(8) },
    ]).map(l => [l.code, l.targets]),
    [
      ['0-9', 6],
      ['10-49', 8],
      ['200+', 1],
    ],
  )
})
test('CAM-8: zones go from the largest, those without one last', () => {
  assert.deepEqual(
    byZone([
      { code: null, name: null, ...of(9) },
      { code: '1', name: 'Ouest', ...of(2) },
      { code: '2', name: 'Est', ...of(2) },
      { code: '3', name: 'Sud', ...of(5) },
    ]).map(l => l.label),
    ['Sud', 'Est', 'Ouest', 'Non connu'],
  )
  assert.deepEqual(['national', 'region', 'departement', 'clpe', 'epci'].map(zoneOf), [
    'departement',
    'departement',
    'epci',
    'epci',
    'commune',
  ])
})
test('CAM-8: an organisation is silent after so many days without contact, and only once the campaign has been open as long', () => {
  const since = stuckSince('2026-11-25', 14)
  assert.equal(since, '2026-11-11')
  for (const [last, open, silent] of [
    [null, '2026-11-11', true],
    [null, '2026-11-12', false],
    ['2026-11-11', '2026-10-01', true],
    ['2026-11-12', '2026-10-01', false],
    [null, null, false],
  ] as const)
    assert.equal(isSilent(last, open, since), silent, `${last} ${open}`)
})
