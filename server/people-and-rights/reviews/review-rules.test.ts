import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvOf } from '../../../contract/csv.ts'
import { Refused } from '../../platform/errors.ts'
import { aViewer } from '../../testing/viewer.ts'
import { reminderOn, reviewDueOn } from './deadlines.model.ts'
import { checkDecision, possibleDecisions } from './decision-rules.ts'
import { mayDecideLine, mayFollowReviews, mayReadReview, waitsFor } from './reviews.policy.ts'

for (const [why, closed, delivered, months, expected] of [
  ['the first, a year after the delivery', null, '2026-01-05', 12, '2027-01-05'],
  ['the next, a year after the last one closed', '2026-12-20', '2026-01-05', 12, '2027-12-20'],
  ['a 29 February falls due on the 28th', '2028-02-29', null, 12, '2029-02-28'],
  ['at the operator’s rhythm', '2026-08-31', null, 6, '2027-02-28'],
  ['nothing delivered', null, null, 12, null],
] as const)
  test(`ACC-8: the review falls due: ${why}`, () => assert.equal(reviewDueOn(closed, delivered, months), expected))
for (const [today, expected] of [
  ['2026-11-30', null],
  ['2026-12-01', 'thirty-days'],
  ['2026-12-23', 'thirty-days'],
  ['2026-12-24', 'seven-days'],
  ['2026-12-30', 'seven-days'],
  ['2026-12-31', 'today'],
  ['2027-01-01', 'late'],
  ['2027-06-01', 'late'],
] as const)
  test(`ACC-8: due on 31 December, told on ${today}`, () => assert.equal(reminderOn('2026-12-31', today), expected))

const line = {
  grantId: null,
  profile: null,
  territory: null,
  anomalies: [],
  decision: null,
  isManager: false,
  duties: null,
}
const ofGrant = { ...line, grantId: 'g', profile: 'responsable', territory: { kind: 'departement' } } as const
for (const [why, of, decision, to, reason, expected] of [
  ['an account is kept', line, 'keep', undefined, null, null],
  ['suspended with a reason', line, 'suspend', undefined, 'Départ', null],
  ['not without one', line, 'suspend', undefined, null, 'review/reason-required'],
  ['not reduced', line, 'reduce', 'conseiller', 'Trop', 'review/decision-impossible'],
  ['a grant is reduced', ofGrant, 'reduce', 'conseiller', 'Trop', null],
  ['not without a profile', ofGrant, 'reduce', undefined, 'Trop', 'review/decision-impossible'],
  ['not to the same', ofGrant, 'reduce', 'responsable', 'Trop', 'review/decision-impossible'],
  ['not to a larger', ofGrant, 'reduce', 'pilote', 'Trop', 'review/decision-impossible'],
  ['a grant is suspended', ofGrant, 'suspend', undefined, 'x', null],
  ['not suspended without a reason', ofGrant, 'suspend', undefined, null, 'review/reason-required'],
  [
    'kept in spite of an anomaly, with a reason',
    { ...ofGrant, anomalies: ['unused'] },
    'keep',
    undefined,
    'Saison',
    null,
  ],
  ['not without', { ...ofGrant, anomalies: ['unused'] }, 'keep', undefined, null, 'review/reason-required'],
  ['looked at again when kept', { ...ofGrant, decision: 'keep' }, 'delete', undefined, 'Fin', null],
  ['not when corrected', { ...ofGrant, decision: 'reduce' }, 'keep', undefined, null, 'review/already-corrected'],
  ['a profile without reducing', ofGrant, 'keep', 'conseiller', null, 'review/decision-impossible'],
] as const)
  test(`ACC-8: deciding: ${why}`, () => {
    const decide = () => checkDecision(of, decision, to, reason)
    if (expected === null) decide()
    else assert.throws(decide, (e: unknown) => e instanceof Refused && e.code === expected)
  })
test('ACC-8: what can be decided, and never the smallest profile reduced', () =>
  assert.deepEqual(
    [
      possibleDecisions(line),
      possibleDecisions(ofGrant),
      possibleDecisions({ ...ofGrant, profile: 'consultation' }),
      possibleDecisions({ ...ofGrant, profile: 'consultation', territory: { kind: 'epci' } }),
      possibleDecisions({ ...ofGrant, territory: { kind: 'epci' } }),
      possibleDecisions({ ...line, decision: 'suspend' }),
    ],
    [
      ['keep', 'suspend', 'delete'],
      ['keep', 'reduce', 'suspend', 'delete'],
      ['keep', 'reduce', 'suspend', 'delete'],
      ['keep', 'suspend', 'delete'],
      ['keep', 'reduce', 'suspend', 'delete'],
      [],
    ],
  ))

const viewer = (
  role: 'rgc' | 'signataire' | 'cssi' | 'dpd' | 'direction-regionale' | 'administrateur',
  organisationId = 'o',
) => aViewer({ accountId: 'me', organisationId, roles: [{ role, regionId: null }] })
const person = { id: 'p', organisationId: 'o', isManager: false, otherManagers: 1 }
for (const [who, of, expected] of [
  [viewer('rgc'), person, true],
  [viewer('rgc'), { ...person, id: 'me', isManager: true }, 'grant/own'],
  [viewer('rgc', 'other'), person, 'access/role-required'],
  [viewer('cssi'), person, 'access/role-required'],
  [viewer('dpd'), person, 'access/role-required'],
  [viewer('signataire'), person, 'grant/not-yours-to-decide'],
  [viewer('signataire'), { ...person, isManager: true, otherManagers: 0 }, true],
  [viewer('signataire'), { ...person, isManager: true }, 'grant/not-yours-to-decide'],
] as const)
  test(`ACC-4: in the review too: ${who.roles[0]!.role} of ${who.organisationId} about ${of.id}${of.isManager ? ', a manager' : ''}`, () =>
    assert.equal(mayDecideLine(who, 'o', of), expected))
test('ACC-8: who reads a review, and who follows them', () => {
  assert.deepEqual(
    (['rgc', 'signataire', 'cssi', 'administrateur', 'dpd', 'direction-regionale'] as const).map(r => [
      mayReadReview(viewer(r), 'o'),
      mayReadReview(viewer(r), 'x'),
      mayFollowReviews(viewer(r)) === true,
    ]),
    [
      [true, false, true],
      [true, false, true],
      [true, true, true],
      [true, true, true],
      [false, false, false],
      [false, false, true],
    ],
  )
  assert.deepEqual(
    [
      waitsFor(person),
      waitsFor({ ...person, isManager: true }),
      waitsFor({ ...person, isManager: true, otherManagers: 0 }),
    ],
    [null, 'other-manager', 'signatory'],
  )
})

test('ACC-8: a cell that a spreadsheet would run stays text', () =>
  assert.equal(
    csvOf([['=1+1', '+33', '-2', '@x', '\tx', 'a"b', null, 3]]),
    '\uFEFF"\'=1+1";"\'+33";"\'-2";"\'@x";"\'\tx";"a""b";"";"3"\r\n',
  ))

const ofManager = {
  grantId: 'g',
  territory: null,
  profile: 'responsable',
  anomalies: [],
  decision: null,
  isManager: true,
  duties: null,
} as const
test('ACC-4: in the review, an account manager’s grant without recorded duties is neither kept nor reduced; with them it is, and their account is decided as any', () => {
  for (const [decision, to] of [
    ['keep', undefined],
    ['reduce', 'conseiller'],
  ] as const)
    assert.throws(() => checkDecision(ofManager, decision, to, 'essai'), { code: 'grant/duties-needed' })
  checkDecision(ofManager, 'delete', undefined, 'essai')
  assert.deepEqual(
    [
      possibleDecisions(ofManager),
      possibleDecisions({ ...ofManager, duties: 'Prospecte' }),
      possibleDecisions({ ...ofManager, grantId: null }),
    ],
    [
      ['suspend', 'delete'],
      ['keep', 'reduce', 'suspend', 'delete'],
      ['keep', 'suspend', 'delete'],
    ],
  )
  checkDecision({ ...ofManager, duties: 'Prospecte' }, 'keep', undefined, null)
})
test('ACC-8: a reduction has a smaller profile, a smaller perimeter, or both', () => {
  checkDecision(ofGrant, 'reduce', undefined, 'Trop', true)
  checkDecision(ofGrant, 'reduce', 'conseiller', 'Trop', true)
  for (const [decision, to, smaller] of [
    ['reduce', undefined, false],
    ['reduce', 'conseiller', false],
    ['reduce', 'pilote', true],
    ['keep', undefined, true],
    ['suspend', undefined, true],
  ] as const)
    assert.throws(() => checkDecision(ofGrant, decision, to, 'Trop', smaller), { code: 'review/decision-impossible' })
})
