import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changedIn, type Entry, refusedCorrection, withAfter } from './correction-rules.ts'

const entry = (over: Partial<Entry> = {}): Entry => ({
  kind: 'access',
  whose: 'user',
  person: 'Alix Essai',
  channel: 'mail',
  receivedOn: '2026-06-05',
  ...over,
})
const identity = { kind: 'identity', happenedOn: '2026-06-08' } as const
const answer = { kind: 'answer', happenedOn: '2026-06-08' } as const

test('PRI-2: a correction changes something, no later than today nor than a step that is noted, before the answer', () => {
  for (const [steps, after, refused] of [
    [[], { person: 'Alix Essais' }, null],
    [[], {}, 'rights-request/unchanged'],
    [[], { receivedOn: '2026-06-10' }, null],
    [[], { receivedOn: '2026-06-11' }, 'rights-request/day-in-future'],
    [[identity], { receivedOn: '2026-06-08' }, null],
    [[identity], { kind: 'erasure', whose: 'other' }, null],
    [[identity], { person: 'Alix Essais' }, 'rights-request/identity-checked'],
    [[identity], { receivedOn: '2026-06-09' }, 'rights-request/step-before'],
    [[identity], { receivedOn: '2020-01-01' }, null],
    [[identity, answer], { person: 'Alix Essais' }, 'rights-request/answered'],
  ] as const)
    assert.equal(
      refusedCorrection({ ...entry(), steps }, entry(after), '2026-06-10'),
      refused,
      JSON.stringify([steps, after]),
    )
})

test('PRI-2: each correction says what was entered before it and after it, the last one first', () => {
  const first = { ...entry({ person: 'Alix Esai' }), version: 1 }
  const second = { ...entry({ person: 'Alix Essai', kind: 'erasure' }), version: 2 }
  const now = entry()
  assert.deepEqual(
    withAfter([first, second], now).map(one => [one.row.version, one.before.person, one.after.person, one.after.kind]),
    [
      [2, 'Alix Essai', 'Alix Essai', 'access'],
      [1, 'Alix Esai', 'Alix Essai', 'erasure'],
    ],
  )
  assert.deepEqual(changedIn(first, now), ['person'])
  assert.deepEqual(changedIn(second, now), ['kind'])
  assert.deepEqual(changedIn(now, entry({ whose: 'other', channel: 'phone', receivedOn: '2026-06-01' })), [
    'whose',
    'channel',
    'receivedOn',
  ])
})
