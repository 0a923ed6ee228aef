import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusedDays } from './absence-rules.ts'

const today = '2026-11-25'
for (const [startsOn, endsOn, refused] of [
  ['2026-11-25', '2026-11-25', null],
  ['2026-11-10', '2026-11-25', null],
  ['2026-12-01', '2028-12-01', null],
  ['2026-12-01', '2028-12-02', 'absence/too-long'],
  ['2026-11-26', '2026-11-25', 'absence/backwards'],
  ['2026-11-10', '2026-11-24', 'absence/over'],
] as const)
  test(`CAM-13: an absence from ${startsOn} to ${endsOn} is ${refused ?? 'said'}`, () =>
    assert.equal(refusedDays({ startsOn, endsOn }, today), refused))
