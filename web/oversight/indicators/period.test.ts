import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isWholeMonth, periodOf, spanWords } from './period.ts'

test('IND-5: periods are calendar months, quarters and years', () => {
  const cases: [Parameters<typeof periodOf>[0], string, string, string][] = [
    [{}, '2026-11-24', '2026-10-01', '2026-12-31'],
    [{ periode: 'mois' }, '2026-11-24', '2026-11-01', '2026-11-30'],
    [{ periode: 'mois' }, '2028-02-29', '2028-02-01', '2028-02-29'],
    [{ periode: 'mois' }, '2026-12-31', '2026-12-01', '2026-12-31'],
    [{ periode: 'mois-dernier' }, '2026-12-31', '2026-11-01', '2026-11-30'],
    [{ periode: 'mois-dernier' }, '2027-01-01', '2026-12-01', '2026-12-31'],
    [{ periode: 'trimestre' }, '2026-01-01', '2026-01-01', '2026-03-31'],
    [{ periode: 'trimestre' }, '2026-09-30', '2026-07-01', '2026-09-30'],
    [{ periode: 'annee' }, '2026-11-24', '2026-01-01', '2026-12-31'],
    [{ periode: 'libre', du: '2026-03-02', au: '2026-03-08' }, '2026-11-24', '2026-03-02', '2026-03-08'],
    [{ periode: 'libre', du: 'hier' }, '2026-11-24', '2026-01-01', '2026-11-24'],
  ]
  for (const [address, today, from, to] of cases) {
    const period = periodOf(address, today)
    assert.deepEqual([period.from, period.to], [from, to], JSON.stringify([address, today]))
  }
  assert.equal(
    spanWords('2026-10-01', '2026-12-31').replace(/[\u00A0\u202F]/g, ' '),
    'du 1er octobre au 31 décembre 2026',
  )
})

test('IND-6: a whole month is told from a part of one and from several', () => {
  for (const [from, to, whole] of [
    ['2026-10-01', '2026-10-31', true],
    ['2028-02-01', '2028-02-29', true],
    ['2026-12-01', '2026-12-31', true],
    ['2028-02-01', '2028-02-28', false],
    ['2026-10-02', '2026-10-31', false],
    ['2026-10-01', '2026-11-30', false],
    ['2025-10-01', '2026-10-31', false],
  ] as const)
    assert.equal(isWholeMonth(from, to), whole, `${from} ${to}`)
})
