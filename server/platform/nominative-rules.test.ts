import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSharedMailbox } from './nominative-rules.ts'

const claire = { givenName: 'Claire', familyName: 'Dufau' }
for (const email of [
  'contact@x.example',
  'accueil@x.example',
  'rh@x.example',
  'RH.sud@x.example',
  'service-emploi@x.example',
  'mairie33@x.example',
  'direction_generale@x.example',
  'ne-pas-repondre@x.example',
  'info2@x.example',
  '33@x.example',
  'secrétariat@x.example',
])
  test(`ACC-1: ${email} is a shared mailbox`, () => assert.equal(isSharedMailbox(email, claire), true))
for (const [email, person] of [
  ['claire.dufau@x.example', claire],
  ['cdufau@x.example', claire],
  ['c.d@x.example', claire],
  ['a.bureau@x.example', { givenName: 'Agnès', familyName: 'Bureau' }],
  ['claire.rh@x.example', claire],
  ['dufau.emploi@x.example', claire],
  ['herve.lenoir@x.example', { givenName: 'Hervé', familyName: 'Le Noir' }],
  ['jp.etcheverry@x.example', { givenName: 'Jean-Pierre', familyName: 'Etcheverry' }],
] as const)
  test(`ACC-1: ${email} is a person’s`, () => assert.equal(isSharedMailbox(email, person), false))
