import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offline, tooSlow } from './problem.ts'

test('UX-5: without an answer, what was typed is promised to who sent something, and to nobody who only reads', () => {
  for (const lost of [offline, tooSlow]) {
    assert.match(lost(true).detail, /Ce que vous avez saisi est toujours là ; réessayez/)
    assert.doesNotMatch(lost().detail, /saisi/)
    assert.match(lost().detail, /\. Réessayez (quand le réseau sera revenu|dans un instant)\.$/)
  }
})
