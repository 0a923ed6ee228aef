import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { allBut, forgetVersions, openCategories } from '../../testing/texts.ts'
import { advance, bakery, called, confirmed, fileWorld, garage, open, post, tried, undone } from './testing.ts'

const world = fileWorld()
afterEach(() => forgetVersions(world.house.owner))

const rows = [
  { siret: bakery, familyName: 'Faure', role: 'Gérante', phone: '05 56 12 34 56', ...called },
  { siret: garage, familyName: 'Roux', role: 'Chef' },
]
const close = () => openCategories(world.house.owner, allBut('interlocuteurs'))
const kept = async () =>
  (
    await world.house.owner.query(`select (select count(*)::int from correspondents) as people,
      (select count(*)::int from correspondent_values) as values,
      (select count(*)::int from exchanges) as exchanges`)
  ).rows[0]

test('AGR-12, EST-6: « interlocuteurs » closed after the trial, a file brings its contacts and nobody; open again, the same file brings them', async () => {
  const { house, claire } = world
  const id = await open(house, claire, rows)
  assert.deepEqual([(await tried(house, claire, id)).people.added], [2])
  await close()
  assert.equal((await post(house, claire, `/${id}/confirm`)).status, 200)
  const done = await advance(house, claire, id)
  assert.deepEqual(
    [done.state, done.people.added, done.people.closed, done.contacts.added],
    ['done', 0, 2, 1],
    JSON.stringify(done),
  )
  assert.deepEqual(await kept(), { people: 0, values: 0, exchanges: 1 })
  const trial = await tried(house, claire, await open(house, claire, rows))
  assert.deepEqual([trial.people.closed, trial.people.added], [2, 0], 'a trial says it before')
  await forgetVersions(house.owner)
  const again = await open(house, claire, rows)
  const all = await confirmed(house, claire, again)
  assert.deepEqual([all.people.added, all.people.closed, all.contacts.known], [2, 0, 1], JSON.stringify(all))
  assert.equal((await kept()).people, 2)
  await undone(house, claire, again)
  await undone(house, claire, id)
})

test('AGR-12, EST-6: a file done before « interlocuteurs » is closed is undone whole while it is', async () => {
  const { house, claire } = world
  const id = await open(house, claire, rows)
  await confirmed(house, claire, id)
  assert.deepEqual([(await kept()).people, (await kept()).exchanges], [2, 1])
  await close()
  const gone = await undone(house, claire, id)
  assert.deepEqual([gone.state, gone.people.removed, gone.contacts.removed], ['undone', 2, 1], JSON.stringify(gone))
  assert.deepEqual(await kept(), { people: 0, values: 0, exchanges: 0 })
})
