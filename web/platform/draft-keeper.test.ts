import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { type Draft, type DraftContent, draftKeeper, type Keeping } from './draft-keeper.ts'
import { ApiProblem, offline } from './problem.ts'

const aDraft = (content: DraftContent, version: number): Draft => ({
  kind: 'exchange',
  subject: '1',
  content,
  version,
  startedAt: '',
  savedAt: 'now',
  place: 'here',
  device: '',
  form: null,
  sendKey: null,
})
/** A service whose savings end, or fail, when the test says so; `there`: the draft it holds. */
const scene = async (there: Draft | null = null, typed: DraftContent | null = null) => {
  const saved: DraftContent[] = []
  const over: number[] = []
  const told: Keeping[] = []
  const ends: ((problem?: ApiProblem) => void)[] = []
  let discarded = 0
  const keeper = draftKeeper(
    {
      read: async () => there,
      save: (content, seen) =>
        new Promise((resolve, reject) => {
          saved.push(content)
          over.push(seen)
          ends.push(problem => (problem ? reject(problem) : resolve(aDraft(content, seen + 1))))
        }),
      discard: async () => {
        discarded++
      },
    },
    keeping => told.push(keeping),
  )
  const opening = keeper.open()
  if (typed) keeper.want(typed)
  const opened = await opening
  return {
    keeper,
    opened,
    saved,
    /** The version that each saving wrote over. */
    over,
    told,
    end: async (problem?: ApiProblem) => {
      ends.shift()?.(problem)
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

test('UX-3: a form that stays after it was sent keeps what is typed next as another draft', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const { keeper, saved, over, end } = await scene()
  keeper.want({ notes: 'a' })
  mock.timers.tick(1000)
  await end()
  await keeper.hold()
  keeper.recorded()
  keeper.want({ notes: 'b' })
  mock.timers.tick(5000)
  assert.equal(saved.length, 1, 'sent: nothing is written any more')
  keeper.restart()
  keeper.want({ notes: 'c' })
  mock.timers.tick(1000)
  assert.deepEqual(saved.at(-1), { notes: 'c' })
  assert.deepEqual(over, [0, 1], 'over the last version read')
  await end()
  mock.timers.reset()
})

test('UX-3: newer words of another session are written over only once the person has chosen', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const { keeper, saved, over, told, end } = await scene()
  keeper.want({ notes: 'a' })
  mock.timers.tick(1000)
  const theirs = aDraft({ notes: 'eux' }, 7)
  await end(new ApiProblem('draft/newer-elsewhere', 409, { current: theirs }))
  assert.deepEqual(told.at(-1), { kind: 'elsewhere', draft: theirs })
  keeper.want({ notes: 'ab' })
  mock.timers.tick(60_000)
  assert.equal(saved.length, 1)
  keeper.settle(theirs, null)
  mock.timers.tick(1000)
  assert.deepEqual([saved.at(-1), over.at(-1)], [{ notes: 'ab' }, 7])
  await end()
  mock.timers.reset()
})

test('UX-3: one’s own words, written while the answer was lost, are no other session’s: what was typed since follows', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const { keeper, saved, over, told, end } = await scene()
  keeper.want({ notes: 'a' })
  mock.timers.tick(1000)
  await end(new ApiProblem('network', 0, {}))
  keeper.want({ notes: 'ab' })
  mock.timers.tick(60_000)
  await end(new ApiProblem('draft/newer-elsewhere', 409, { current: aDraft({ notes: 'a' }, 1) }))
  assert.equal(told.at(-1)!.kind, 'saved')
  mock.timers.tick(1000)
  assert.deepEqual([saved.at(-1), over.at(-1)], [{ notes: 'ab' }, 1])
  await end()
  assert.ok(keeper.kept())
  mock.timers.reset()
})

test('UX-3: one’s own words are known as such, were later ones lost before they were written', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const { keeper, over, told, end } = await scene()
  keeper.want({ notes: 'a' })
  mock.timers.tick(1000)
  await end(offline())
  keeper.want({ notes: 'ab' })
  mock.timers.tick(60_000)
  await end(offline())
  mock.timers.tick(60_000)
  await end(new ApiProblem('draft/newer-elsewhere', 409, { current: aDraft({ notes: 'a' }, 1) }))
  assert.equal(told.at(-1)!.kind, 'saved')
  mock.timers.tick(1000)
  assert.equal(over.at(-1), 1)
  await end()
  assert.ok(keeper.kept())
  mock.timers.reset()
})

test('UX-3: what was typed before the draft was read is not lost in it, nor written over it: one chooses', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const there = aDraft({ notes: 'eux' }, 3)
  const { opened, saved, told } = await scene(there, { notes: 'moi' })
  mock.timers.tick(60_000)
  assert.deepEqual([opened, saved, told], [null, [], [{ kind: 'elsewhere', draft: there }]])
  mock.timers.reset()
})

test('UX-3: the same words as those that stand there leave nothing to choose, typed before they were read or sent over them', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const there = aDraft({ notes: 'les mêmes' }, 3)
  const { keeper, opened, saved, over, told, end } = await scene(there, { notes: 'les mêmes' })
  mock.timers.tick(60_000)
  assert.deepEqual([opened, saved, told], [null, [], [{ kind: 'saved', at: there.savedAt }]])
  keeper.want({ notes: 'autres' })
  mock.timers.tick(1000)
  assert.deepEqual(over, [3])
  await end(new ApiProblem('draft/newer-elsewhere', 409, { current: aDraft({ notes: 'autres' }, 4) }))
  assert.equal(told.at(-1)!.kind, 'saved')
  assert.ok(keeper.kept())
  mock.timers.reset()
})

test('UX-3: the last words are written when the form goes away', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const { keeper, saved, end } = await scene()
  keeper.want({ notes: 'a' })
  keeper.close()
  assert.deepEqual(saved, [{ notes: 'a' }])
  await end()
  mock.timers.reset()
})

test('UX-3: words that are refused are not sent again until they change', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const { keeper, saved, told, end } = await scene()
  keeper.want({ notes: 'a' })
  mock.timers.tick(1000)
  await end(new ApiProblem('draft/too-long', 422, {}))
  mock.timers.tick(60_000)
  assert.deepEqual([saved.length, told.at(-1)!.kind, keeper.kept()], [1, 'refused', false])
  keeper.want({ notes: '' })
  mock.timers.tick(60_000)
  assert.deepEqual(saved.at(-1), { notes: '' })
  await end()
  mock.timers.reset()
})

test('UX-3: a writing whose answer was lost may stand: once the form is sent, the draft is taken away', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const { keeper, told, end, discarded } = await scene()
  keeper.want({ notes: 'a' })
  mock.timers.tick(1000)
  await end(offline())
  assert.equal(told.at(-1)!.kind, 'away')
  await keeper.hold()
  keeper.recorded()
  assert.equal(discarded(), 1)
  mock.timers.reset()
})
