import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lineName, shortOrganisation, townWords } from './names.ts'

const plain = (text: string) => text.replace(/[\u00A0\u202F]/g, ' ')

test('EST-4: an establishment whose name is not given out is called by its number', () => {
  assert.equal(plain(lineName({ name: null, sign: null, siret: '24330116500011' })), 'SIRET 243 301 165 00011')
})
test('CAM-3: beside a date, an organisation is called as people call it', () => {
  const cases: [string, string][] = [
    ['Communauté de communes Jalle-Eau-Bourde', 'CC Jalle-Eau-Bourde'],
    ['Communauté de communes de Montesquieu', 'CC Montesquieu'],
    ['France Travail, direction territoriale Gironde', 'France Travail'],
    ['PLIE Portes du Sud', 'PLIE Portes du Sud'],
  ]
  for (const [name, expected] of cases) assert.equal(shortOrganisation(name), expected)
})

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
