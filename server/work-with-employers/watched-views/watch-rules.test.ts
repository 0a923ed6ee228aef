import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshIn } from './watch-rules.ts'

for (const [name, last, now, fresh] of [
  ['what was not there', [1, 2], [2, 3, 1], [3]],
  ['what came back', [2], [1, 2], [1]],
  ['nothing when lines only left', [1, 2], [2], []],
  ['all, of a view that was empty', [], [1, 2], [1, 2]],
] as const)
  test(`CAM-10: new in a view is ${name}`, () =>
    assert.deepEqual(freshIn({ version: 1, lines: last }, { version: 1, lines: now }), fresh))

test('CAM-10: a view whose filters were changed starts anew: nothing of it is new', () =>
  assert.deepEqual(freshIn({ version: 1, lines: [1] }, { version: 2, lines: [1, 2, 3] }), []))
