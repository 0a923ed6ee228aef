import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isShared } from './nominative-rules.ts'

for (const [email, shared] of [
  ['contact@structure.example', true], ['Accueil@structure.example', true], ['service.entreprises@structure.example', true], ['direction-de-l-emploi@structure.example', true], ['agence33@structure.example', true],
  ['secrétariat@structure.example', true], ['info+campagnes@structure.example', true], ['no-reply@structure.example', false], ['noreply@structure.example', true], ['33@structure.example', true],
  ['claire.dufau@structure.example', false], ['c.dufau@structure.example', false], ['claire.contact@structure.example', false], ['dufau@contact.example', false], ['cdufau-rh@structure.example', false], ['jean.mission@structure.example', false],
] as const) test(`IDN-7: ${email} is ${shared ? 'the address of a service' : 'a person’s'}`, () => assert.equal(isShared(email), shared))
