import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSiretFile, readSiretText, type SiretFile } from './siret-file.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const windows = (text: string) =>
  Uint8Array.from([...text].map(char => (char === '’' ? 0x92 : char === '€' ? 0x80 : char.charCodeAt(0))))
const read = (bytes: Uint8Array) => {
  const file = readSiretText(bytes)
  assert.equal(typeof file, 'object', String(file))
  return file as SiretFile
}

test('CAM-2: a spreadsheet in Windows-1252 with semicolons: the column of SIRETs is found by what it holds, whatever its heading', () => {
  const file = read(
    windows('Raison sociale;Numéro;Ville\r\nL’Épi doré;900 000 001 00011;Léognan\r\nSCIERIE;90000000200011;Cestas\r\n'),
  )
  assert.deepEqual(file, {
    lines: ['', '90000000100011', '90000000200011'],
    encoding: 'Windows-1252',
    separator: ';',
    column: 2,
    heading: 'Numéro',
    shortened: false,
  })
})
test('CAM-2: UTF-8 with its mark, commas, quotes that hold commas and line ends', () => {
  const file = read(
    utf8('\ufeff"nom","siret"\n"Dupont, père\net fils","90000000100011"\n"Dit ""le Grand""","900.000.002.00011"\n'),
  )
  assert.deepEqual(
    [file.lines, file.encoding, file.separator, file.column, file.heading],
    [['', '90000000100011', '90000000200011'], 'UTF-8', ',', 2, 'siret'],
  )
})
test('CAM-2: a text without separator or heading, one a line, blank lines kept so that the lines keep their numbers', () => {
  const file = read(utf8('90000000100011\n\n900 000 002 00011\nà vérifier'))
  assert.deepEqual(
    [file.lines, file.separator, file.heading],
    [['90000000100011', '', '90000000200011', 'à vérifier'], undefined, undefined],
  )
})
test('CAM-2: tabulations, in the UTF-16 that Excel calls Unicode text', () => {
  const text = 'siret\tville\r\n90000000100011\tCestas\r\n'
  const file = read(
    Uint8Array.from([0xff, 0xfe, ...[...text].flatMap(char => [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8])]),
  )
  assert.deepEqual([file.lines, file.encoding, file.separator], [['', '90000000100011'], 'UTF-16', '\t'])
})
test('CAM-2: the SIREN beside is not taken for the SIRET; zeros a spreadsheet dropped are put back', () => {
  const file = read(utf8('siren;siret\n000000018;1800015\n005520135;552013500024\n005520135;00552013500032'))
  assert.deepEqual([file.column, file.lines], [2, ['', '1800015', '00552013500024', '00552013500032']])
})
test('CAM-2: numbers shortened by the spreadsheet are told: their digits are lost', () => {
  const file = read(utf8('siret;nom\n9,00000001E+13;A\n90000000200011;B'))
  assert.deepEqual([file.shortened, file.lines], [true, ['', '9,00000001E+13', '90000000200011']])
})
for (const [why, bytes, said] of [
  ['a broken workbook', Uint8Array.from([0x50, 0x4b, 3, 4]), 'broken'],
  ['a workbook of before 2007', Uint8Array.from([0xd0, 0xcf, 1, 2]), 'old-workbook'],
  ['nothing', utf8(' \n '), 'empty'],
  ['no SIRET', utf8('nom;ville\nA;B'), 'no-siret'],
] as const)
  test(`CAM-2: a file with ${why} is refused in words`, async () =>
    assert.equal(await readSiretFile(new Blob([bytes])), said))
test('CAM-2: fifty thousand lines are read in a moment, not one by one', () => {
  const file = read(
    utf8(`nom;siret\n${Array.from({ length: 50_000 }, (_, i) => `Société ${i};${90000000000000 + i}`).join('\n')}`),
  )
  assert.equal(file.lines.length, 50_001)
})
