import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leftCsv } from './left-csv.ts'
import type { Row } from './words.ts'

const row = { line: 12, name: 'Garage', siret: null, address: 'Léognan', because: null } as Row

test('CAM-10: the list of what was left out is a table for a French spreadsheet, blank where nothing was written', () => {
  assert.equal(
    leftCsv([row]),
    '\ufeff"Ligne du fichier";"Nom";"SIRET écrit";"Adresse";"Raison"\r\n"12";"Garage";"";"Léognan";""\r\n',
  )
})
test('SEC-6, CAM-10: of a file that someone else made, no cell runs in the spreadsheet that opens the list', () => {
  for (const name of ['=1+1', ' =1+1', '\u200b=1', '|calc', '＝1', '%0a=1'])
    assert.ok(leftCsv([{ ...row, name }]).includes(`"12";"'${name}"`), JSON.stringify(name))
})
