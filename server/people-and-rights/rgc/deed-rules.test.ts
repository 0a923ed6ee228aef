import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSharedMailbox } from './deed-rules.ts'

for (const [email, shared] of [
  ['contact@structure.example', true],
  ['accueil.bordeaux@structure.example', true],
  ['RH@structure.example', true],
  ['direction-33@structure.example', true],
  ['secretariat@structure.example', true],
  ['33000@structure.example', true],
  ['camille.essai@structure.example', false],
  ['c.essai@structure.example', false],
  ['cessai@structure.example', false],
  ['camille-essai.rh@structure.example', false],
  ['ab1234@structure.example', false],
  ['héloïse@structure.example', false],
] as const)
  test(`RGC-1: ${email} is ${shared ? 'shared' : 'someone’s own'}`, () =>
    assert.equal(isSharedMailbox({ email, givenName: 'Camille', familyName: 'Essai' }), shared))
test('RGC-1: a person whose name is that of a service keeps their address', () =>
  assert.equal(
    isSharedMailbox({ email: 'jean.maire@structure.example', givenName: 'Jean', familyName: 'Maire' }),
    false,
  ))
