import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Failure, flakyRows, hearTests, type Told, toldOf } from './failures.ts'

const said: string[] = []
const group = '/run/first-0.test.mjs'
const listener = () =>
  hearTests('/project', new Map([[group, ['bin/a.test.ts', 'bin/b.test.ts']]]), line => said.push(line))
const told = (name: string, error?: unknown, rest: Partial<Told> = {}): Told => ({
  name,
  nesting: 1,
  entryFile: group,
  file: '/project/bin/a.test.ts',
  line: 7,
  ...rest,
  details: {
    duration_ms: 1_500,
    type: rest.nesting === 0 ? 'suite' : 'test',
    error: error === undefined ? undefined : { failureType: 'testCodeFailure', cause: error, message: 'Error: x' },
  },
})
const ofSuite = (name: string, failureType?: string): Told => {
  const suite = told(name, undefined, { nesting: 0 })
  return failureType === undefined
    ? suite
    : { ...suite, details: { ...suite.details, error: { failureType, message: '1 subtest failed' } } }
}
const wrong = Object.assign(new Error('one\n\ntwo\n3\n4\n5\n6\n7'), {
  stack: 'Error: one\n    at x (node:internal/a:1:2)\n    at file:///project/server/platform/action.ts:31:4',
})

describe('what a run says of its tests', () => {
  test('a failure is said as it comes; its file keeps name, place, six lines, the first place of ours', () => {
    said.length = 0
    const { hear, failures, unheard } = listener()
    hear(told('it holds'))
    hear(told('it breaks', wrong))
    assert.equal(said.length, 1, 'before its file ends')
    assert.match(said[0]!, /^✖ it breaks \(1\.5 s\)\n {2}bin\/a\.test\.ts:7\n/)
    hear(ofSuite('bin/a.test.ts', 'subtestsFailed'))
    hear(ofSuite('bin/b.test.ts'))
    assert.deepEqual([unheard.size, [...failures.keys()]], [0, ['bin/a.test.ts']])
    assert.equal(
      toldOf('✖', failures).join('\n'),
      '✖ it breaks\n  bin/a.test.ts:7\n    one\n    two\n    3\n    4\n    5\n    6\n    at server/platform/action.ts:31',
    )
    assert.equal(said[1], '✖ bin/a.test.ts (1.5 s)\n  ✔ it holds (1.5 s)')
  })

  test('a hook that failed is the failure of its file, and what it cancelled is counted', () => {
    const { hear, failures } = listener()
    for (const name of 'abcdef') hear(told(name, new Error('cancelled')))
    hear(ofSuite('bin/a.test.ts', 'hookFailed'))
    assert.equal(failures.get('bin/a.test.ts')!.length, 7)
    assert.equal(toldOf('✖', failures).at(-1), '  … and 2 more of bin/a.test.ts')
  })

  test('a process that ends by itself is said, with the file it was at', () => {
    const { hear, failures, unheard, died } = listener()
    hear(ofSuite('bin/a.test.ts'))
    hear({ ...told(group, new Error('test failed')), nesting: 0, entryFile: undefined })
    assert.deepEqual([died(), [...failures.keys()], [...unheard]], [true, ['bin/b.test.ts'], ['bin/b.test.ts']])
  })

  test('a row for the table of flaky tests: the day, the file, the test, the error, the load', () => {
    const failure: Failure = { name: 'a | b', at: 'e2e/x.test.ts:9', said: 'timeout\nat e2e/x.ts:1', load: 12.4 }
    assert.deepEqual(flakyRows(new Map([['e2e/x.test.ts', [failure]]]), '2026-12-01'), [
      '| 2026-12-01 | e2e/x.test.ts | a \\| b | timeout | 12.4 |',
    ])
  })
})
