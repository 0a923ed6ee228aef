import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvToRead } from '../../contract/csv.ts'
import { rowsOf, spreadsheetText } from './spreadsheet.ts'

test('ACC-1: a text in Windows-1252 or UTF-8 is read in its characters; a workbook that is not read says so', async () => {
  const windows = Uint8Array.from([...'Prénom;Nom\nLéa;Ez'].map(char => char.charCodeAt(0)))
  assert.equal(await spreadsheetText(new Blob([windows])), 'Prénom;Nom\nLéa;Ez')
  assert.equal(await spreadsheetText(new Blob(['Prénom;Nom'])), 'Prénom;Nom')
  for (const bytes of [Uint8Array.of(0x50, 0x4b, 3, 4), Uint8Array.of(0xd0, 0xcf, 1, 2)])
    assert.equal(await spreadsheetText(new Blob([bytes])), undefined)
})
test('ACC-1: the cells of a workbook reach the service as they are, quotes, separators, line ends and formulas alike', () => {
  const rows = [
    ['Anomalie', 'Preuve'],
    ['=1+1', 'Dit "oui" ; puis\nnon'],
  ]
  assert.deepEqual(rowsOf(csvToRead(rows), ';'), rows)
})
