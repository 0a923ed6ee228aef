import assert from 'node:assert/strict'
import { test } from 'node:test'
import { msBeforeBeginning } from './midnight.ts'

for (const [named, now, lastMs, wait] of [
  ['at noon it begins', '2026-12-01T11:00:00Z', 90_000, 0],
  ['ended well before midnight, it begins', '2026-12-01T22:57:00Z', 50_000, 0],
  [
    'three times as long as the last time would pass midnight: it waits for the next day',
    '2026-12-01T22:58:00Z',
    50_000,
    120_000,
  ],
  ['a long one waits for five minutes at most', '2026-12-01T22:55:00.001Z', 900_000, 299_999],
  ['and begins when they are left', '2026-12-01T22:54:59Z', 900_000, 0],
  ['midnight come, it begins', '2026-12-01T23:00:00Z', 50_000, 0],
  ['in summer midnight is an hour sooner', '2026-07-01T21:59:30Z', 20_000, 30_000],
] as const)
  test(`a file near midnight in Paris: ${named}`, () => assert.equal(msBeforeBeginning(new Date(now), lastMs), wait))
