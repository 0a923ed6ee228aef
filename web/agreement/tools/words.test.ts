import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as contract from '../../../contract/index.ts'
import { profiles, type Route, tools } from '../../../contract/route.ts'
import { isToCome, opens } from './words.ts'

const routes = Object.values(contract).flatMap(room =>
  Object.values(room as Record<string, unknown>).filter(
    (one): one is Route => typeof one === 'object' && one !== null && 'needs' in one && 'path' in one,
  ),
)

test('POR-2, ACC-7: a tool that no operation asks for is said to be to come, and its profiles to open nothing yet', () => {
  assert.ok(routes.length > 100)
  for (const tool of tools) {
    const opened = routes.some(({ needs }) => needs.startsWith(`${tool}:`))
    assert.equal(isToCome(tool), !opened, tool)
    for (const profile of profiles)
      assert.equal(opens[tool][profile] === 'Rien encore : aucune page de ce service ne l’ouvre.', !opened, tool)
  }
})
