import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answering } from './answer-rules.ts'

const action = { siret: 1, doneAt: null, withdrawn: false, answeredBy: null }
for (const [why, expected, over] of [
  ['to do', 'finish', {}],
  ['said done before', 'note', { doneAt: new Date(0) }],
  ['answered by another exchange', 'nothing', { doneAt: new Date(0), answeredBy: 'x' }],
  ['withdrawn meanwhile', 'nothing', { withdrawn: true }],
] as const)
  test(`CAM-5: an exchange answers an action ${why}: ${expected}`, () =>
    assert.equal(answering({ ...action, ...over }, 1), expected))
test('CAM-5: an exchange answers only what was planned with its own establishment', () =>
  assert.throws(() => answering(action, 2), { code: 'next-action/other-establishment' }))
