import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chosenElsewhere } from '../territories/words.ts'
import { correspondsSentence, correspondsWords, headcountShort, kindWords, legalForm } from './words.ts'

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

test('EST-2: a line in another nomenclature than the day’s says what its code corresponds to, and after what', () => {
  const restaurant = { code: '56.10A', nomenclature: 'NAFRev2', label: 'Restauration traditionnelle' }
  const one = { code: '56.11G', label: 'Restauration traditionnelle' }
  const other = { code: '56.11H', label: null }
  const by = (codes: (typeof one | typeof other)[], source: 'insee' | 'register', edition: string) => ({
    ...restaurant,
    corresponds: { nomenclature: 'NAF25' as const, codes, source, edition },
  })
  const insee = by([one], 'insee', '2025-08')
  const several = by([one, other], 'register', '2026-12-01')
  assert.deepEqual([restaurant, insee, several].map(correspondsWords), [
    undefined,
    'NAF rév. 2, correspond à 56.11G',
    'NAF rév. 2, peut correspondre à 56.11G ou 56.11H',
  ])
  assert.deepEqual([restaurant, insee, several].map(correspondsSentence), [
    undefined,
    'Le code 56.10A de la NAF rév. 2 correspond à 56.11G (Restauration traditionnelle) en NAF 2025, d’après la table de correspondance de l’Insee (édition août 2025).',
    'Le code 56.10A de la NAF rév. 2 peut correspondre à 56.11G (Restauration traditionnelle) ou 56.11H en NAF 2025, d’après les établissements que le répertoire code dans les deux nomenclatures (comptés le 1er décembre 2026).',
  ])
})

test('CAM-2, EST-2: a choice made in the nomenclature of before says so, from the day it changes', () => {
  assert.deepEqual(
    [chosenElsewhere(['56', 'G'], '2026-12-31'), chosenElsewhere([], '2027-01-01')],
    [undefined, undefined],
  )
  assert.match(chosenElsewhere(['NAF25:56', '45'], '2027-01-01')!, /^Choisi en NAF rév\. 2 : un établissement recodé/)
  assert.match(chosenElsewhere(['NAF25:56'], '2026-12-31')!, /^Choisi en NAF 2025/)
  assert.equal(chosenElsewhere(['NAF25:56'], '2027-01-01'), undefined)
})
