import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headcountShort, kindWords, legalForm } from './words.ts'

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

test('EST-14: a line says nature and size, and nothing of what the register does not say', () => {
  assert.equal(kindWords({ legalNature: 'association', companySize: 'tpe' }), 'Association ou fondation, TPE')
  assert.equal(kindWords({ legalNature: 'public', companySize: 'unknown' }), 'Employeur public')
  assert.equal(kindWords({ legalNature: 'unknown', companySize: 'unknown' }), '')
})
