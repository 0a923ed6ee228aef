import assert from 'node:assert/strict'
import { test } from 'node:test'
import getJoursFeries from '@socialgouv/jours-feries'
import { workingDays } from '../../contract/working-days.ts'

const { isWorkingDay, workingDayFrom, workingDaysAfter } = workingDays(year => Object.values(getJoursFeries(year)))

for (const [day, working] of [
  ['2026-11-11', false], // Armistice, a Wednesday
  ['2026-11-12', true],
  ['2026-11-14', false], // Saturday
  ['2026-11-15', false], // Sunday
  ['2026-12-25', false],
  ['2027-01-01', false],
  ['2027-03-29', false], // Easter Monday, the day after the hour changes
  ['2027-05-06', false], // Ascension
  ['2027-05-17', false], // Whit Monday
  ['2027-07-14', false],
  ['2027-08-16', true],
] as const)
  test(`CAM-5, CAM-9: ${day} is ${working ? '' : 'not '}a working day`, () => assert.equal(isWorkingDay(day), working))

for (const [from, count, to] of [
  ['2026-11-09', 1, '2026-11-10'],
  ['2026-11-10', 1, '2026-11-12'], // over Armistice
  ['2026-11-13', 2, '2026-11-17'], // over a week-end
  ['2026-11-14', 1, '2026-11-16'], // from a Saturday
  ['2026-12-24', 5, '2027-01-04'], // over Christmas and the new year
] as const)
  test(`CAM-9: ${count} working days after ${from} comes ${to}`, () => assert.equal(workingDaysAfter(from, count), to))

test('CAM-5: a day that is not worked gives way to the first that is', () => {
  assert.equal(workingDayFrom('2026-11-11'), '2026-11-12')
  assert.equal(workingDayFrom('2026-12-25'), '2026-12-28')
  assert.equal(workingDayFrom('2026-11-27'), '2026-11-27')
})
