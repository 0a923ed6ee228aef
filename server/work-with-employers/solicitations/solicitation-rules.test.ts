import assert from 'node:assert/strict'
import { test } from 'node:test'
import { budgetOf, goesBeyond, isTooMany, leftOf, monthOf, perWeek } from './solicitation-rules.ts'
import { weekOf } from './solicitations.model.ts'

test('CAM-12: a month is civil, a week goes from Monday to Sunday across two months', () => {
  assert.deepEqual(monthOf('2028-02-10'), { first: '2028-02-01', last: '2028-02-29' })
  assert.deepEqual(monthOf('2026-12-31'), { first: '2026-12-01', last: '2026-12-31' })
  for (const day of ['2026-11-30', '2026-12-02', '2026-12-06'])
    assert.deepEqual(weekOf(day), { first: '2026-11-30', last: '2026-12-06' }, day)
  assert.deepEqual(weekOf('2026-12-07'), { first: '2026-12-07', last: '2026-12-13' })
})

test('CAM-12: the last version set counts, four a month where none is', () => {
  assert.equal(budgetOf([]), 4)
  const versions = [
    { version: 1, perMonth: 9 },
    { version: 3, perMonth: 2 },
    { version: 2, perMonth: 6 },
  ]
  assert.equal(budgetOf(versions), 2)
})

test('CAM-12: a month is spread over its weeks: a quarter each, rounded up', () => {
  assert.deepEqual([1, 2, 4, 5, 8, 9, 31].map(perWeek), [1, 1, 1, 2, 2, 3, 8])
})

test('CAM-12: what is left this week is never more than what is left this month', () => {
  for (const [perMonth, month, week, leftThisMonth, leftThisWeek] of [
    [4, 0, 0, 4, 1],
    [4, 2, 1, 2, 0],
    [8, 7, 0, 1, 1],
    [8, 3, 1, 5, 1],
    [4, 6, 3, 0, 0],
  ] as const)
    assert.deepEqual(leftOf({ perMonth, month, week }), { leftThisMonth, leftThisWeek }, `${perMonth} ${month} ${week}`)
})

test('CAM-12: an act goes past the budget when it uses one more than there was, in the month or in the week', () => {
  const used = (month: number, week: number) => ({ perMonth: 8, month, week })
  for (const [before, after, beyond] of [
    [used(7, 0), used(8, 1), false],
    [used(8, 0), used(9, 1), true],
    [used(3, 2), used(4, 3), true],
    [used(9, 3), used(9, 3), false], // moved within its week
    [used(9, 1), used(9, 2), false], // from another week of the same month
    [used(9, 2), used(9, 3), true],
    [used(9, 3), used(8, 2), false],
  ] as const)
    assert.equal(goesBeyond(before, after), beyond, JSON.stringify([before, after]))
  assert.deepEqual([used(8, 2), used(9, 2), used(3, 3)].map(isTooMany), [false, true, true])
})
