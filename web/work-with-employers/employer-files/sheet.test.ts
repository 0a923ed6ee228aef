import assert from 'node:assert/strict'
import { test } from 'node:test'
import { channelOf, civilityOf, dayOf, resultOf } from './cell-words.ts'
import { type Field, proposedFields, wrongFields } from './columns.ts'
import { noMeaning, rowsToSend, wordsIn } from './rows-to-send.ts'
import { headingsDigest, readCsv, readSheet, type Sheet, sheetOf } from './sheet.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const windows = (text: string) => Uint8Array.from([...text].map(char => (char === '’' ? 0x92 : char.charCodeAt(0))))
const sheet = (read: Sheet | string): Sheet => {
  assert.equal(typeof read, 'object', String(read))
  return read as Sheet
}

test('CAM-10: a French CSV is read with its separator and its characters guessed, and says how', () => {
  const one = sheet(
    readCsv(windows('Raison sociale;Téléphone;Date\r\nL’Épi doré;05 56 00 11 22;02/03/2026\r\n;;\r\nGarage;;\r\n')),
  )
  assert.deepEqual(one.headings, ['Raison sociale', 'Téléphone', 'Date'])
  assert.deepEqual(one.rows, [
    { line: 2, cells: ['L’Épi doré', '05 56 00 11 22', '02/03/2026'] },
    { line: 4, cells: ['Garage', '', ''] },
  ])
  assert.equal(one.how, 'séparé par des points-virgules, caractères Windows-1252')
  const two = sheet(readCsv(utf8('\ufeff"nom","ville"\n"Dupont, père","Cestas"\n')))
  assert.deepEqual(
    [two.rows[0]!.cells, two.how],
    [['Dupont, père', 'Cestas'], 'séparé par des virgules, caractères UTF-8'],
  )
  assert.match(sheet(readCsv(utf8('a\tb\nc\td'))).how, /tabulations/)
  assert.equal(readCsv(utf8('  \n ')), 'empty')
  assert.equal(readCsv(utf8('un\ndeux')), 'no-columns')
  assert.equal(readCsv(utf8('a;b')), 'empty')
})
test('CAM-10: an old workbook is said to be one, and a broken one is said broken', async () => {
  assert.equal(await readSheet(new Blob([Uint8Array.of(0xd0, 0xcf, 1, 2)])), 'old-workbook')
  assert.equal(await readSheet(new Blob([Uint8Array.of(0x50, 0x4b, 1, 2)])), 'broken')
  assert.equal(typeof (await readSheet(new Blob(['a;b\nc;d']))), 'object')
})
test('CAM-10: the same titles make the same digest, whatever the rows; others make another', async () => {
  assert.equal(await headingsDigest(['Nom', 'Ville']), await headingsDigest(['nom', 'VILLE']))
  assert.notEqual(await headingsDigest(['Nom', 'Ville']), await headingsDigest(['Ville', 'Nom']))
})

const propose = (...headings: string[]) => proposedFields(sheet(sheetOf([headings, headings.map(() => 'x')], '')))
test('CAM-10: columns are proposed from their titles, each field once', () => {
  for (const [headings, fields] of [
    [
      ['SIRET', 'Nom', 'Prénom', 'Tél.'],
      ['siret', 'familyName', 'givenName', 'phone'],
    ],
    [
      ['Raison sociale', 'Adresse', 'CP', 'Ville', 'Nom du contact', 'Adresse mail'],
      ['name', 'address', 'postalCode', 'town', 'familyName', 'email'],
    ],
    [
      ['Entreprise', 'Commune', 'Civilité', 'Interlocuteur', 'Fonction', 'Portable'],
      ['name', 'town', 'civility', 'familyName', 'role', 'otherPhone'],
    ],
    [
      ['N° SIRET', 'Date du contact', 'Type de contact', 'Résultat', 'Commentaires', 'Code NAF'],
      ['siret', 'day', 'channel', 'result', 'notes', null],
    ],
  ] as const)
    assert.deepEqual(propose(...headings), fields, headings.join())
  const unnamed = sheet(
    sheetOf(
      [
        ['A', 'B', 'C'],
        ['732 829 320 00074', 'a@b.fr', 'x'],
      ],
      '',
    ),
  )
  assert.deepEqual(proposedFields(unnamed), ['siret', 'email', null])
})
test('CAM-10: columns that import nothing, or say one thing twice, are refused with what is missing', () => {
  for (const [fields, wrong] of [
    [['siret', 'familyName'], undefined],
    [['name', 'town', 'day'], undefined],
    [['siret', 'notes'], undefined],
    [['name', 'familyName'], /SIRET/],
    [['siret', 'name'], /interlocuteur/],
    [['siret', 'phone', 'phone'], /Deux colonnes/],
  ] as const) {
    const said = wrongFields(fields)
    if (wrong === undefined) assert.equal(said, undefined)
    else assert.match(said!, wrong)
  }
})

test('CAM-10: dates, channels, results and civilities are read as people write them', () => {
  for (const [cell, day] of [
    ['02/03/2026', '2026-03-02'],
    ['2.3.26', '2026-03-02'],
    ['2026-03-02', '2026-03-02'],
    ['2026-03-02T00:00:00', '2026-03-02'],
    ['02/03/2026 14:30', '2026-03-02'],
    ['lundi 2 mars 2026', '2026-03-02'],
    ['1er août 2026', '2026-08-01'],
    ['15 juillet 2026', '2026-07-15'],
    ['31/02/2026', '31/02/2026'],
    ['bientôt', 'bientôt'],
  ] as const)
    assert.equal(dayOf(cell), day, cell)
  for (const [cell, channel] of [
    ['Tél.', 'telephone'],
    ['appel sortant', 'telephone'],
    ['RDV physique', 'visite'],
    ['Mail', 'courriel'],
    ['Visioconférence', 'visio'],
    ['forum', 'evenement'],
    ['pigeon', undefined],
  ] as const)
    assert.equal(channelOf(cell), channel, cell)
  for (const [cell, result] of [
    ['Pas de besoin', 'pas-de-besoin'],
    ['aucun besoin', 'pas-de-besoin'],
    ['Besoin : 2 maçons', 'besoin-detecte'],
    ['RDV pris', 'rendez-vous-pris'],
    ['à rappeler', 'a-rappeler'],
    ['répondeur', 'injoignable'],
    ['ok', undefined],
  ] as const)
    assert.equal(resultOf(cell), result, cell)
  assert.deepEqual(['Madame', 'mme', 'M.', 'Mr', 'Dr'].map(civilityOf), ['Mme', 'Mme', 'M.', 'M.', undefined])
})

test('CAM-10: rows are sent in the words of the service: words that mean something, blanks that stand for one', () => {
  const fields: (Field | null)[] = ['siret', 'day', 'channel', 'result', 'familyName', null]
  const read = sheet(
    sheetOf(
      [
        ['SIRET', 'Date', 'Canal', 'Suite', 'Nom', 'Secret'],
        ['7282932000074', '02/03/2026', 'tph', '', 'Faure', 'caché'],
        ['73282932000074', '', 'tph', 'ok', 'Roux', ''],
      ],
      '',
    ),
  )
  const { rows, cut } = rowsToSend(read, {
    fields,
    channel: { words: new Map([['tph', 'telephone']]), blank: undefined },
    result: { words: new Map(), blank: 'pas-de-besoin' },
  })
  assert.deepEqual(rows, [
    {
      line: 2,
      siret: '07282932000074',
      day: '2026-03-02',
      familyName: 'Faure',
      channel: 'telephone',
      result: 'pas-de-besoin',
    },
    { line: 3, siret: '73282932000074', familyName: 'Roux' },
  ])
  assert.equal(cut, 0)
  const undated = sheet(
    sheetOf(
      [
        ['SIRET', 'Remarques', 'Canal'],
        ['73282932000074', 'Livre tôt', 'tph'],
      ],
      '',
    ),
  )
  const meaning = { words: new Map([['tph', 'telephone']]), blank: 'visite' }
  assert.deepEqual(
    rowsToSend(undated, { fields: ['siret', 'notes', 'channel'], channel: meaning, result: meaning }).rows,
    [{ line: 2, siret: '73282932000074', notes: 'Livre tôt' }],
    'words without a day tell of no contact',
  )
  assert.deepEqual(wordsIn(read, fields, 'channel'), ['tph'])
  const long = sheet(
    sheetOf(
      [
        ['Nom', 'Notes'],
        ['x'.repeat(120), 'y'.repeat(4001)],
      ],
      '',
    ),
  )
  const sent = rowsToSend(long, { fields: ['familyName', 'notes'], channel: noMeaning, result: noMeaning })
  assert.deepEqual([sent.cut, sent.rows[0]!.familyName!.length, sent.rows[0]!.notes!.length], [2, 100, 4000])
})
