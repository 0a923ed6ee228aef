import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assignmentWords } from './assignment-words.ts'

const organisation = { id: 'o1', name: 'Mission locale des Graves', kind: 'mission-locale' }
const karim = { id: 'p1', name: 'Karim Belkacem', organisationId: 'o1' }
const whole = { organisation, person: null }
const own = { organisation, person: karim }
for (const [words, from, to, by, how] of [
  ['Prise en charge par Karim Belkacem (Mission locale des Graves)', null, own, karim, null],
  ['Confiée à Karim Belkacem (Mission locale des Graves)', null, own, karim, 'charge'],
  ['Confiée à la mission locale des Graves', null, whole, { ...karim, id: 'p2' }, 'zone'],
  ['Passée de la mission locale des Graves à Karim Belkacem (Mission locale des Graves)', whole, own, karim, null],
  ['Rendue par Karim Belkacem (Mission locale des Graves)', own, null, karim, null],
  ['Rendue', null, null, karim, null],
] as const)
  test(`CAM-4: the history of a target: ${words}`, () => assert.equal(assignmentWords({ from, to, by, how }), words))
