import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leftReasons } from '../../../contract/work-with-employers/bulk-works.ts'
import { leftWords } from './words.ts'

test('CAM-9: each reason why some stay has words of its own, of one and of several', () => {
  for (const count of [1, 3]) {
    const said = leftReasons.map(because => leftWords('put-back', because, count))
    assert.equal(new Set(said).size, leftReasons.length, said.join('\n'))
  }
})
