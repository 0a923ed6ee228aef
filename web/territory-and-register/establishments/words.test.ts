import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headcountShort, legalForm, townWords } from './words.ts'

for (const [written, read] of [
  ['CESTAS', 'Cestas'],
  ["SAINT-JEAN-D'ILLAC", 'Saint-Jean-d’Illac'],
  ['LE BARP', 'Le Barp'],
  ['CAMBLANES-ET-MEYNAC', 'Camblanes-et-Meynac'],
  ["L'ISLE-JOURDAIN", 'L’Isle-Jourdain'],
  ['LÉOGNAN', 'Léognan'],
  ['Cestas', 'Cestas'],
  [null, null],
] as const)
  test(`UX-1: the town ${written} reads ${read}`, () => assert.equal(townWords(written), read))

test('a legal category reads as its family, or as its code', () =>
  assert.deepEqual(
    [legalForm('5710'), legalForm('9220'), legalForm('1000'), legalForm(null), legalForm('')],
    ['Société par actions simplifiée (SAS)', 'Association', 'Entreprise individuelle', null, ''],
  ))

test('the headcount is short in its column, with its year', () => {
  assert.equal(headcountShort({ headcount: { band: '12', label: '20 à 49 salariés', year: 2024 } }), '20 à 49 (2024)')
  assert.equal(
    headcountShort({ headcount: { band: 'NN', label: 'Effectif non connu ou sans salarié', year: null } }),
    'inconnu ou aucun',
  )
  assert.equal(headcountShort({ headcount: null }), null)
})
