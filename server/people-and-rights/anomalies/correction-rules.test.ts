import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnomalyKind } from '../../../contract/people-and-rights/anomalies.ts'
import type { AccessFacts } from './anomaly-rules.ts'
import { compare, correctionOf, type GoneRow, type Outcome } from './correction-rules.ts'

const now = new Date('2026-11-25T15:00:00Z')
const today = '2026-11-25'
const opened = new Date('2026-11-10T23:00:00Z')
const means = { today, idOf: (...words: (string | null)[]) => words.join(' ') }
const nothing: Outcome = {
  revokedAt: null,
  revokedBy: null,
  endsOn: null,
  replaced: false,
  status: 'active',
  statusAt: null,
  contractAt: null,
  lastActAt: '2026-09-01T08:00:00Z',
  lifted: null,
  usedOn: null,
  functionSince: null,
  given: null,
  ended: null,
  act: null,
}
const row = (kind: AnomalyKind, outcome: Partial<Outcome>, grantId: string | null = null): GoneRow => ({
  id: 'r',
  organisationId: 'o',
  accountId: 'p',
  grantId,
  kind,
  function: 'Conseillère entreprises',
  contractEndsOn: null,
  lastActAt: new Date('2026-09-01T08:00:00Z'),
  lastUsedOn: null,
  openedAt: opened,
  outcome: { ...nothing, ...outcome },
})
const act = { at: '2026-11-24T10:00:00Z', by: 'rgc' }
const of = (one: GoneRow, who: string | null = null) => {
  assert.deepEqual(compare([one], [], means).gone, [one])
  const { how, at, by } = correctionOf(one, now, today, who).corrected
  return [how, at.toISOString(), by]
}

for (const [why, one, expected] of [
  [
    'the grant was ended',
    row('unused', { revokedAt: act.at, revokedBy: 'rgc' }, 'g'),
    ['grant-ended', '2026-11-24T10:00:00.000Z', 'rgc'],
  ],
  [
    'the grant was reduced',
    row('beyond-function', { revokedAt: act.at, revokedBy: 'rgc', replaced: true }, 'g'),
    ['grant-changed', '2026-11-24T10:00:00.000Z', 'rgc'],
  ],
  [
    'the grant came to its term',
    row('never-used', { endsOn: '2026-11-20' }, 'g'),
    ['grant-over', '2026-11-20T23:00:00.000Z', null],
  ],
  [
    'the account was suspended',
    row('not-seen', { status: 'suspended', statusAt: act.at, act }),
    ['account-suspended', '2026-11-24T10:00:00.000Z', 'rgc'],
  ],
  [
    'the account was deleted',
    row('unused', { status: 'deleted', statusAt: act.at, act }, 'g'),
    ['account-deleted', '2026-11-24T10:00:00.000Z', 'rgc'],
  ],
  [
    'the account was deleted, and its grants with it',
    row('unused', { status: 'deleted', statusAt: act.at, revokedAt: act.at, revokedBy: 'rgc', act }, 'g'),
    ['account-deleted', '2026-11-24T10:00:00.000Z', 'rgc'],
  ],
  [
    'the grant was ended before the account',
    row('unused', { status: 'suspended', statusAt: '2026-11-25T09:00:00Z', revokedAt: act.at, revokedBy: 'rgc' }, 'g'),
    ['grant-ended', '2026-11-24T10:00:00.000Z', 'rgc'],
  ],
  [
    'the contract was extended',
    row('contract-over', { contractAt: act.at, act }),
    ['contract-extended', '2026-11-24T10:00:00.000Z', 'rgc'],
  ],
  [
    'the person came back',
    row('not-seen', { lastActAt: '2026-11-23T09:00:00Z' }),
    ['came-back', '2026-11-23T09:00:00.000Z', 'p'],
  ],
  [
    'the suspension was lifted, and the person came back',
    row('should-be-suspended', {
      lastActAt: '2026-11-23T09:00:00Z',
      lifted: { at: '2026-11-22T09:00:00Z', by: 'rgc' },
    }),
    ['lifted', '2026-11-22T09:00:00.000Z', 'rgc'],
  ],
  [
    'a month became two',
    row('not-seen', { lastActAt: '2026-09-01T08:00:00Z' }),
    ['worsened', '2026-11-10T23:00:00.000Z', null],
  ],
  [
    'who was never seen has no grant any more',
    row('never-seen', { lastActAt: null, ended: act }),
    ['rights-ended', '2026-11-24T10:00:00.000Z', 'rgc'],
  ],
  [
    'who had no grant was given one',
    row('no-grant', { given: act }),
    ['rights-given', '2026-11-24T10:00:00.000Z', 'rgc'],
  ],
  ['the grant was used', row('unused', { usedOn: '2026-11-20' }, 'g'), ['used', '2026-11-19T23:00:00.000Z', 'p']],
  ['used on the very day it opened', row('unused', { usedOn: '2026-11-10' }, 'g'), ['used', opened.toISOString(), 'p']],
  [
    'the function was corrected',
    row('beyond-function', { functionSince: act.at, act }, 'g'),
    ['function-changed', '2026-11-24T10:00:00.000Z', 'rgc'],
  ],
  ['the rules themselves changed', row('beyond-function', {}, 'g'), ['gone', now.toISOString(), null]],
  [
    'the structure was given those territories',
    row('beyond-territories', {}, 'g'),
    ['territories-given', now.toISOString(), null],
  ],
  [
    'an instant of another clock, to come',
    row('unused', { revokedAt: '2026-11-25T15:00:01Z', revokedBy: 'rgc' }, 'g'),
    ['grant-ended', now.toISOString(), 'rgc'],
  ],
] as const)
  test(`ACC-14: an anomaly is dated when corrected, and says how and by whom: ${why}`, () =>
    assert.deepEqual(of(one), expected))
test('ACC-14: who acts now is named, where the facts name an earlier one', () =>
  assert.deepEqual(of(row('contract-over', { contractAt: '2026-11-25T14:59:59Z', act }), 'maite'), [
    'contract-extended',
    '2026-11-25T14:59:59.000Z',
    'maite',
  ]))

test('ACC-14: what is open stays one row; what opened meanwhile is dated from when it was so', () => {
  const line: AccessFacts = {
    accountId: 'p',
    organisationId: 'o',
    function: 'Conseillère entreprises',
    functionSince: null,
    activeSince: null,
    contractEndsOn: '2026-11-20',
    lastActAt: new Date('2026-10-11T08:00:00Z'),
    liftedAt: null,
    hasRole: true,
    rightsEndedAt: null,
    createdAt: new Date('2026-01-05T08:00:00Z'),
    grantId: null,
    tool: null,
    profile: null,
    grantedAt: null,
    startsOn: null,
    lastUsedOn: null,
    corrected: null,
    beyondSince: null,
  }
  const found = compare([row('not-seen', {})], [line], means)
  assert.deepEqual(
    [found.standing.map(r => r.id), found.opened.map(r => [r.id, r.kind, r.openedAt.toISOString()]), found.gone],
    [['r'], [['p  contract-over 2026-11-20T23:00:00.000Z', 'contract-over', '2026-11-20T23:00:00.000Z']], []],
  )
  assert.deepEqual(
    compare([], [line], means).opened.map(r => r.kind),
    ['contract-over', 'not-seen'],
  )
})
