import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parisDay } from '../../platform/time.ts'
import { isLate, parisMoment } from './next-actions.ts'

const at = (instant: string) => parisMoment(new Date(instant), parisDay(new Date(instant)))
for (const [why, late, action, instant] of [
  ['a day over', true, { dueOn: '2026-11-24', dueAt: null }, '2026-11-25T08:00:00Z'],
  ['its own day, any time', false, { dueOn: '2026-11-25', dueAt: null }, '2026-11-25T22:59:00Z'],
  [
    'midnight in Paris, eleven at night in Greenwich',
    true,
    { dueOn: '2026-11-25', dueAt: null },
    '2026-11-25T23:00:00Z',
  ],
  ['its hour to come', false, { dueOn: '2026-11-25', dueAt: '10:00' }, '2026-11-25T08:59:00Z'],
  ['at its minute', false, { dueOn: '2026-11-25', dueAt: '10:00' }, '2026-11-25T09:00:00Z'],
  ['its hour past, in winter', true, { dueOn: '2026-11-25', dueAt: '10:00' }, '2026-11-25T09:01:00Z'],
  ['its hour past, in summer', true, { dueOn: '2026-07-01', dueAt: '10:00' }, '2026-07-01T08:01:00Z'],
  ['tomorrow', false, { dueOn: '2026-11-26', dueAt: '08:00' }, '2026-11-25T20:00:00Z'],
] as const)
  test(`CAM-5: late or not: ${why}`, () => assert.equal(isLate({ ...action, doneAt: null }, at(instant)), late))
test('CAM-5: what is done is not late', () =>
  assert.equal(isLate({ dueOn: '2026-01-01', dueAt: null, doneAt: new Date(0) }, at('2026-11-25T08:00:00Z')), false))
