import assert from 'node:assert/strict'
import { test } from 'node:test'
import { soughtPeople } from './sought-rules.ts'

test('UX-4: what is typed is read as beginnings of names, or as a phone', () => {
  const cases: [typed: string, persons: readonly string[]][] = [
    ['Noëlle d’Essai', ['noelle', 'd', 'essai']],
    ['05 56 00', ['055600']],
    ['+33 5.56.00.11.22', ['0556001122']],
    ['0556', []],
    ['732 829 320 00074', []],
    ['me', []],
    ['  ', []],
    ['--', []],
  ]
  for (const [typed, persons] of cases) assert.deepEqual(soughtPeople(typed).persons, persons, typed)
  assert.equal(soughtPeople('un deux trois quatre cinq six sept huit').names.length, 6)
  assert.deepEqual(soughtPeople('me').names, ['me'], 'two letters find a campaign, and nobody')
})
