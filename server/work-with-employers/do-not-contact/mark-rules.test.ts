import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refused } from '../../platform/errors.ts'
import { checkUntil, lastDayFrom, stands } from './mark-rules.ts'

const refusedFor = (until: string, today: string) => {
  try {
    checkUntil(until, today)
    return null
  } catch (error) {
    return error instanceof Refused ? error.code : error
  }
}

test('EST-10: a mark lasts until today at least, two years at most', () => {
  const today = '2026-11-27'
  for (const [until, refused] of [
    ['2026-11-26', 'do-not-contact/until-past'],
    ['2026-11-27', null],
    ['2028-11-27', null],
    ['2028-11-28', 'do-not-contact/until-too-far'],
  ] as const)
    assert.equal(refusedFor(until, today), refused, until)
  assert.deepEqual([lastDayFrom('2028-02-29'), lastDayFrom('2026-02-28')], ['2030-02-28', '2028-02-28'])
})

test('EST-10: a mark stands on its last day, no more on the day after, nor once it is ended', () => {
  const mark = { startsOn: '2026-11-01', until: '2026-11-27', endedAt: null }
  for (const [day, expected] of [
    ['2026-10-31', false],
    ['2026-11-01', true],
    ['2026-11-27', true],
    ['2026-11-28', false],
  ] as const)
    assert.equal(stands(mark, day), expected, day)
  assert.equal(stands({ ...mark, endedAt: new Date() }, '2026-11-27'), false)
})
