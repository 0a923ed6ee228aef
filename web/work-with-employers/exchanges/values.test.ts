import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  blank,
  compared,
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

for (const [day, tomorrow, monday, fortnight] of [
  ['2026-11-25', '2026-11-26', '2026-11-30', '2026-12-09'],
  ['2026-11-29', '2026-11-30', '2026-11-30', '2026-12-13'],
  ['2026-11-30', '2026-12-01', '2026-12-07', '2026-12-14'],
  ['2026-12-31', '2027-01-01', '2027-01-04', '2027-01-14'],
] as const)
  test(`CAM-5: quick days from ${day}`, () =>
    assert.deepEqual(
      quickDays(day).map(quick => quick.day),
      [tomorrow, monday, fortnight],
    ))

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
