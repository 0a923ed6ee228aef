import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Correspondent, Field } from '../correspondents/words.ts'
import { maybeMet, namedBy } from './met-choice.ts'

const person = (id: string, said: Partial<Record<Field, string>>) =>
  ({ id, values: Object.entries(said).map(([field, value]) => ({ field, value })) }) as unknown as Correspondent
const people = [
  person('anne', { givenName: 'Anne', familyName: 'Pons', role: 'Gérante' }),
  person('paul', { givenName: 'Paul', familyName: 'Pons' }),
  person('desk', { role: 'Accueil' }),
]
const ids = (found: readonly Correspondent[]) => found.map(({ id }) => id)

test('EST-5: the whole line chooses the correspondent; a line that two share chooses nobody', () => {
  assert.equal(namedBy(' anne pons, GÉRANTE', people)?.id, 'anne')
  assert.equal(namedBy('Anne Pons', people), undefined, 'part of the line')
  assert.equal(namedBy('Accueil', [...people, person('other', { role: 'Accueil' })]), undefined)
})

test('EST-5: a surname in the line proposes those who bear it', () => {
  assert.deepEqual(ids(maybeMet('Mme Pons', people)), ['anne', 'paul'])
  assert.deepEqual(ids(maybeMet('l’accueil', people)), [])
  assert.deepEqual(ids(maybeMet('accueil', people)), ['desk'])
})
