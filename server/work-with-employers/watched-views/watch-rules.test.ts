import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAgain } from './watch-rules.ts'

const nobody = new Set<number>()

for (const [name, last, now, fresh] of [
  ['what was not there', [1, 2], [2, 3, 1], [3]],
  ['what came back', [2], [1, 2], [1]],
  ['nothing when lines only left', [1, 2], [2], []],
  ['all, of a view that was empty', [], [1, 2], [1, 2]],
] as const)
  test(`CAM-10: new in a view is ${name}`, () =>
    assert.deepEqual(readAgain({ version: 1, lines: last }, { version: 1, lines: now }, nobody), { lines: now, fresh }))

test('CAM-10: a view whose filters were changed starts anew: nothing of it is new', () =>
  assert.deepEqual(readAgain({ version: 1, lines: [1] }, { version: 2, lines: [1, 2, 3] }, nobody), {
    lines: [1, 2, 3],
    fresh: [],
  }))

test('EST-10, CAM-10: an employer not to be contacted is news once its mark ends; one that was seen stays seen', () => {
  const last = { version: 1, lines: [1] }
  const read = readAgain(last, { version: 1, lines: [1, 2, 3] }, new Set([1, 2]))
  assert.deepEqual(read, { lines: [1, 3], fresh: [3] })
  const later = readAgain({ version: 1, lines: read.lines }, { version: 1, lines: [1, 2, 3] }, nobody)
  assert.deepEqual(later.fresh, [2])
})
