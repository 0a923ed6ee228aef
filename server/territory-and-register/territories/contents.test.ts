import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, openHouse } from '../../testing/house.ts'
import { layTerritories, places } from '../../work-with-employers/campaigns/testing-world.ts'
import { refreshContents } from './clpe-editions.queries.ts'

let house: House
const { aquitaine, occitanie, gironde, landes, graves, straddling, coeur, across } = places
const within = async (inner: number, outer: number) =>
  (await house.owner.query('select ctx.lies_within($1, array[$2::int]) as lies', [inner, outer])).rows[0].lies
before(async () => {
  house = await openHouse([])
  await layTerritories(house.owner)
})
after(() => house.close())

test('ACC-15: a territory lies within another when all its communes do; one that straddles two lies in neither, and in the region of both', async () => {
  assert.deepEqual(
    [
      await within(graves, gironde),
      await within(coeur, aquitaine),
      await within(gironde, aquitaine),
      await within(straddling, aquitaine),
      await within(across, aquitaine),
    ],
    [true, true, true, true, true],
  )
  assert.deepEqual(
    [
      await within(straddling, gironde),
      await within(straddling, landes),
      await within(gironde, graves),
      await within(aquitaine, gironde),
      await within(graves, occitanie),
      await within(0, aquitaine),
    ],
    [false, false, false, false, false, false],
  )
  assert.deepEqual([await within(gironde, gironde), await within(0, 0), await within(occitanie, 0)], [true, true, true])
})
test('ACC-15: a commune that moves takes its territories with it at the next edition', async () => {
  await house.owner.query('update communes set epci_id = $1 where code = $2', [graves, '40001'])
  await refreshContents(house.owner)
  assert.deepEqual([await within(graves, gironde), await within(straddling, gironde)], [false, true])
})
