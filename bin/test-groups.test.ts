import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { planOf, type TestFile, toRunAgain, writeGroup } from './test-groups.ts'

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

test('each file of a group is read only once midnight is far enough for it', t => {
  const root = mkdtempSync(join(tmpdir(), 'group-'))
  t.after(() => rmSync(root, { recursive: true }))
  mkdirSync(join(root, 'bin'))
  writeFileSync(
    join(root, 'bin/midnight.ts'),
    `export const clearOfMidnight = async ms => {
  await new Promise(setImmediate)
  console.log('clear', ms)
}`,
  )
  for (const name of ['a', 'b'])
    writeFileSync(
      join(root, `${name}.test.ts`),
      `import { test } from 'node:test'
console.log('read ${name}')
test('${name}', () => {})`,
    )
  const group = writeGroup(root, join(root, 'group.ts'), [file('a.test.ts', '', 2_000), file('b.test.ts', '', 1_000)])
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const { status, stdout } = spawnSync(process.execPath, [group], { env, encoding: 'utf8' })
  assert.equal(status, 0, stdout)
  assert.deepEqual(stdout.match(/^(?:clear|read) .*$/gm), ['clear 2000', 'read a', 'clear 1000', 'read b'])
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
