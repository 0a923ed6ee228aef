import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { type Draft, type DraftContent, draftKeeper, type Keeping } from './draft-keeper.ts'

/** A service whose savings end when the test says so. */
const scene = async () => {
  const saved: DraftContent[] = []
  const told: Keeping[] = []
  const ends: (() => void)[] = []
  let discarded = 0
  const keeper = draftKeeper(
    {
      read: async () => null,
      save: (content, seen) =>
        new Promise(resolve => {
          saved.push(content)
          ends.push(() =>
            resolve({
              kind: 'exchange',
              subject: '1',
              content,
              version: seen + 1,
              startedAt: '',
              savedAt: 'now',
              place: 'here',
              device: '',
            } as Draft),
          )
        }),
      discard: async () => {
        discarded++
      },
    },
    keeping => told.push(keeping),
  )
  await keeper.open()
  return {
    keeper,
    saved,
    told,
    end: async () => {
      ends.shift()?.()
      await settled()
    },
    discarded: () => discarded,
  }
}
const settled = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
}

test('UX-3: typing without a pause is written within two seconds, one writing at a time, the last word included', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const { keeper, saved, end } = await scene()
  for (let letter = 1; letter <= 20; letter++) {
    keeper.want({ notes: 'a'.repeat(letter) })
    mock.timers.tick(100)
  }
  assert.deepEqual(
    saved,
    [{ notes: 'a'.repeat(10) }],
    'at the first second; the answer has not come, nothing else goes',
  )
  await end()
  mock.timers.tick(1000)
  assert.deepEqual(saved.at(-1), { notes: 'a'.repeat(20) })
  await end()
  assert.equal(keeper.kept(), true)
  mock.timers.reset()
})

test('UX-3: recording waits for the writing under way, and nothing typed just before brings the draft back', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const { keeper, saved, end, discarded } = await scene()
  keeper.want({ notes: 'a' })
  mock.timers.tick(1000)
  keeper.want({ notes: 'ab' })
  let held = false
  const holding = keeper.hold().then(() => {
    held = true
  })
  await settled()
  assert.equal(held, false)
  await end()
  await holding
  mock.timers.tick(60_000)
  keeper.recorded()
  keeper.want({ notes: 'abc' })
  mock.timers.tick(60_000)
  assert.deepEqual([saved.length, discarded()], [1, 0])
  mock.timers.reset()
})

test('UX-3: a draft written while a recording is in doubt goes away once it is recorded', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const { keeper, end, discarded } = await scene()
  await keeper.hold()
  keeper.release()
  keeper.want({ notes: 'a' })
  mock.timers.tick(1000)
  await end()
  await keeper.hold()
  keeper.recorded()
  assert.equal(discarded(), 1)
  mock.timers.reset()
})
