import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refused } from '../../platform/errors.ts'
import { checkDates, checkEnding, checkKind, holdsOn, isOver } from './commitment-rules.ts'

const today = '2027-01-15'
const codeOf = (work: () => void): string | null => {
  try {
    work()
    return null
  } catch (error) {
    if (error instanceof Refused) return error.code
    throw error
  }
}

test('EST-9: a commitment was made by today, and ends on its first day at the earliest', () => {
  for (const [since, until, code] of [
    ['2027-01-15', null, null],
    ['2027-01-16', null, 'commitment/since-in-future'],
    ['2026-01-01', '2026-01-01', null],
    ['2026-01-02', '2026-01-01', 'commitment/until-before-since'],
    ['2026-01-01', '2030-12-31', null],
  ] as const)
    assert.equal(
      codeOf(() => checkDates({ since, until }, today)),
      code,
      `${since} ${until}`,
    )
})

test('EST-9: it holds from its first day to its last, both included, and never once withdrawn', () => {
  const dates = { since: '2026-06-01', until: '2027-01-15' }
  const held = ['2026-05-31', '2026-06-01', '2027-01-15', '2027-01-16'].map(day =>
    holdsOn({ ...dates, withdrawnAt: null }, day),
  )
  assert.deepEqual(held, [false, true, true, false])
  assert.equal(holdsOn({ ...dates, withdrawnAt: new Date() }, '2026-07-01'), false)
  assert.equal(holdsOn({ ...dates, until: null, withdrawnAt: null }, '2060-01-01'), true)
  assert.deepEqual([isOver(dates, '2027-01-15'), isOver(dates, '2027-01-16')], [false, true])
})

test('EST-9: it is ended between its first day and today, once', () => {
  const open = { since: '2026-06-01', until: null }
  for (const [of, until, code] of [
    [open, '2026-06-01', null],
    [open, '2027-01-15', null],
    [open, '2026-05-31', 'commitment/end-outside'],
    [open, '2027-01-16', 'commitment/end-outside'],
    [{ ...open, until: '2028-01-01' }, '2026-12-31', null],
    [{ ...open, until: '2027-01-14' }, '2026-12-31', 'commitment/over'],
  ] as const)
    assert.equal(
      codeOf(() => checkEnding(of, until, today)),
      code,
      until,
    )
})

test('EST-9: a retired kind stays where it is noted, and is noted nowhere else', () => {
  const [used, retired] = [
    { id: 'a', retiredAt: null },
    { id: 'b', retiredAt: new Date() },
  ]
  assert.equal(
    codeOf(() => checkKind(used)),
    null,
  )
  assert.equal(
    codeOf(() => checkKind(undefined)),
    'commitment/kind-unknown',
  )
  assert.equal(
    codeOf(() => checkKind(retired)),
    'commitment/kind-retired',
  )
  assert.equal(
    codeOf(() => checkKind(retired, 'b')),
    null,
  )
  assert.equal(
    codeOf(() => checkKind(retired, 'a')),
    'commitment/kind-retired',
  )
})
