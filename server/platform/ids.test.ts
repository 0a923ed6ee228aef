import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUuid, uuidv7 } from './ids.ts'

test('ids of one millisecond ascend as they were made, and differ', () => {
  for (const now of [1_795_000_000_000, 1_795_000_000_001]) {
    const ids = Array.from({ length: 2_000 }, () => uuidv7(now))
    assert.deepEqual(ids, [...new Set(ids)].sort())
    for (const id of ids)
      assert.ok(
        isUuid(id) &&
          /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/.test(id) &&
          Number.parseInt(id.replace('-', '').slice(0, 12), 16) === now,
        id,
      )
  }
})
