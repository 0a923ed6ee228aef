import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as contract from '../../../contract/index.ts'
import { profiles, type Route, tools } from '../../../contract/route.ts'
import { opens } from './words.ts'

const routes = Object.values(contract).flatMap(room =>
  Object.values(room as Record<string, unknown>).filter(
    (one): one is Route => typeof one === 'object' && one !== null && 'needs' in one && 'path' in one,
  ),
)

test('POR-2, ACC-7: each tool is asked for by an operation, and its profiles say what they open', () => {
  assert.ok(routes.length > 100)
  for (const tool of tools) {
    assert.ok(
      routes.some(({ needs }) => needs.startsWith(`${tool}:`)),
      tool,
    )
    for (const profile of profiles) assert.doesNotMatch(opens[tool][profile], /^Rien/, tool)
  }
})
