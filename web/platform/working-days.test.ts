import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isWorkingDay, workingDayFrom } from './working-days.ts'

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
  test(`CAM-5: ${day} is ${working ? '' : 'not '}a working day`, () => assert.equal(isWorkingDay(day), working))

test('CAM-5: a day that is not worked gives way to the first that is', () => {
  assert.equal(workingDayFrom('2026-11-11'), '2026-11-12')
  assert.equal(workingDayFrom('2026-12-25'), '2026-12-28')
  assert.equal(workingDayFrom('2026-11-27'), '2026-11-27')
})
