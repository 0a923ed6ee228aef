import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { actions } from '../server/actions.ts'
import { type House, openHouse } from '../server/testing/house.ts'
import { layWorld, measure } from './buffers.ts'
import type { Scenario } from './search-scenarios.ts'

/** A figure that rises is written anew with the reason of its rise. */
const kept: Record<string, { readonly buffers: number; readonly reason?: string }> = JSON.parse(
  readFileSync(new URL('buffers.json', import.meta.url), 'utf8'),
)

let house: House
let scenarios: Scenario[]
before(async () => {
  house = await openHouse(actions, { clock: () => new Date('2026-11-25T11:00:00Z') })
  scenarios = await layWorld(house)
})
after(() => house.close())

test('POR-5, UX-2: each hot statement of a small world touches at most a fifth more buffers than the table keeps', async () => {
  const above: string[] = []
  for (const scenario of scenarios) {
    const { buffers, plan } = await measure(house, scenario)
    const allowed = kept[scenario.name]?.buffers ?? 0
    if (buffers > allowed * 1.2)
      above.push(`${scenario.name}: ${buffers} buffers, ${allowed} kept in bench/buffers.json. The dearest: ${plan}`)
  }
  assert.equal(above.join('\n\n'), '')
  assert.deepEqual(scenarios.map(({ name }) => name).toSorted(), Object.keys(kept).toSorted(), 'each is in the table')
})
