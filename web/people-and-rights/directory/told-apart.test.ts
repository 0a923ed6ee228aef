import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Choosable, toldApart } from './told-apart.ts'

const one = (id: string, over: Partial<Choosable> = {}): Choosable => ({
  id,
  name: 'Jean Petit',
  structure: 'CC des Essais',
  function: 'Conseiller',
  agency: undefined,
  ...over,
})
const table: readonly (readonly [what: string, people: readonly Choosable[], labels: readonly string[]])[] = [
  ['nobody', [], []],
  ['one of that name', [one('a'), one('b', { name: 'Anne Petit' })], ['Jean Petit', 'Anne Petit']],
  ['the same person twice', [one('a'), one('a')], ['Jean Petit']],
  [
    'two structures',
    [one('a'), one('b', { structure: 'Mission locale' })],
    ['Jean Petit, CC des Essais', 'Jean Petit, Mission locale'],
  ],
  [
    'two functions',
    [one('a'), one('b', { function: 'Directeur' })],
    ['Jean Petit, Conseiller', 'Jean Petit, Directeur'],
  ],
  [
    'two agencies',
    [one('a', { agency: 'Bègles' }), one('b', { agency: 'Talence' })],
    ['Jean Petit, Bègles', 'Jean Petit, Talence'],
  ],
  ['one has an agency', [one('a', { agency: 'Bègles' }), one('b')], ['Jean Petit, Bègles', 'Jean Petit']],
  [
    'accents, capitals and hyphens are heard alike',
    [one('a', { name: 'Jean-Noël PETIT' }), one('b', { name: 'Jean Noel Petit', function: 'Directeur' })],
    ['Jean-Noël PETIT, Conseiller', 'Jean Noel Petit, Directeur'],
  ],
  [
    'three, by two parts',
    [one('a'), one('b', { function: 'Directeur' }), one('c', { structure: 'Mission locale' })],
    [
      'Jean Petit, CC des Essais, Conseiller',
      'Jean Petit, CC des Essais, Directeur',
      'Jean Petit, Mission locale, Conseiller',
    ],
  ],
  [
    'an address where the list gives it',
    [one('a', { email: 'j.petit@essais.example' }), one('b', { email: 'jean.petit@essais.example' })],
    ['Jean Petit, j.petit@essais.example', 'Jean Petit, jean.petit@essais.example'],
  ],
  [
    'nothing differs: all that is known',
    [one('a'), one('b')],
    ['Jean Petit, CC des Essais, Conseiller', 'Jean Petit, CC des Essais, Conseiller'],
  ],
  [
    'nothing is known',
    [
      { id: 'a', name: 'Jean Petit' },
      { id: 'b', name: 'Jean Petit' },
    ],
    ['Jean Petit', 'Jean Petit'],
  ],
]
for (const [what, people, labels] of table)
  test(`ACC-16: people of one name are told apart: ${what}`, () =>
    assert.deepEqual([...toldApart(people).values()], labels))
