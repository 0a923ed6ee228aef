import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCsv } from './small-csv.ts'

test('a small table is read by its columns, whatever its separator, quotes and line ends', () => {
  assert.deepEqual(readCsv('\uFEFFNom ;Âge\r\n"Du;pont ";3\r\n\r\n\n" ""x"" "\n'), [
    { Nom: 'Du;pont', Âge: '3' },
    { Nom: '"x"', Âge: '' },
  ])
  assert.deepEqual([readCsv(''), readCsv('a,b'), readCsv('a\tb\n1\t2')], [[], [], [{ a: '1', b: '2' }]])
})

test('REL-4: past the most it may hold it is read no further, and is seen to be too long; blank lines count for none', () => {
  const lines = (n: number) => `a\n${'\n'.repeat(50)}${'1\n\n'.repeat(n)}`
  assert.deepEqual(
    [2, 3, 4, 9].map(n => readCsv(lines(n), 3).length),
    [2, 3, 4, 4],
  )
  assert.equal(readCsv(`a\n${'1\n'.repeat(3)}2`, 3).length, 4)
})

test('REL-4: reading a table takes a time in proportion to its text, whatever its columns and lines', () => {
  const size = 1_500_000
  const half = size / 2
  for (const [what, text] of [
    ['columns by lines', `${';'.repeat(half)}\n${'x\n'.repeat(half / 2)}`],
    ['lines', '\n'.repeat(size)],
    ['columns', ';'.repeat(size)],
    ['quotes', '"'.repeat(size)],
    ['blanks', `a${' '.repeat(half)}b;${' \r'.repeat(half / 2)}`],
    ['columns of each line', `a;b\n${`${';'.repeat(1000)}\n`.repeat(size / 1001)}`],
  ] as const) {
    const { user, system } = process.cpuUsage()
    readCsv(text, 5000)
    const used = process.cpuUsage({ user, system })
    assert.ok((used.user + used.system) / 1000 < 2000, `${what}: ${(used.user + used.system) / 1000} ms`)
  }
})
