import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsOf, pageOf, proofsOf, requirementsIn } from './requirements.ts'
import { idsIn, titlesOf } from './titles.ts'

// « #{ » stands for what opens a part of a template.
for (const [what, source, titles] of [
  ['written out', 'test("REQ-1: it does", () => {})', ['REQ-1: it does']],
  [
    'a part that changes with the case',
    'for (const [why] of [["REQ-8"]]) test(`REQ-1: #{count} ways`, f)',
    ['REQ-1: … ways'],
  ],
  [
    'an id that changes with the case',
    'for (const [id, why] of [["REQ-1", "one"], ["REQ-2", "two"]] as const) test(`#{id}: #{why}`, f)',
    ['REQ-1: one', 'REQ-2: two'],
  ],
  [
    'a list with a name',
    'const cases: X[] = [["REQ-1: cut", 1]]\nfor (const [cause] of cases) test(`#{cause}: at once`, f)',
    ['REQ-1: cut: at once'],
  ],
  [
    'a helper',
    'const table = <T>(title: string, rows: T[]) => test(title, () => {})\ntable("REQ-1: a table", [])',
    ['REQ-1: a table'],
  ],
  [
    'a helper that completes it',
    'function table(title: string) { test(`REQ-1: #{title}`, f) }\ntable("days")',
    ['REQ-1: …'],
  ],
  [
    'a helper of a helper',
    'const a = (t: string) => test(t, f)\nconst b = (t: string) => a(t)\nb("REQ-1: far")',
    ['REQ-1: far'],
  ],
  [
    'the step of a story',
    'const told = storyOf(f)\nconst step = (name: string, act: F) => told(name, () => act())\nstep("REQ-1: first", f)',
    ['REQ-1: first'],
  ],
  ['within a suite', 'describe("all", () => { test("REQ-1: in it", f) })', ['REQ-1: in it']],
  ['what only looks like one', 'assert.ok(x, "REQ-1: why")\nconst s = "test(\'REQ-2: no\')" // test("REQ-3: no")', []],
] as const)
  test(`a title is read: ${what}`, () => assert.deepEqual(titlesOf(source.replaceAll('#{', '${')), titles))

test('a title names the ids it holds, those between two, and no encoding', () => {
  assert.deepEqual(idsIn('REQ-2 to REQ-4, SEC-1: a table in UTF-8'), ['REQ-2', 'REQ-3', 'REQ-4', 'SEC-1'])
})

const page = (...rows: string[]) => requirementsIn(rows.map(row => `| ${row} |`).join('\n'))
const proofs = proofsOf([
  ['e2e/a.test.ts', 'journeys("a")\ntest("REQ-1: whole", f)'],
  ['e2e/b.test.ts', 'test("REQ-1: screens", f)'],
  ['server/c.test.ts', 'test("REQ-2: begun", f)'],
])
const honest = page(
  'REQ-1 | 1 | Do | whole | ',
  'REQ-2 | 1 | Do more | begun | the rest',
  'REQ-3 | + | Do all | not yet | all',
)
test('an honest page has no fault, and each way to lie is one', () => {
  assert.deepEqual(faultsOf(honest, proofs, ['REQ-1', 'REQ-2', 'REQ-3']), [])
  assert.deepEqual(faultsOf(honest, proofs, undefined), [], 'a clone has not the list')
  for (const [rows, listed, said] of [
    [['REQ-1 | 1 | Do | whole | '], undefined, /REQ-2 n’est pas une exigence/],
    [['REQ-1 | 1 | Do | whole | ', 'REQ-2 | 1 | Do | begun | '], undefined, /REQ-2 est dit « begun » : il faut écrire/],
    [
      ['REQ-1 | 1 | Do | whole | a part', 'REQ-2 | 1 | Do | whole | '],
      undefined,
      /REQ-1 est dit « whole » : il n’y manque/,
    ],
    [
      ['REQ-1 | 1 | Do | not yet | all', 'REQ-2 | 1 | Do | whole | '],
      undefined,
      /REQ-1 est dit « not yet » et des tests/,
    ],
    [
      ['REQ-1 | 1 | Do | whole | ', 'REQ-2 | 1 | Do | whole | ', 'REQ-3 | 1 | Do | whole | '],
      undefined,
      /REQ-3 est dit « whole » et aucun test/,
    ],
    [['REQ-1 | 1 | Do | done | ', 'REQ-2 | 1 | Do | whole | '], undefined, /« done » n’est ni/],
    [
      ['REQ-1 | 1 | Do | whole | ', 'REQ-1 | 1 | Do | whole | ', 'REQ-2 | 1 | Do | whole | '],
      undefined,
      /REQ-1 y est deux fois/,
    ],
    [['REQ-1 | 1 | Do | whole | ', 'REQ-2 | 1 | Do | whole | '], ['REQ-1', 'REQ-2', 'REQ-9'], /REQ-9 manque/],
    [['REQ-1 | 1 | Do | whole | ', 'REQ-2 | 1 | Do | whole | '], ['REQ-1'], /REQ-2 n’est pas dans la liste/],
  ] as const)
    assert.match(faultsOf(page(...rows), proofs, listed).join('\n'), said)
})

test('the page of proofs is one line a test, and tells the real service from the screens', () => {
  assert.match(
    pageOf(honest, proofs),
    /## REQ-1\n\n- e2e\/a\.test\.ts \(real service\): REQ-1: whole\n- e2e\/b\.test\.ts \(screens only\): REQ-1: screens\n\n## REQ-2\n\n- server\/c\.test\.ts: REQ-2: begun\n$/,
  )
})
