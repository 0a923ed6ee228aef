import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wholeDepth } from '../../testing/depth.ts'
import { advance, fileWorld, insertMany, open, post, tried, undone } from './testing.ts'

/** As many as one file holds, in the deep run; enough parts to see that each costs as much as the first. */
const most = wholeDepth ? 20_000 : 1_500
const named = wholeDepth ? 2_000 : 200
const world = fileWorld()

const timed = async <T>(what: string, work: () => Promise<T>) => {
  const start = performance.now()
  const answer = await work()
  console.log(`${what}: ${Math.round(performance.now() - start)} ms`)
  return answer
}

test('CAM-10: thousands of rows are recognised, tried, imported and undone, in parts', async () => {
  const { house, claire } = world
  const sirets = await insertMany(house, most)
  const rowOf = (i: number) => ({
    familyName: `Contact${i}`,
    givenName: 'Léa',
    role: 'Gérante',
    phone: `05561${10_000 + i}`,
    email: `contact${i}@essai.example`,
    day: '2026-03-02',
    channel: 'telephone',
    result: 'pas-de-besoin',
    notes: 'Rappeler en juin.',
  })
  const id = await timed(`sending ${most} by SIRET`, () =>
    open(
      house,
      claire,
      sirets.map((siret, i) => ({ siret, ...rowOf(i) })),
    ),
  )
  const trial = await timed('the trial', () => tried(house, claire, id))
  assert.deepEqual([trial.people.added, trial.contacts.added, trial.left], [most, most, []])
  await post(house, claire, `/${id}/confirm`)
  const done = await timed('the import', () => advance(house, claire, id))
  assert.deepEqual([done.state, done.people.added, done.contacts.added], ['done', most, most])
  const gone = await timed('undoing', () => undone(house, claire, id))
  assert.deepEqual([gone.people.removed, gone.contacts.removed], [most, most])

  const byName = await timed(`sending ${named} by name and town`, () =>
    open(
      house,
      claire,
      sirets.slice(0, named).map((_, i) => ({ name: `Atelier Numéro ${i + 1}`, town: 'Libourne', ...rowOf(i) })),
    ),
  )
  const read = await house.call(claire, 'GET', `/employer-files/${byName}`)
  assert.equal(read.body.recognised.name, named)
})
