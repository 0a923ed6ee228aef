import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planOf, type TestFile, toRunAgain } from './test-groups.ts'

const file = (name: string, text = "import { openHouse } from '../testing/house.ts'", lastMs = 1_000): TestFile => ({
  name,
  text,
  lastMs,
})
const many = Array.from({ length: 60 }, (_, n) => file(`server/a/${n}.test.ts`))

test('every file runs, and only once', () => {
  const files = [...many, file('server/a/rules.test.ts', ''), file('e2e/a.test.ts', ''), file('e2e/b.test.ts', '')]
  const { pure, groups } = planOf(files)
  assert.deepEqual([...pure, ...groups.flat()].sort(), files.map(f => f.name).sort())
})

test('what opens nothing shares one process; files with a database follow each other in fewer', () => {
  const { pure, groups } = planOf([...many, file('server/a/rules.test.ts', '')])
  assert.deepEqual(pure, ['server/a/rules.test.ts'])
  assert.ok(groups.length >= 10 && groups.length < 20, `${groups.length}`)
})

test('a file that changes the process, starts others, or a service beside no page, has a process of its own', () => {
  const own = [
    file('server/a/env.test.ts', "process.env.TZ = 'UTC'"),
    file('server/a/child.test.ts', "import { spawn } from 'node:child_process'"),
    file('server/a/worker.test.ts', "import { processStarter } from './testing/processes.ts'"),
    file('server/a/measures.test.ts', 'metrics.clear()'),
    file('server/a/time.test.ts', 'mock.timers.enable()'),
    file('server/a/service.test.ts', "import { launch } from '../testing/service.ts'; await start()"),
    file('e2e/clock.test.ts', "journeys('clock'); mock.timers.enable()"),
  ]
  const { groups } = planOf([...many, ...own])
  for (const { name } of own)
    assert.deepEqual(
      groups.find(group => group.includes(name)),
      [name],
    )
})

test('journeys follow each other in a few processes, one browser for each', () => {
  const journeys = Array.from({ length: 30 }, (_, n) => file(`e2e/${n}.test.ts`, `journeys('${n}')`))
  const { groups } = planOf([...many, ...journeys])
  const theirs = groups.filter(group => group.some(name => name.startsWith('e2e/')))
  assert.ok(theirs.length >= 4 && theirs.length <= 10, `${theirs.length}`)
  assert.deepEqual(theirs.flat().sort(), journeys.map(({ name }) => name).sort())
})

test('the longest begin first', () => {
  const { groups } = planOf([...many, file('e2e/long.test.ts', "journeys('long')", 90_000)])
  assert.deepEqual(groups[0], ['e2e/long.test.ts'])
})

for (const [named, run, again] of [
  ['one file that failed runs again', { failed: ['a'] }, ['a']],
  ['three do', { failed: ['a', 'b', 'c'] }, ['a', 'b', 'c']],
  ['four are no chance', { failed: ['a', 'b', 'c', 'd'] }, []],
  ['nor a process that died', { failed: ['a'], died: true }, []],
  ['nor a file that nobody heard of', { failed: ['a'], unheard: ['b'] }, []],
  ['nothing failed, nothing runs', {}, []],
] as const)
  test(`a second run: ${named}`, () => {
    const {
      failed = [],
      unheard = [],
      died = false,
    }: { failed?: readonly string[]; unheard?: readonly string[]; died?: boolean } = run
    const failures = new Map(failed.map(name => [name, []]))
    assert.deepEqual(toRunAgain({ failures, unheard: new Set(unheard), died: () => died }), again)
  })
