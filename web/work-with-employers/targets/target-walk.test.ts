import assert from 'node:assert/strict'
import { test } from 'node:test'
import { walkAt, walkOrder } from './target-walk.ts'

test('CAM-4: one walks on in the same order when a target has moved, left or come', () => {
  const start = ['a', 'b', 'c']
  assert.equal(walkOrder(start, ['b', 'c', 'a']), start)
  assert.equal(walkOrder(start, ['b', 'c']), start)
  assert.deepEqual(walkOrder(start, ['b', 'd', 'a', 'c', 'e']), ['a', 'b', 'c', 'd', 'e'])
})

test('CAM-4: the first target has none before it, the last none after', () => {
  const order = ['a', 'b', 'c']
  assert.deepEqual(walkAt(order, 'a'), { rank: 1, previous: undefined, next: 'b' })
  assert.deepEqual(walkAt(order, 'b'), { rank: 2, previous: 'a', next: 'c' })
  assert.deepEqual(walkAt(order, 'c'), { rank: 3, previous: 'b', next: undefined })
  assert.deepEqual(walkAt(order, 'z'), { rank: 0, previous: undefined, next: undefined })
})
