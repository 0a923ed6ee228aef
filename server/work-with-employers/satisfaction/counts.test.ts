import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { openWorld, type SatisfactionWorld } from './testing.ts'

let world: SatisfactionWorld
let { house, people, post, asked } = {} as SatisfactionWorld
before(async () => {
  world = await openWorld()
  ;({ house, people, post, asked } = world)
})
after(() => world.close())
beforeEach(async () => {
  // Too long ago to be asked about again.
  await house.owner.query(`update needs set closed_at = closed_at - interval '60 days' where closed_at is not null`)
  await house.owner.query('delete from need_surveys')
})

const said = async (rating: string, over: Parameters<typeof asked>[1] = {}) => {
  const { id, token } = await asked(`${rating}-${Math.random()}@essai.example`, over)
  await post('/avis/reponse', { token, rating })
  return id
}
/** What the pilot is told: how many answers, and of each sort. */
const told = async () =>
  (await house.call(people.pilot, 'GET', '/satisfaction')).body.items.map((item: any) => [item.answered, item.ratings])

test('IND-7: what each answer says is told from five answers on that one does not read: not by taking away those that one reads', async () => {
  for (const rating of ['plutot', 'plutot', 'tout-a-fait', 'tout-a-fait']) await said(rating, { taker: people.zoe })
  assert.deepEqual(await told(), [[4, [0, 0, 2, 2]]], 'the structure of who pilots took them: they read each')
  await said('pas-du-tout')
  assert.deepEqual(await told(), [[5, null]], 'the fifth would be told by what is left')
  for (const rating of ['plutot', 'plutot-pas', 'plutot']) await said(rating)
  assert.deepEqual(await told(), [[8, null]])
  await said('plutot')
  assert.deepEqual(await told(), [[9, [1, 1, 5, 2]]])
})

test('IND-7: the answer about a need that nobody had taken is not told to who pilots, beside those that they read', async () => {
  await said('tout-a-fait', { taker: people.zoe })
  const id = await said('pas-du-tout')
  await house.owner.query(
    `update needs set state = 'abandonne', taken_by = null, taken_by_organisation = null, taken_at = null where id = $1`,
    [id],
  )
  assert.deepEqual(await told(), [[2, null]])
})
