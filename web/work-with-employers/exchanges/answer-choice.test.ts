import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answeredAmong } from './answer-choice.ts'

const today = '2026-11-25'
const late = { id: 'retard', dueOn: '2026-11-20' }
const due = { id: 'jour', dueOn: today }
const later = { id: 'plus-tard', dueOn: '2026-12-01' }
for (const [why, expected, planned, chosen, from] of [
  ['the first that is due', 'retard', [late, due, later], undefined, undefined],
  ['the one it comes from', 'plus-tard', [late, due, later], undefined, 'plus-tard'],
  ['the one chosen', 'jour', [late, due, later], 'jour', 'plus-tard'],
  ['none, chosen', '', [late, due], '', 'jour'],
  ['none that is due yet', '', [later], undefined, undefined],
  ['none planned', '', [], undefined, 'retard'],
  ['a draft whose choice was done since', 'jour', [due], 'retard', undefined],
] as const)
  test(`CAM-5: the action answered: ${why}`, () =>
    assert.equal(answeredAmong(planned, { chosen, from }, today), expected))
