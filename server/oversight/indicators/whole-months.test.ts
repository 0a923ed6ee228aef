import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wholeMonths } from './whole-months.ts'

for (const [from, to, months, days] of [
  ['2026-01-01', '2026-12-31', ['2026-01-01', '2026-12-01'], []],
  ['2026-01-01', '2026-11-25', ['2026-01-01', '2026-10-01'], [['2026-11-01', '2026-11-25']]],
  ['2026-01-02', '2026-02-28', ['2026-02-01', '2026-02-01'], [['2026-01-02', '2026-01-31']]],
  [
    '2028-01-31',
    '2028-03-01',
    ['2028-02-01', '2028-02-01'],
    [
      ['2028-01-31', '2028-01-31'],
      ['2028-03-01', '2028-03-01'],
    ],
  ],
  ['2026-02-02', '2026-03-30', null, [['2026-02-02', '2026-03-30']]],
  ['2026-02-10', '2026-02-12', null, [['2026-02-10', '2026-02-12']]],
  ['2026-02-01', '2026-02-27', null, [['2026-02-01', '2026-02-27']]],
  ['2026-12-31', '2027-01-01', null, [['2026-12-31', '2027-01-01']]],
] as const)
  test(`IND-2: whole months and days around them: ${from} to ${to}`, () =>
    assert.deepEqual(wholeMonths({ from, to }), {
      months: months && { first: months[0], last: months[1] },
      days: days.map(([first, last]) => ({ from: first, to: last })),
    }))

test('IND-2: a period that reaches today holds its last month whole; one that ends the day before does not', () => {
  const whole = { months: { first: '2026-10-01', last: '2026-11-01' }, days: [] }
  assert.deepEqual(
    [
      wholeMonths({ from: '2026-10-01', to: '2026-11-25' }, '2026-11-25'),
      wholeMonths({ from: '2026-10-01', to: '2026-11-26' }, '2026-11-25'),
    ],
    [whole, whole],
  )
  assert.deepEqual(wholeMonths({ from: '2026-10-01', to: '2026-11-24' }, '2026-11-25').days, [
    { from: '2026-11-01', to: '2026-11-24' },
  ])
  assert.deepEqual(wholeMonths({ from: '2026-11-02', to: '2026-11-25' }, '2026-11-25'), {
    months: null,
    days: [{ from: '2026-11-02', to: '2026-11-25' }],
  })
})
test('IND-2: any period is its months and its days, each day once', () => {
  const all = Array.from({ length: 800 }, (_, n) => new Date(Date.UTC(2027, 10, 1 + n)).toISOString().slice(0, 10))
  for (let at = 0; at < 400; at += 7)
    for (let length = 0; length < 400; length += 11) {
      const [from, to] = [all[at]!, all[at + length]!]
      const { months, days } = wholeMonths({ from, to })
      const inMonths = months
        ? all.filter(day => day.slice(0, 7) >= months.first.slice(0, 7) && day.slice(0, 7) <= months.last.slice(0, 7))
        : []
      const inDays = all.filter(day => days.some(part => part.from <= day && day <= part.to))
      assert.deepEqual([...inMonths, ...inDays].sort(), all.slice(at, at + length + 1), `${from} to ${to}`)
    }
})
