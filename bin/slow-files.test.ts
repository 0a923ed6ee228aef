import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slowFiles } from './slow-files.ts'

const none: ReadonlySet<string> = new Set()
const run = (...slow: readonly (readonly [string, number])[]) =>
  new Map([...Array.from({ length: 100 }, (_, n) => [`server/${n}.test.ts`, 20_000] as const), ...slow])

test('a file beyond its part of the run says why, and far beyond it the run is red', () => {
  assert.deepEqual(slowFiles(run(), none, {}), { said: [], fails: false })
  const beyond = slowFiles(run(['e2e/a.test.ts', 50_000]), none, {})
  assert.deepEqual(beyond.said, ['⚠ e2e/a.test.ts took 50 s: quicker, split, or its reason told'])
  assert.equal(beyond.fails, false, 'told, since a busy moment may do it')
  assert.equal(slowFiles(run(['e2e/a.test.ts', 120_000]), none, {}).fails, true)
  assert.deepEqual(slowFiles(run(['e2e/a.test.ts', 120_000]), none, { 'e2e/a.test.ts': 'a whole life' }).said, [])
})

test('a slow machine slows them all, and no file is beyond its part for that', () => {
  const slowed = new Map([...run(['e2e/a.test.ts', 30_000])].map(([file, ms]) => [file, ms * 5]))
  assert.deepEqual(slowFiles(slowed, none, {}), { said: [], fails: false })
})

test('a file that failed beside the others, then passed, waited: its time is no fault of its own', () => {
  const waited = run(['e2e/a.test.ts', 167_000])
  assert.equal(slowFiles(waited, none, {}).fails, true)
  assert.deepEqual(slowFiles(waited, new Set(['e2e/a.test.ts']), {}), { said: [], fails: false })
})

test('a reason that no file needs any more is a fault', () => {
  assert.equal(slowFiles(run(), none, { 'e2e/gone.test.ts': 'it was long' }).fails, true)
})
