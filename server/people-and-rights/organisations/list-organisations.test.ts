import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse } from '../../testing/house.ts'
import { organisations } from './index.ts'

test('API-1: partners are found by words of their name, page by page', async () => {
  const house = await openHouse(organisations)
  try {
    for (const name of ['Mission locale des Graves', 'PLIE Portes du Sud', 'Mission locale de l’Été'])
      await house.organisation({ name })
    const viewer = await house.person((await house.organisation({ name: 'CC Jalle-Eau-Bourde' })).id)
    const names = async (query: string) =>
      (await house.call(viewer, 'GET', `/organisations${query}`)).body.items.map((o: { name: string }) => o.name)
    assert.deepEqual(await names(''), [
      'CC Jalle-Eau-Bourde',
      'Mission locale de l’Été',
      'Mission locale des Graves',
      'PLIE Portes du Sud',
    ])
    assert.deepEqual(await names('?q=locale+de+l+%C3%A9te'), ['Mission locale de l’Été'])
    const first = (await house.call(viewer, 'GET', '/organisations?limit=3&total=true')).body
    assert.deepEqual([first.total, await names(`?after=${first.next}`)], [4, ['PLIE Portes du Sud']])
    assert.equal((await house.call(null, 'GET', '/organisations')).status, 401)
  } finally {
    await house.close()
  }
})
