import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AccessFacts, anomaliesOf } from './anomaly-rules.ts'

const today = '2026-11-25'
const at = (day: string) => new Date(`${day}T12:00:00Z`)
const account: AccessFacts = {
  accountId: 'p',
  organisationId: 'o',
  function: 'Conseillère entreprises',
  functionSince: null,
  activeSince: null,
  contractEndsOn: null,
  lastActAt: at('2026-11-20'),
  liftedAt: null,
  hasRole: false,
  rightsEndedAt: null,
  createdAt: at('2026-01-05'),
  grantId: null,
  tool: null,
  profile: null,
  grantedAt: null,
  startsOn: null,
  lastUsedOn: null,
  corrected: null,
  beyondSince: null,
}
const grant: AccessFacts = {
  ...account,
  grantId: 'g',
  tool: 'campagnes',
  profile: 'conseiller',
  grantedAt: at('2026-01-05'),
  startsOn: '2026-01-05',
  lastUsedOn: '2026-11-20',
}
const found = (lines: readonly AccessFacts[], on = today) =>
  anomaliesOf(lines, on).map(({ kind, line, since }) => [line.grantId ?? 'account', kind, since.toISOString()])

// Days change at midnight in Paris: 23:00 UTC the day before in winter, 22:00 in summer.
for (const [why, a, g, expected] of [
  ['nothing wrong', {}, {}, []],
  [
    'two months without an act, to the day',
    { lastActAt: at('2026-09-25') },
    {},
    [['account', 'not-seen', '2026-10-25T23:00:00.000Z']],
  ],
  [
    'over two months without an act',
    { lastActAt: at('2026-09-24') },
    {},
    [['account', 'should-be-suspended', '2026-11-24T23:00:00.000Z']],
  ],
  [
    'a grant beyond the territories of the structure',
    {},
    { beyondSince: at('2026-11-02') },
    [['g', 'beyond-territories', '2026-11-02T12:00:00.000Z']],
  ],
  ['a suspension lifted yesterday', { lastActAt: at('2026-09-01'), liftedAt: at('2026-11-24') }, {}, []],
  [
    'lifted over two months ago, and nothing since',
    { lastActAt: null, liftedAt: at('2026-09-24') },
    {},
    [['account', 'should-be-suspended', '2026-11-24T23:00:00.000Z']],
  ],
  ['not seen for thirty days', { lastActAt: at('2026-10-26') }, {}, []],
  [
    'not seen for thirty-one',
    { lastActAt: at('2026-10-25') },
    {},
    [['account', 'not-seen', '2026-11-24T23:00:00.000Z']],
  ],
  [
    'never seen',
    { lastActAt: null },
    { lastUsedOn: null },
    [
      ['account', 'never-seen', '2026-02-04T23:00:00.000Z'],
      ['g', 'never-used', '2026-02-04T23:00:00.000Z'],
    ],
  ],
  ['never seen, but given this month', { lastActAt: null }, { lastUsedOn: null, grantedAt: at('2026-10-26') }, []],
  ['given long ago, to start this month', { lastActAt: null }, { lastUsedOn: null, startsOn: '2026-11-02' }, []],
  ['contract on its last day', { contractEndsOn: today }, {}, []],
  ['contract over', { contractEndsOn: '2026-11-24' }, {}, [['account', 'contract-over', '2026-11-24T23:00:00.000Z']]],
  [
    'a contract that ended in summer',
    { contractEndsOn: '2026-07-14' },
    {},
    [['account', 'contract-over', '2026-07-14T22:00:00.000Z']],
  ],
  ['a grant not used for two months', {}, { lastUsedOn: '2026-09-24' }, [['g', 'unused', '2026-11-24T23:00:00.000Z']]],
  [
    'a use before the grant was given is none of it',
    {},
    { lastUsedOn: '2026-08-01', grantedAt: at('2026-09-01') },
    [['g', 'never-used', '2026-10-01T22:00:00.000Z']],
  ],
  [
    'a grant beyond the function, since it was given',
    {},
    { profile: 'pilote' },
    [['g', 'beyond-function', '2026-01-05T12:00:00.000Z']],
  ],
  [
    'beyond a function that changed since',
    {},
    { profile: 'pilote', functionSince: at('2026-06-01') },
    [['g', 'beyond-function', '2026-06-01T12:00:00.000Z']],
  ],
  [
    'not open while the account was suspended',
    {},
    { profile: 'pilote', activeSince: at('2026-03-01') },
    [['g', 'beyond-function', '2026-03-01T12:00:00.000Z']],
  ],
  [
    'nor before the last time it was corrected',
    {},
    {
      profile: 'pilote',
      corrected: { 'beyond-function': '2026-04-01T12:00:00.123456+00:00', unused: '2026-09-01T00:00:00+00:00' },
    },
    [['g', 'beyond-function', '2026-04-01T12:00:00.123Z']],
  ],
] as const)
  test(`ACC-8, ACC-14: anomalies, and since when: ${why}`, () =>
    assert.deepEqual(
      found([
        { ...account, ...a },
        { ...grant, ...g },
      ] as AccessFacts[]),
      expected,
    ))

test('ACC-8: an account with neither grant nor role is an anomaly once a month has passed', () => {
  assert.deepEqual(found([account]), [['account', 'no-grant', '2026-02-04T23:00:00.000Z']])
  assert.deepEqual(found([{ ...account, hasRole: true }]), [])
  assert.deepEqual(found([{ ...account, rightsEndedAt: at('2026-10-26') }]), [])
  assert.deepEqual(found([{ ...account, rightsEndedAt: at('2026-10-25') }]), [
    ['account', 'no-grant', '2026-11-24T23:00:00.000Z'],
  ])
})
