import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressesIn } from './addresses.ts'

test('SEC-4: addresses are read in a list, a table, a message’s recipients; each once', () => {
  for (const [text, expected] of [
    ['a.martin@clairval.example\nb.petit@clairval.example', ['a.martin@clairval.example', 'b.petit@clairval.example']],
    ['Nom;Adresse;Service\nMartin;A.Martin@Clairval.example;Accueil', ['a.martin@clairval.example']],
    ['Anne Martin <a.martin@clairval.example>, « a.martin@clairval.example »', ['a.martin@clairval.example']],
    ['"o\'hara-le.gall+lu@mairie-clairval.example"\t1', ["o'hara-le.gall+lu@mairie-clairval.example"]],
    ['sans adresse, @seul, a@b', []],
  ] as const)
    assert.deepEqual(addressesIn(text), expected, text)
})
