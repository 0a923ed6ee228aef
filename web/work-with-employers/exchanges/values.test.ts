import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  blank,
  compared,
  correctionOf,
  inputOf,
  merged,
  mineOf,
  quickDays,
  sameValues,
  type Values,
  withPart,
  withResult,
} from './values.ts'

const today = '2026-11-25'
const some = (over: Partial<Values> = {}): Values => ({
  ...blank(today),
  channel: 'telephone',
  result: 'pas-de-besoin',
  notes: 'Rien avant janvier',
  ...over,
})

test('CAM-5: the result proposes what follows until the person decides otherwise', () => {
  const called = withResult(blank(today), 'a-rappeler', today)
  assert.deepEqual([called.kind, called.dueOn], ['rappel', '2026-12-02'])
  const met = withResult(called, 'rendez-vous-pris', today)
  assert.deepEqual([met.kind, met.dueOn], ['rendez-vous', ''])
  assert.equal(withResult(met, 'refus', today).kind, '')
  const decided = withResult({ ...called, dueOn: '2026-11-26' }, 'rendez-vous-pris', today)
  assert.deepEqual([decided.kind, decided.dueOn], ['rappel', '2026-11-26'])
})

for (const [why, day, days] of [
  ['a Wednesday', '2026-11-25', ['demain 2026-11-26', 'lundi 2026-11-30', '+1 sem. 2026-12-02', '+2 sem. 2026-12-09']],
  ['a Friday', '2026-11-27', ['lundi 2026-11-30', '+1 sem. 2026-12-04', '+2 sem. 2026-12-11']],
  ['a Sunday', '2026-11-29', ['demain 2026-11-30', '+1 sem. 2026-12-07', '+2 sem. 2026-12-14']],
  [
    'two weeks before 11 November',
    '2026-10-28',
    ['demain 2026-10-29', 'lundi 2026-11-02', '+1 sem. 2026-11-04', '+2 sem. 2026-11-12'],
  ],
  ['the last day of the year', '2026-12-31', ['lundi 2027-01-04', '+1 sem. 2027-01-07', '+2 sem. 2027-01-14']],
  ['before Easter Monday', '2027-03-26', ['mardi 2027-03-30', '+1 sem. 2027-04-02', '+2 sem. 2027-04-09']],
] as const)
  test(`CAM-5: quick days are worked, and truly named: ${why}`, () =>
    assert.deepEqual(
      quickDays(day).map(quick => `${quick.label} ${quick.day}`),
      days,
    ))

test('CAM-5: a call back is proposed a week later, on a day that is worked', () =>
  assert.equal(withResult(some(), 'a-rappeler', '2026-11-04').dueOn, '2026-11-12'))

test('CAM-5: a correction leaves alone the next action that one did not touch', () => {
  const base = some({ kind: 'rappel', dueOn: '2026-12-01' })
  assert.ok(!('nextAction' in correctionOf(base, { ...base, notes: 'Mieux dit' })))
  assert.equal(correctionOf(base, { ...base, dueOn: '2026-12-02' }).nextAction?.dueOn, '2026-12-02')
  assert.equal(correctionOf(base, { ...base, kind: '' }).nextAction, null)
})

test('what was left blank is sent as absent, spaces too', () => {
  const input = inputOf(some({ personMet: '   ', notes: ' Rien \n', kind: '' }))
  assert.deepEqual([input.personMet, input.notes, input.need, input.nextAction], [null, 'Rien', null, null])
  assert.deepEqual(
    inputOf(some({ kind: 'rappel', dueOn: '2026-12-01', ownerId: 'somebody', ownerName: 'Quelqu’un' })).nextAction,
    { kind: 'rappel', dueOn: '2026-12-01', dueAt: null, ownerId: 'somebody' },
  )
})

test('UX-3: what one did not touch takes what the other wrote; what both wrote stays mine and is shown', () => {
  const base = some()
  const mine = some({ notes: 'Rien avant mars', kind: 'rappel', dueOn: '2027-03-01' })
  const theirs = some({ notes: 'Rien avant février', personMet: 'Responsable d’atelier' })
  const { values, taken } = merged(base, mine, theirs)
  assert.deepEqual(
    [values.notes, values.personMet, values.kind, values.dueOn],
    ['Rien avant mars', 'Responsable d’atelier', 'rappel', '2027-03-01'],
  )
  assert.deepEqual(taken, ['Personne rencontrée'])
  assert.deepEqual(
    compared(values, theirs)
      .filter(row => row.mine !== row.theirs)
      .map(({ label }) => label),
    ['Notes', 'Prochaine action'],
  )
  assert.ok(sameValues(values, { ...values, notes: 'Rien avant mars ' }))
})

test('UX-3: a next action and its date are kept or taken together', () => {
  const base = some({ kind: 'rappel', dueOn: '2026-12-01' })
  const { values } = merged(base, { ...base, dueOn: '2026-12-08' }, { ...base, kind: 'visite', dueOn: '2026-12-15' })
  assert.deepEqual([values.kind, values.dueOn], ['rappel', '2026-12-08'])
})

test('UX-3: written by two at once, each answer is chosen apart, and what one took from the other can be taken back', () => {
  const mine = some({ notes: 'Rien avant mars', kind: 'rappel', dueOn: '2027-03-01', ownerId: 'me', ownerName: 'Moi' })
  const theirs = some({
    notes: 'Rien avant février',
    kind: 'visite',
    dueOn: '2027-02-01',
    ownerId: 'they',
    ownerName: 'Eux',
  })
  const chosen = withPart(mine, theirs, 'Prochaine action')
  assert.deepEqual(
    [chosen.notes, chosen.kind, chosen.dueOn, chosen.ownerId, chosen.ownerName],
    ['Rien avant mars', 'visite', '2027-02-01', 'they', 'Eux'],
  )
  // What was typed over since counts as mine; what was taken leaves mine as it was.
  const typed = { ...chosen, notes: 'Rien avant avril' }
  const kept = mineOf(typed, theirs, mine)
  assert.deepEqual([kept.notes, kept.kind, kept.ownerName], ['Rien avant avril', 'rappel', 'Moi'])
  assert.deepEqual(withPart(typed, kept, 'Prochaine action'), { ...mine, notes: 'Rien avant avril' })
})
