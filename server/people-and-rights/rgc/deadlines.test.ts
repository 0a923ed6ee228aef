import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endOfDay, parisDay } from '../../platform/time.ts'
import {
  type DeedFacts,
  declareBy,
  deedState,
  isDecidable,
  isLate,
  isLongAbsence,
  rightsEnd,
  silenceAccepts,
} from './deadlines.ts'

for (const [why, receivedAt, until] of [
  ['an ordinary month, in winter', '2026-01-15T10:00:00Z', '2026-02-15T23:00:00Z'],
  ['31 January ends on 28 February', '2026-01-31T10:00:00Z', '2026-02-28T23:00:00Z'],
  ['30 January too', '2026-01-30T10:00:00Z', '2026-02-28T23:00:00Z'],
  ['in a leap year, on the 29th', '2028-01-31T10:00:00Z', '2028-02-29T23:00:00Z'],
  ['28 February ends on 28 March, not on its last day', '2026-02-28T10:00:00Z', '2026-03-28T23:00:00Z'],
  ['29 February ends on 29 March', '2028-02-29T10:00:00Z', '2028-03-29T22:00:00Z'],
  ['31 March ends on 30 April', '2026-03-31T10:00:00Z', '2026-04-30T22:00:00Z'],
  ['31 August ends on 30 September', '2026-08-31T10:00:00Z', '2026-09-30T22:00:00Z'],
  ['December ends the next year', '2026-12-31T10:00:00Z', '2027-01-31T23:00:00Z'],
  ['over the change to summer time', '2026-03-10T10:00:00Z', '2026-04-10T22:00:00Z'],
  ['over the change to winter time', '2026-10-10T10:00:00Z', '2026-11-10T23:00:00Z'],
  ['ending the day the clocks go forward: it has 23 hours', '2026-02-28T23:30:00Z', '2026-04-01T22:00:00Z'],
  ['ending on 29 March 2026 itself', '2026-02-28T22:59:59Z', '2026-03-28T23:00:00Z'],
  ['ending on 25 October 2026, which has 25 hours', '2026-09-25T10:00:00Z', '2026-10-25T23:00:00Z'],
  ['received at 23:59:59 in Paris: of that day', '2026-06-15T21:59:59Z', '2026-07-15T22:00:00Z'],
  ['received at 24:00 in Paris: of the next', '2026-06-15T22:00:00Z', '2026-07-16T22:00:00Z'],
  ['a week-end does not extend it', '2026-04-16T10:00:00Z', '2026-05-16T22:00:00Z'],
] as const)
  test(`RGC-3: a month of silence, ${why}`, () =>
    assert.equal(silenceAccepts(parisDay(new Date(receivedAt))).toISOString(), new Date(until).toISOString()))

test('RGC-3: every day of four years ends at midnight in Paris, the changes of hour included', () => {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'medium' })
  for (let day = Date.UTC(2026, 0, 1); day < Date.UTC(2030, 0, 1); day += 86_400_000) {
    const text = new Date(day).toISOString().slice(0, 10)
    const [y, m, d] = new Date(day + 86_400_000).toISOString().slice(0, 10).split('-')
    assert.equal(clock.format(endOfDay(text)), `${d}/${m}/${y}, 00:00:00`, text)
  }
})

const sent: DeedFacts = {
  sentAt: new Date('2026-06-01T08:00:00Z'),
  abandonedAt: null,
  silenceAcceptsAt: null,
  decision: null,
}
const after: DeedFacts = { ...sent, silenceAcceptsAt: silenceAccepts(parisDay(sent.sentAt!)) }
const decided = (kind: 'acceptation' | 'refus', at: string) => ({ decision: { kind, at: new Date(at) } })
for (const [why, deed, at, state, decidable] of [
  ['not yet signed by all', { ...sent, sentAt: null }, '2026-06-01T08:00:00Z', 'a-signer', false],
  [
    'given up',
    { ...sent, sentAt: null, abandonedAt: new Date('2026-06-02T08:00:00Z') },
    '2026-06-02T08:00:00Z',
    'abandonne',
    false,
  ],
  ['a first designation, as soon as the CSSI has it', sent, '2026-06-01T08:00:00Z', 'en-vigueur', true],
  ['not an instant before', sent, '2026-06-01T07:59:59Z', 'a-signer', false],
  ['a first designation stays refusable: its month does not run', sent, '2027-06-01T08:00:00Z', 'en-vigueur', true],
  ['refused', { ...sent, ...decided('refus', '2026-06-03T08:00:00Z') }, '2026-06-03T08:00:00Z', 'refuse', false],
  [
    'before its refusal',
    { ...sent, ...decided('refus', '2026-06-03T08:00:00Z') },
    '2026-06-03T07:59:59Z',
    'en-vigueur',
    false,
  ],
  ['after a refusal, it waits', after, '2026-06-01T08:00:00Z', 'en-attente', true],
  ['to the last second of its month', after, '2026-07-01T21:59:59Z', 'en-attente', true],
  ['and is accepted by silence at 24:00 in Paris', after, '2026-07-01T22:00:00Z', 'en-vigueur', false],
  [
    'accepted in words before',
    { ...after, ...decided('acceptation', '2026-06-05T08:00:00Z') },
    '2026-06-05T08:00:00Z',
    'en-vigueur',
    false,
  ],
  [
    'refused once more',
    { ...after, ...decided('refus', '2026-06-05T08:00:00Z') },
    '2026-08-05T08:00:00Z',
    'refuse',
    false,
  ],
] as const)
  test(`RGC-3: a deed, ${why}`, () =>
    assert.deepEqual([deedState(deed, new Date(at)), isDecidable(deed, new Date(at))], [state, decidable]))

const leaving = (knownOn: string, lastDay = '2026-06-30') => ({ kind: 'depart', lastDay, knownOn }) as const
const absence = (absentFrom: string, foreseenOn: string | null = null) =>
  ({ kind: 'absence', absentFrom, foreseenOn }) as const
for (const [why, event, due] of [
  ['a departure known on the 1st', leaving('2026-06-01'), '2026-06-09'],
  ['over a month’s end', leaving('2026-02-25'), '2026-03-05'],
  ['in a leap year', leaving('2028-02-25'), '2028-03-04'],
  ['over a year’s end', leaving('2026-12-28'), '2027-01-05'],
  ['an absence foreseen', absence('2026-09-01', '2026-06-10'), '2026-06-18'],
  ['an absence nobody foresaw is known when its two months have passed', absence('2026-01-10'), '2026-03-18'],
  ['one that began on 31 December, on 28 February', absence('2026-12-31'), '2027-03-08'],
  ['in a leap year, on 29 February', absence('2027-12-31'), '2028-03-08'],
  ['one that began on 30 June, on 30 August', absence('2026-06-30'), '2026-09-07'],
] as const)
  test(`RGC-6: eight days, ${why}`, () => assert.equal(declareBy(event), due))

for (const [why, declaredAt, late] of [
  ['on the eighth day at 23:59:59 in Paris', '2026-06-09T21:59:59Z', false],
  ['at 24:00', '2026-06-09T22:00:00Z', true],
  ['at once', '2026-06-01T08:00:00Z', false],
] as const)
  test(`RGC-6: declared ${why}`, () => assert.equal(isLate(leaving('2026-06-01'), new Date(declaredAt)), late))
test('RGC-6: the eight days over the change to summer time end with the day in Paris', () => {
  assert.equal(isLate(leaving('2026-03-22'), new Date('2026-03-30T21:59:59Z')), false)
  assert.equal(isLate(leaving('2026-03-22'), new Date('2026-03-30T22:00:00Z')), true)
})

for (const [why, from, back, long] of [
  ['two months to the day', '2026-01-10', '2026-03-11', false],
  ['a day more', '2026-01-10', '2026-03-12', true],
  ['no return known', '2026-01-10', null, true],
  ['31 December to 28 February', '2026-12-31', '2027-03-01', false],
] as const)
  test(`RGC-6: an absence, ${why}`, () => assert.equal(isLongAbsence(from, back), long))

for (const [why, event, declaredAt, ends] of [
  ['with the last day, in Paris', leaving('2026-06-01', '2026-06-30'), '2026-06-05T08:00:00Z', '2026-06-30T22:00:00Z'],
  ['never before it was declared', leaving('2026-06-01', '2026-06-03'), '2026-06-05T08:00:00Z', '2026-06-05T08:00:00Z'],
  [
    'declared on the last day, with it',
    leaving('2026-06-01', '2026-06-05'),
    '2026-06-05T08:00:00Z',
    '2026-06-05T22:00:00Z',
  ],
  [
    'on the eve of a foreseen absence',
    absence('2026-11-01', '2026-06-01'),
    '2026-06-05T08:00:00Z',
    '2026-10-31T23:00:00Z',
  ],
  ['at once when the absence has elapsed', absence('2026-01-10'), '2026-03-12T08:00:00Z', '2026-03-12T08:00:00Z'],
] as const)
  test(`RGC-6: rights end ${why}`, () =>
    assert.equal(rightsEnd(event, new Date(declaredAt)).toISOString(), new Date(ends).toISOString()))
