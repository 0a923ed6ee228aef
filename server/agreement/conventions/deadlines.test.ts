import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, endOfDay } from '../../platform/time.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import {
  type Authority,
  acts,
  breachEnd,
  contestableUntil,
  currentTerm,
  effectiveFrom,
  endOf,
  type Facts,
  isInForce,
  mayDo,
  nextEvent,
  noticeEnd,
  notifiedOn,
  renewedTerm,
  stateAt,
  states,
  termsUntil,
  transitions,
  warningsOf,
} from './deadlines.ts'

/** An hour of Paris, written as one reads it there. */
const paris = (text: string): Date => {
  const [day, hour] = text.split(' ') as [string, string]
  const midnight = endOfDay(addDays(day, -1)).getTime()
  const [h, m] = hour.split(':').map(Number) as [number, number]
  return new Date(midnight + (h * 60 + m) * 60_000)
}
const iso = (date: Date | null | undefined) => date?.toISOString() ?? null
const signed = (partner: string, operator: string): Facts['signatures'] => [
  { party: 'partenaire', signedAt: paris(partner) },
  { party: 'operateur', signedAt: paris(operator) },
]
/** The partner's, entered by hand, which it contests at that instant; the operator signs on the 20th at 16:30. */
const contested = (at: string): Facts['signatures'] =>
  signed('2026-01-15 10:00', '2026-01-20 16:30').map(s =>
    s.party === 'partenaire' ? { ...s, contestedAt: paris(at) } : s,
  )
const facts = (over: Partial<Facts> = {}): Facts => ({
  firstTermOn: '2026-12-31',
  sentAt: paris('2026-01-10 09:00'),
  signatures: signed('2026-01-15 10:00', '2026-01-20 16:30'),
  notices: [],
  breaches: [],
  amendments: [],
  ...over,
})
const notice = (receivedOn: string | null, withdrawnAt: Date | null = null) => ({ receivedOn, withdrawnAt })
const breach = (deliveredOn: string | null, presentedOn: string | null = null, withdrawnAt: Date | null = null) => ({
  deliveredOn,
  presentedOn,
  withdrawnAt,
})
const amendment = (effectiveAt: string | null, termOn: string | null, renews = true) => ({
  effectiveAt: effectiveAt === null ? null : paris(effectiveAt),
  termOn,
  renews,
})
let cases = 0
const table = <Case extends readonly unknown[]>(title: string, rows: readonly Case[], check: (...row: Case) => void) =>
  test(title, () => {
    assert.ok(rows.length > 0)
    for (const row of rows) {
      cases += 1
      check(...row)
    }
  })

table(
  'AGR-2, art. 10: it takes effect on the later of the two signatures, never before both',
  [
    [signed('2026-01-15 10:00', '2026-01-20 16:30'), '2026-01-20T15:30:00.000Z'],
    [signed('2026-02-20 10:00', '2026-01-20 16:30'), '2026-02-20T09:00:00.000Z'],
    [signed('2026-03-02 08:00', '2026-03-02 08:00'), '2026-03-02T07:00:00.000Z'],
    [signed('2026-03-28 23:59', '2026-03-29 03:30'), '2026-03-29T02:30:00.000Z'],
    [[{ party: 'partenaire', signedAt: paris('2026-01-15 10:00') }], null],
    [[{ party: 'operateur', signedAt: paris('2026-01-15 10:00') }], null],
    [
      [
        { party: 'operateur', signedAt: paris('2026-01-15 10:00') },
        { party: 'operateur', signedAt: paris('2026-01-16 10:00') },
      ],
      null,
    ],
    [[], null],
    [contested('2026-01-20 16:31'), '2026-01-20T15:30:00.000Z'],
    [contested('2026-01-20 16:30'), null],
    [contested('2026-01-17 10:00'), null],
  ] as [Facts['signatures'], string | null][],
  (signatures, expected) => assert.equal(iso(effectiveFrom({ signatures })), expected),
)

table(
  'AGR-3, art. 10: a term written as a day lasts to 24:00 of that day in Paris, in winter and in summer',
  [
    ['2026-12-31', '2026-12-31T23:00:00.000Z'],
    ['2026-06-30', '2026-06-30T22:00:00.000Z'],
    ['2026-03-28', '2026-03-28T23:00:00.000Z'],
    ['2026-03-29', '2026-03-29T22:00:00.000Z'],
    ['2026-10-24', '2026-10-24T22:00:00.000Z'],
    ['2026-10-25', '2026-10-25T23:00:00.000Z'],
    ['2028-02-29', '2028-02-29T23:00:00.000Z'],
  ] as const,
  (day, expected) => assert.equal(iso(endOfDay(day)), expected),
)

table(
  'AGR-3, art. 10: renewals by three months keep to the end of the month, else to the day',
  [
    ['2026-12-31', 1, '2027-03-31'],
    ['2026-12-31', 2, '2027-06-30'],
    ['2026-12-31', 3, '2027-09-30'],
    ['2026-12-31', 4, '2027-12-31'],
    ['2026-12-31', 40, '2036-12-31'],
    ['2026-11-30', 1, '2027-02-28'],
    ['2026-11-30', 2, '2027-05-31'],
    ['2027-11-30', 1, '2028-02-29'],
    ['2027-02-28', 1, '2027-05-31'],
    ['2028-02-28', 1, '2028-05-28'],
    ['2026-12-15', 1, '2027-03-15'],
    ['2026-12-30', 1, '2027-03-30'],
    ['2026-11-29', 1, '2027-02-28'],
    ['2026-11-29', 2, '2027-05-29'],
  ] as const,
  (term, periods, expected) => assert.equal(renewedTerm(term, periods), expected, `${term} + ${periods}`),
)

table(
  'AGR-3: a line of time shows the last eight terms that are over, the current one and the next',
  [
    ['2026-06-01 10:00', ['2026-12-31', '2027-03-31']],
    ['2027-05-01 10:00', ['2026-12-31', '2027-03-31', '2027-06-30', '2027-09-30']],
    [
      '2028-11-01 10:00',
      [
        '2026-12-31',
        '2027-03-31',
        '2027-06-30',
        '2027-09-30',
        '2027-12-31',
        '2028-03-31',
        '2028-06-30',
        '2028-09-30',
        '2028-12-31',
        '2029-03-31',
      ],
    ],
    [
      '2029-02-01 10:00',
      [
        '2027-03-31',
        '2027-06-30',
        '2027-09-30',
        '2027-12-31',
        '2028-03-31',
        '2028-06-30',
        '2028-09-30',
        '2028-12-31',
        '2029-03-31',
        '2029-06-30',
      ],
    ],
  ] as const,
  (now, expected) => assert.deepEqual(termsUntil(facts(), paris(now)), expected, now),
)

table(
  'AGR-3, art. 10: the current term and the next renewal, with no one doing anything',
  [
    ['2026-01-20 16:30', '2026-12-31', 0, '2027-03-31'],
    ['2026-12-31 23:59', '2026-12-31', 0, '2027-03-31'],
    ['2027-01-01 00:00', '2027-03-31', 1, '2027-06-30'],
    ['2027-03-31 23:59', '2027-03-31', 1, '2027-06-30'],
    ['2027-04-01 00:00', '2027-06-30', 2, '2027-09-30'],
    ['2027-10-31 02:30', '2027-12-31', 4, '2028-03-31'],
    ['2036-07-14 12:00', '2036-09-30', 39, '2036-12-31'],
  ] as const,
  (now, endsOn, renewal, nextEndsOn) =>
    assert.deepEqual(currentTerm(facts(), paris(now)), { endsOn, renewal, nextEndsOn }, now),
)

table(
  'AGR-3, art. 10: signed after its first term, it keeps the calendar the convention sets',
  [
    ['2027-01-15 10:00', '2027-03-31', 1],
    ['2027-05-02 10:00', '2027-06-30', 2],
  ] as const,
  (at, endsOn, renewal) => {
    const late = facts({ signatures: signed(at, at) })
    assert.deepEqual(
      [isInForce(late, paris(at)), currentTerm(late, paris(at)).endsOn, currentTerm(late, paris(at)).renewal],
      [true, endsOn, renewal],
    )
  },
)

table(
  'AGR-4, art. 10: a notice ends it one month after its receipt, at 24:00 of the same-numbered day or of the month’s last',
  [
    ['2026-02-28', '2026-03-28T23:00:00.000Z'], // as requirements.md says
    ['2026-01-31', '2026-02-28T23:00:00.000Z'],
    ['2028-01-31', '2028-02-29T23:00:00.000Z'],
    ['2026-01-30', '2026-02-28T23:00:00.000Z'],
    ['2026-03-31', '2026-04-30T22:00:00.000Z'],
    ['2026-05-31', '2026-06-30T22:00:00.000Z'],
    ['2026-11-25', '2026-12-25T23:00:00.000Z'],
    ['2026-12-31', '2027-01-31T23:00:00.000Z'],
    ['2026-02-25', '2026-03-25T23:00:00.000Z'],
    ['2026-02-01', '2026-03-01T23:00:00.000Z'],
    ['2028-02-29', '2028-03-29T22:00:00.000Z'],
    ['2026-09-25', '2026-10-25T23:00:00.000Z'],
    ['2026-10-03', '2026-11-03T23:00:00.000Z'],
  ] as const,
  (received, expected) => assert.equal(iso(noticeEnd(received)), expected, received),
)

table(
  'AGR-5, art. 10: a breach ends it one month after the letter was delivered or first presented, whichever came first',
  [
    [null, '2026-06-02', '2026-06-02', '2026-07-02T22:00:00.000Z'],
    ['2026-06-02', null, '2026-06-02', '2026-07-02T22:00:00.000Z'],
    ['2026-06-02', '2026-06-15', '2026-06-02', '2026-07-02T22:00:00.000Z'],
    ['2026-06-15', '2026-06-15', '2026-06-15', '2026-07-15T22:00:00.000Z'],
    ['2026-08-31', null, '2026-08-31', '2026-09-30T22:00:00.000Z'],
    ['2027-01-29', null, '2027-01-29', '2027-02-28T23:00:00.000Z'],
  ] as const,
  (presentedOn, deliveredOn, on, end) => {
    assert.equal(notifiedOn({ presentedOn, deliveredOn }), on)
    assert.equal(iso(breachEnd(on)), end)
  },
)
test('AGR-5, art. 10: a letter neither presented nor delivered has no effect', () => {
  const waiting = facts({ breaches: [breach(null)] })
  assert.deepEqual(
    [notifiedOn(breach(null)), endOf(waiting, paris('2026-06-01 10:00')), stateAt(waiting, paris('2027-06-01 10:00'))],
    [null, null, 'in-force'],
  )
})

table(
  'AGR-4, AGR-5, art. 10: several at once: the earliest end decides, a breach before a notice of the same day',
  [
    [
      'two notices crossing',
      { notices: [notice('2026-05-10'), notice('2026-05-04')] },
      '2026-06-04T22:00:00.000Z',
      'notice',
    ],
    [
      'a notice that comes back a day late',
      { notices: [notice('2026-01-30'), notice('2026-01-31')] },
      '2026-02-28T23:00:00.000Z',
      'notice',
    ],
    [
      'a notice during a breach',
      { breaches: [breach('2026-05-02')], notices: [notice('2026-05-20')] },
      '2026-06-02T22:00:00.000Z',
      'breach',
    ],
    [
      'a breach during a notice',
      { breaches: [breach('2026-05-20')], notices: [notice('2026-05-02')] },
      '2026-06-02T22:00:00.000Z',
      'notice',
    ],
    [
      'both on one day',
      { notices: [notice('2026-05-02')], breaches: [breach('2026-05-02')] },
      '2026-06-02T22:00:00.000Z',
      'breach',
    ],
    [
      'a notice still on its way',
      { notices: [notice(null), notice('2026-05-02')] },
      '2026-06-02T22:00:00.000Z',
      'notice',
    ],
    [
      'a notice renounced, another that stands',
      { notices: [notice('2026-05-02', paris('2026-05-20 10:00')), notice('2026-05-10')] },
      '2026-06-10T22:00:00.000Z',
      'notice',
    ],
    [
      'renounced after its effect: too late',
      { notices: [notice('2026-05-02', paris('2026-06-03 00:00'))] },
      '2026-06-02T22:00:00.000Z',
      'notice',
    ],
    [
      'a breach renounced, the notice stands',
      { breaches: [breach('2026-05-02', null, paris('2026-05-09 10:00'))], notices: [notice('2026-05-20')] },
      '2026-06-20T22:00:00.000Z',
      'notice',
    ],
    ['a notice that crosses the first term', { notices: [notice('2026-12-15')] }, '2027-01-15T23:00:00.000Z', 'notice'],
    [
      'a notice received on the last day of the term',
      { notices: [notice('2026-12-31')] },
      '2027-01-31T23:00:00.000Z',
      'notice',
    ],
  ] as [string, Partial<Facts>, string, string][],
  (title, over, at, cause) => {
    const end = endOf(facts(over), paris('2026-06-04 10:00'))
    assert.deepEqual([iso(end?.at), end?.cause], [at, cause], title)
  },
)

table(
  'AGR-3, AGR-4, art. 10: when a notice crosses a term, the renewal happens and the notice still ends it on its day',
  [
    ['2026-12-20 10:00', 'notice-given', '2026-12-31', 'renewal', '2026-12-31T23:00:00.000Z'],
    ['2027-01-02 10:00', 'notice-given', '2027-03-31', 'end', '2027-01-15T23:00:00.000Z'],
    ['2027-01-15 23:59', 'notice-given', '2027-03-31', 'end', '2027-01-15T23:00:00.000Z'],
  ] as const,
  (now, state, term, what, at) => {
    const crossing = facts({ notices: [notice('2026-12-15')] })
    const next = nextEvent(crossing, paris(now))
    assert.deepEqual(
      [stateAt(crossing, paris(now)), currentTerm(crossing, paris(now)).endsOn, next?.what, iso(next?.at)],
      [state, term, what, at],
    )
  },
)

table(
  'AGR-6, art. 10: an amendment that changes the term, or its end',
  [
    [
      'before it is signed by both, it changes nothing',
      [amendment(null, '2027-06-30')],
      '2026-11-01 10:00',
      '2026-12-31',
      '2027-03-31',
      null,
    ],
    [
      'the first term is put off',
      [amendment('2026-10-01 10:00', '2027-06-30')],
      '2026-11-01 10:00',
      '2027-06-30',
      '2027-09-30',
      null,
    ],
    [
      'and is not before the instant both have signed',
      [amendment('2026-10-01 10:00', '2027-06-30')],
      '2026-10-01 09:59',
      '2026-12-31',
      '2027-03-31',
      null,
    ],
    [
      'renewals then count from it',
      [amendment('2026-10-01 10:00', '2027-06-15')],
      '2027-06-16 00:00',
      '2027-09-15',
      '2027-12-15',
      null,
    ],
    [
      'the last one in effect decides',
      [amendment('2026-11-01 10:00', '2027-05-31'), amendment('2026-10-01 10:00', '2027-06-30')],
      '2026-12-01 10:00',
      '2027-05-31',
      '2027-08-31',
      null,
    ],
    [
      'no renewal: it ends on that day',
      [amendment('2026-10-01 10:00', '2026-11-30', false)],
      '2026-11-01 10:00',
      '2026-11-30',
      null,
      '2026-11-30T23:00:00.000Z',
    ],
    [
      'another text changes no date',
      [amendment('2026-10-01 10:00', null)],
      '2026-11-01 10:00',
      '2026-12-31',
      '2027-03-31',
      null,
    ],
    [
      'in a renewed period too',
      [amendment('2027-02-01 10:00', '2027-04-30', false)],
      '2027-02-02 10:00',
      '2027-04-30',
      null,
      '2027-04-30T22:00:00.000Z',
    ],
    [
      'one later lets it renew again',
      [amendment('2026-10-01 10:00', '2026-11-30', false), amendment('2026-11-15 10:00', '2026-12-31')],
      '2026-12-15 10:00',
      '2026-12-31',
      '2027-03-31',
      null,
    ],
  ] as [string, Facts['amendments'], string, string, string | null, string | null][],
  (title, amendments, now, endsOn, next, end) => {
    const amended = facts({ amendments })
    const term = currentTerm(amended, paris(now))
    assert.deepEqual([term.endsOn, term.nextEndsOn, iso(endOf(amended, paris(now))?.at)], [endsOn, next, end], title)
  },
)
test('AGR-4, AGR-6, art. 10: a notice earlier than the end an amendment sets decides, a later one does not', () => {
  const amendments = [amendment('2026-10-01 10:00', '2026-11-30', false)]
  const end = (received: string) => endOf(facts({ amendments, notices: [notice(received)] }), paris('2026-11-10 10:00'))
  assert.deepEqual(
    [end('2026-10-20')?.cause, iso(end('2026-10-20')?.at), end('2026-11-05')?.cause],
    ['notice', '2026-11-20T23:00:00.000Z', 'term'],
  )
})

table(
  'AGR-2 to AGR-5, art. 10: the state at an instant, to the minute',
  [
    [{ sentAt: null, signatures: [] }, '2026-01-05 10:00', 'draft'],
    [{ signatures: [] }, '2026-01-12 10:00', 'sent'],
    [
      { signatures: [{ party: 'operateur', signedAt: paris('2026-01-12 10:00') }] },
      '2026-01-13 10:00',
      'signed-by-one',
    ],
    [{}, '2026-01-20 16:29', 'signed-by-one'],
    [{ signatures: contested('2026-01-17 10:00').slice(0, 1) }, '2026-01-18 10:00', 'sent'],
    [{ signatures: contested('2026-01-17 10:00') }, '2026-01-21 10:00', 'signed-by-one'],
    [{ signatures: contested('2026-03-02 10:00') }, '2026-03-02 09:59', 'in-force'],
    [{ signatures: contested('2026-03-02 10:00') }, '2026-03-02 10:00', 'ended'],
    [{}, '2026-01-20 16:30', 'in-force'],
    [{}, '2040-01-01 00:00', 'in-force'],
    [{ notices: [notice('2026-05-02')] }, '2026-06-02 23:59', 'notice-given'],
    [{ notices: [notice('2026-05-02')] }, '2026-06-03 00:00', 'ended'],
    [{ breaches: [breach('2026-05-02')] }, '2026-06-02 23:59', 'breach-notified'],
    [{ breaches: [breach('2026-05-02')] }, '2026-06-03 00:00', 'terminated'],
    [{ breaches: [breach('2026-05-02')], notices: [notice('2026-05-01')] }, '2026-05-20 10:00', 'notice-given'],
    [{ breaches: [breach('2026-05-01')], notices: [notice('2026-05-02')] }, '2026-05-20 10:00', 'breach-notified'],
    [{ notices: [notice('2026-05-02', paris('2026-05-03 10:00'))] }, '2026-05-20 10:00', 'in-force'],
    [{ amendments: [amendment('2026-10-01 10:00', '2026-11-30', false)] }, '2026-11-30 23:59', 'in-force'],
    [{ amendments: [amendment('2026-10-01 10:00', '2026-11-30', false)] }, '2026-12-01 00:00', 'ended'],
  ] as [Partial<Facts>, string, string][],
  (over, now, state) => {
    assert.equal(stateAt(facts(over), paris(now)), state, now)
    assert.equal(
      isInForce(facts(over), paris(now)),
      ['in-force', 'notice-given', 'breach-notified'].includes(state),
      now,
    )
  },
)

table(
  'AGR-11, parties: a signature earlier than the act, its receipt by the prefecture or its publication is warned of',
  [
    [{}, '2026-02-10', []],
    [{}, '2026-02-01', ['before-act', 'before-prefecture', 'before-publication']],
    [{}, '2026-02-03', ['before-prefecture', 'before-publication']],
    [{}, '2026-02-05', ['before-publication']],
    [{}, '2026-02-06', []],
    [{ prefectureOn: null }, '2026-02-10', ['no-prefecture']],
    [{ publishedOn: null }, '2026-02-10', ['no-publication']],
    [{ localAuthority: false, prefectureOn: null, publishedOn: null }, '2026-02-10', []],
    [{ act: null, actOn: null }, '2026-02-10', ['no-act']],
    [{ actOn: null }, null, ['no-act']],
    [{}, null, []],
  ] as [Partial<Authority>, string | null, string[]][],
  (over, signedOn, warnings) =>
    assert.deepEqual(
      warningsOf(
        {
          act: 'Délibération 2026-12',
          actOn: '2026-02-02',
          localAuthority: true,
          prefectureOn: '2026-02-05',
          publishedOn: '2026-02-06',
          ...over,
        },
        signedOn,
      ),
      warnings,
    ),
)

test('AGR-2 to AGR-6, art. 10: what may be done in each state: one table, and what it does not hold is refused', () => {
  const allowed = Object.fromEntries(states.map(state => [state, acts.filter(act => mayDo(state, act))]))
  assert.deepEqual(allowed, {
    draft: ['edit', 'send'],
    sent: ['recall', 'sign', 'answer'],
    'signed-by-one': ['recall', 'sign', 'correct', 'answer'],
    'in-force': ['amend', 'give-notice', 'notify-breach', 'withdraw', 'correct', 'answer'],
    'notice-given': ['amend', 'give-notice', 'notify-breach', 'withdraw', 'correct', 'answer'],
    'breach-notified': ['amend', 'give-notice', 'notify-breach', 'withdraw', 'correct', 'answer'],
    ended: ['correct', 'answer'],
    terminated: ['correct', 'answer'],
  })
})

test('AGR-2 to AGR-6: on generated histories, each step leads where the table says, and the rules never disagree with each other', () => {
  const random = seededRandom(840)
  const reached = new Set<string>()
  for (let n = 0; n < 3000; n += 1) {
    let now = paris('2026-01-02 09:00')
    let f: Facts = facts({ sentAt: null, signatures: [] })
    for (let step = 0; step < 12; step += 1) {
      now = new Date(now.getTime() + Math.floor(random() * 40 * 86_400_000))
      const before = stateAt(f, now)
      const today = now.toISOString().slice(0, 10)
      const act = pick(random, acts)
      if (!mayDo(before, act)) continue
      const recent = addDays(today, -Math.floor(random() * 50))
      const next: Facts =
        act === 'send'
          ? { ...f, sentAt: now }
          : act === 'recall'
            ? { ...f, sentAt: null, signatures: [] }
            : act === 'sign'
              ? {
                  ...f,
                  signatures: [
                    ...f.signatures,
                    { party: f.signatures[0]?.party === 'partenaire' ? 'operateur' : 'partenaire', signedAt: now },
                  ],
                }
              : act === 'give-notice'
                ? { ...f, notices: [...f.notices, notice(random() < 0.2 ? null : recent)] }
                : act === 'notify-breach'
                  ? { ...f, breaches: [...f.breaches, breach(random() < 0.2 ? null : recent)] }
                  : act === 'withdraw'
                    ? { ...f, notices: f.notices.map(x => (x.withdrawnAt ? x : { ...x, withdrawnAt: now })) }
                    : act === 'correct'
                      ? { ...f, notices: f.notices.map(x => ({ ...x, receivedOn: recent })) }
                      : act === 'answer'
                        ? {
                            ...f,
                            notices: f.notices.slice(1),
                            signatures: f.signatures.map((s, i) => ({
                              ...s,
                              contestedAt: i === 0 && random() < 0.3 ? now : null,
                            })),
                          }
                        : act === 'amend'
                          ? {
                              ...f,
                              amendments: [
                                ...f.amendments,
                                {
                                  effectiveAt: now,
                                  termOn: addDays(today, Math.floor(random() * 200)),
                                  renews: random() < 0.8,
                                },
                              ],
                            }
                          : f
      const after = stateAt(next, now)
      // An amendment may also undo an end that only another amendment set; the state is then in force, which the table
      // holds.
      assert.ok(transitions[before][act]!.includes(after), `${before} –${act}→ ${after}`)
      reached.add(after)
      const [start, end] = [effectiveFrom(next), endOf(next, now)]
      if (end) assert.ok(start && end.at >= start)
      assert.equal(isInForce(next, now), start !== null && start <= now && !(end && end.at <= now))
      const coming = nextEvent(next, now)
      if (coming) assert.ok(coming.at > now && (!end || coming.at <= end.at))
      const term = currentTerm(next, now)
      const lines = termsUntil(next, now)
      assert.ok(lines.includes(term.endsOn) && lines.every((day, i) => i === 0 || lines[i - 1]! < day))
      f = next
    }
  }
  assert.deepEqual([...reached].sort(), [...states].sort())
})

table(
  'AGR-3, art. 10: a line of time shows the eight terms before, the current one and the next',
  [
    ['2026-06-01 12:00', ['2026-12-31', '2027-03-31']],
    ['2027-02-01 12:00', ['2026-12-31', '2027-03-31', '2027-06-30']],
    [
      '2028-12-31 12:00',
      [
        '2026-12-31',
        '2027-03-31',
        '2027-06-30',
        '2027-09-30',
        '2027-12-31',
        '2028-03-31',
        '2028-06-30',
        '2028-09-30',
        '2028-12-31',
        '2029-03-31',
      ],
    ],
    [
      '2029-02-01 12:00',
      [
        '2027-03-31',
        '2027-06-30',
        '2027-09-30',
        '2027-12-31',
        '2028-03-31',
        '2028-06-30',
        '2028-09-30',
        '2028-12-31',
        '2029-03-31',
        '2029-06-30',
      ],
    ],
  ] as const,
  (now, expected) => assert.deepEqual(termsUntil(facts(), paris(now)), expected),
)

test('at least sixty dated cases stand above, each under the article it follows', () =>
  assert.ok(cases >= 60, `${cases}`))

test('AGR-11: an act is contested within two clear months of the later of its receipt and its publication', () => {
  const until = (prefectureOn: string | null, publishedOn: string | null, localAuthority = true) =>
    contestableUntil({ localAuthority, prefectureOn, publishedOn })
  assert.deepEqual(
    [
      until('2026-01-12', '2026-01-13'),
      until('2026-01-13', '2026-01-12'),
      until('2025-12-31', '2025-12-31'),
      until('2026-06-30', '2026-06-30'),
      until(null, '2026-01-13'),
      until('2026-01-13', null),
      until('2026-01-12', '2026-01-13', false),
    ],
    ['2026-03-14', '2026-03-14', '2026-03-01', '2026-08-31', null, null, null],
  )
})
