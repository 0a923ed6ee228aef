import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byColumn } from '../../platform/csv-reading.ts'
import { readPeople } from './import-rules.ts'

const today = '2026-06-15'
const contractor = { id: 'c', kind: 'contractor', startsOn: '2026-01-01', endsOn: '2026-12-31' } as const
const line = (over: Record<string, string> = {}) =>
  byColumn({
    Prénom: 'Claire',
    Nom: 'Dufau',
    COURRIEL: 'Claire.Dufau@x.example',
    Fonction: 'Conseillère',
    Qualité: '',
    Tiers: '',
    'Fin contrat': '',
    ...over,
  })
const known = { taken: [], mailboxes: new Set<string>(), thirdParties: [{ ...contractor, name: 'Cabinet Été' }], today }
const read = (...lines: Record<string, string>[]) => readPeople(lines, known).map(p => [p.line, p.outcome, ...p.errors])
test('ACC-1: a file is read line by line, and all that is wrong in a line is told', () => {
  assert.deepEqual(read(line()), [[2, 'new']])
  assert.deepEqual(read(line({ Prénom: '', Fonction: '', COURRIEL: 'contact' })), [
    [2, 'error', 'name-missing', 'function-missing', 'address-malformed'],
  ])
  assert.deepEqual(read(line({ COURRIEL: 'contact@x.example' })), [[2, 'error', 'address-shared']])
  assert.deepEqual(read(line(), line({ COURRIEL: 'CLAIRE.dufau@x.example' })), [
    [2, 'error', 'address-twice'],
    [3, 'error', 'address-twice'],
  ])
  assert.deepEqual(read(line({ Qualité: 'Prestataire', Tiers: 'cabinet ete' })), [[2, 'new']])
  assert.deepEqual(read(line({ Qualité: 'Prestataire', Tiers: 'Inconnu' })), [[2, 'error', 'third-party-unknown']])
  assert.deepEqual(read(line({ Qualité: 'Prestataire', Tiers: 'Cabinet Été', 'Fin contrat': '31/02/2026' })), [
    [2, 'error', 'contract-end-malformed'],
  ])
  assert.deepEqual(read(line({ Qualité: 'stagiaire' })), [[2, 'error', 'attachment-unknown']])
  assert.equal(
    readPeople([line({ Qualité: 'Prestataire', Tiers: 'Cabinet Été', 'Fin contrat': '30/09/2026' })], known)[0]!
      .contractEndsOn,
    '2026-09-30',
  )
})
test('ACC-1: an address of one’s own organisation is known and left as it is, one of another is told without a word about whose', () => {
  const of = (accountId: string | null) =>
    readPeople([line()], { ...known, taken: [{ email: 'claire.dufau@x.example', accountId }] }).map(p => [
      p.outcome,
      ...p.errors,
    ])
  assert.deepEqual([of('a'), of(null)], [[['known']], [['error', 'address-taken']]])
})
