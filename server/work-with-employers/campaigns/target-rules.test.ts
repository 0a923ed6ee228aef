import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closingResults } from '../../../contract/work-with-employers/campaigns.ts'
import { afterContact, leadsTo, statusBack, statusFrom } from './target-rules.ts'

for (const [from, result, to] of [
  ['a-contacter', 'injoignable', 'en-cours'],
  ['prise-en-charge', 'absent', 'en-cours'],
  ['en-cours', 'a-rappeler', 'en-cours'],
  ['prise-en-charge', 'mauvais-interlocuteur', 'en-cours'],
  ['a-contacter', 'rendez-vous-pris', 'rendez-vous'],
  ['rendez-vous', 'besoin-detecte', 'besoin'],
  ['en-cours', 'pas-de-besoin', 'traite'],
  ['en-cours', 'refus', 'traite'],
  ['en-cours', 'ferme', 'traite'],
  ['besoin', 'absent', 'besoin'],
  ['traite', 'injoignable', 'traite'],
  ['traite', 'besoin-detecte', 'besoin'],
  ['ecarte', 'besoin-detecte', 'ecarte'],
] as const)
  test(`CAM-5: a target ${from} becomes ${to} after « ${result} »`, () => assert.equal(afterContact(from, result), to))

test('EST-11: a result kept to one organisation shows only that a contact took place', () => {
  assert.equal(afterContact('prise-en-charge', null), 'en-cours')
  assert.equal(afterContact('rendez-vous', null), 'rendez-vous')
})
test('CAM-5: a correction or a cancellation leaves the status that the other contacts give', () => {
  assert.equal(statusFrom({ status: 'besoin', taken: true, closed: false }, []), 'prise-en-charge')
  assert.equal(statusFrom({ status: 'besoin', taken: false, closed: false }, []), 'a-contacter')
  assert.equal(
    statusFrom({ status: 'besoin', taken: false, closed: false }, ['rendez-vous-pris', 'absent']),
    'rendez-vous',
  )
  assert.equal(statusFrom({ status: 'ecarte', taken: false, closed: false }, ['rendez-vous-pris']), 'ecarte')
})
test('CAM-9: what the pilot closed stays closed whatever is corrected, and the results that close are those of a contact', () => {
  assert.equal(statusFrom({ status: 'traite', taken: true, closed: true }, ['rendez-vous-pris']), 'traite')
  const closing = Object.entries(leadsTo).flatMap(([result, status]) => (status === 'traite' ? [result] : []))
  assert.deepEqual(closing, [...closingResults])
})

for (const [contacts, status] of [
  [undefined, 'a-contacter'],
  [{ meeting: false, need: false }, 'en-cours'],
  [{ meeting: true, need: false }, 'rendez-vous'],
  [{ meeting: true, need: true }, 'besoin'],
] as const)
  test(`CAM-15: a target put back with ${JSON.stringify(contacts) ?? 'no contact'} is ${status}`, () =>
    assert.equal(statusBack(contacts), status))
