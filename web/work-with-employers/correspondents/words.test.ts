import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cutName } from './words.ts'

test('EST-5: what was typed of whom was met is cut into civility, names and role', () => {
  for (const [typed, cut] of [
    ['Mme Anne Pons, gérante', { civility: 'Mme', givenName: 'Anne', familyName: 'Pons', role: 'gérante' }],
    ['monsieur Idriss Laforgue', { civility: 'M.', givenName: 'Idriss', familyName: 'Laforgue' }],
    ['M. Pons', { civility: 'M.', familyName: 'Pons' }],
    ['Anne de La Tour, RH, paie', { givenName: 'Anne', familyName: 'de La Tour', role: 'RH, paie' }],
    ['Martin', { familyName: 'Martin' }],
    ['Madeleine Martin', { givenName: 'Madeleine', familyName: 'Martin' }],
    ['Mmes', { familyName: 'Mmes' }],
    [', accueil', { role: 'accueil' }],
    ['', {}],
  ] as const)
    assert.deepEqual(cutName(typed), cut, typed)
})
