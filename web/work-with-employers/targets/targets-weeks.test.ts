import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayIn, mondayOf, shifted, weeksOf } from './targets-weeks.ts'

test('CAM-6: the weeks of a calendar begin on Monday, and those of a month hold it whole', () => {
  assert.equal(mondayOf('2026-11-29'), '2026-11-23')
  assert.deepEqual(
    weeksOf('semaine', '2026-11-25').map(week => [week[0], week[6]]),
    [['2026-11-23', '2026-11-29']],
  )
  assert.deepEqual(
    weeksOf('mois', '2026-11-25').map(week => week[0]),
    ['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23', '2026-11-30'],
  )
  assert.deepEqual(
    weeksOf('mois', '2027-02-10').map(week => week[0]),
    ['2027-02-01', '2027-02-08', '2027-02-15', '2027-02-22'],
  )
})
test('CAM-6: one goes from week to week and from month to month, over the end of a year', () => {
  assert.deepEqual(
    [shifted('semaine', '2026-12-30', 1), shifted('semaine', '2027-01-02', -1)],
    ['2027-01-04', '2026-12-21'],
  )
  assert.deepEqual(
    [shifted('mois', '2026-12-30', 1), shifted('mois', '2027-01-31', 1), shifted('mois', '2027-03-31', -1)],
    ['2027-01-01', '2027-02-01', '2027-02-01'],
  )
})
test('CAM-6: a day that is none is today', () => {
  assert.deepEqual(
    ['2026-02-30', 'demain', undefined, '2026-02-28'].map(text => dayIn(text, '2026-11-25')),
    ['2026-11-25', '2026-11-25', '2026-11-25', '2026-02-28'],
  )
})
