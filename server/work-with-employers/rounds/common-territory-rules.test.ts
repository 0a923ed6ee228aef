import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commonTerritory } from './common-territory-rules.ts'

const row = (epciId: number | null, clpeId: number | null, departementId: number | null, regionId: number | null) => ({
  epciId,
  clpeId,
  departementId,
  regionId,
})
test('the smallest territory that holds all stops is that of the map', () => {
  for (const [rows, expected] of [
    [[], null],
    [[row(1, 2, 3, 4)], 1],
    [[row(1, 2, 3, 4), row(1, 2, 3, 4)], 1],
    [[row(1, 2, 3, 4), row(9, 2, 3, 4)], 2],
    [[row(null, null, 3, 4), row(null, null, 3, 4)], 3],
    [[row(1, 2, 3, 4), row(1, 2, null, 4)], 1],
    [[row(1, 2, 3, 4), row(8, 8, 8, 4)], 4],
    [[row(1, 2, 3, 4), row(8, 8, 8, 8)], null],
  ] as const)
    assert.equal(commonTerritory(rows), expected, JSON.stringify(rows))
})
