import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changedFields, wordsSought } from './directory-rules.ts'

for (const [typed, words] of [
  ['  Élodie  D’Essai-Dufau ', ['elodie', 'd', 'essai', 'dufau']],
  ['Sœur Læticia', ['soeur', 'laeticia']],
  ["%_'\\m(", ['m']],
  ['', []],
  ['un deux trois quatre cinq six sept', ['un', 'deux', 'trois', 'quatre', 'cinq', 'six']],
] as const)
  test(`EST-13: what is typed is read as words: ${JSON.stringify(typed)}`, () =>
    assert.deepEqual(wordsSought(typed), words))

test('EST-13: what changed is told by the names of fields', () => {
  const agency = { id: 'a', name: 'Agence' } as const
  const entry = { civility: 'Mme', phoneNumber: '+33556001122', phoneHidden: false, agency } as const
  assert.deepEqual(changedFields(entry, { ...entry, agency: { ...agency } }), [])
  assert.deepEqual(changedFields(entry, { civility: 'M.', phoneNumber: null, phoneHidden: true, agency: null }), [
    'civility',
    'phoneNumber',
    'phoneHidden',
    'agency',
  ])
})
