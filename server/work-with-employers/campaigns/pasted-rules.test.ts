import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outcomesOf, readPasted, siretsOf, type TargetOutcome } from './pasted-rules.ts'

const pasted = readPasted([
  '732 829 320 00074',
  '73282932000074',
  'bonjour',
  '',
  '356 000 000 00048',
  '44306184100047',
  '44306184100047',
  '1234',
])

test('CAM-2: a pasted list is read line by line, as people write SIRETs', () => {
  assert.deepEqual(
    pasted.map(l => [l.line, l.siret]),
    [
      [1, 73282932000074],
      [2, 73282932000074],
      [3, undefined],
      [5, 35600000000048],
      [6, 44306184100047],
      [7, 44306184100047],
      [8, undefined],
    ],
  )
  assert.deepEqual(siretsOf(pasted), [35600000000048, 44306184100047, 73282932000074])
})
test('CAM-2: each line has its outcome; a repeat is already there, or refused like the first', () => {
  const { counts, lines } = outcomesOf(
    pasted,
    new Map<number, TargetOutcome>([
      [44306184100047, 'closed'],
      [35600000000048, 'outside-territory'],
    ]),
  )
  assert.deepEqual(counts, {
    added: 1,
    'already-there': 1,
    'outside-territory': 1,
    unknown: 0,
    closed: 2,
    objects: 0,
    'do-not-contact': 0,
    'not-a-siret': 2,
  })
  assert.deepEqual(
    lines.map(l => [l.line, l.outcome]),
    [
      [2, 'already-there'],
      [3, 'not-a-siret'],
      [5, 'outside-territory'],
      [6, 'closed'],
      [7, 'closed'],
      [8, 'not-a-siret'],
    ],
  )
})
test('CAM-2: a thousand lines at most are told, all are counted', () => {
  const { counts, lines } = outcomesOf(readPasted(Array.from({ length: 3000 }, () => 'x')), new Map())
  assert.deepEqual([counts['not-a-siret'], lines.length], [3000, 1000])
})
