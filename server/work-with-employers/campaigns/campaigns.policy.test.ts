import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Grant } from '../../platform/viewer.ts'
import { aViewer, aViewerGrant } from '../../testing/viewer.ts'
import { campaignReply, mayPilot, mayPrepare, mayRead, mayRelease, mayWork, targetReply } from './campaigns.policy.ts'
import { aCampaign, aTarget } from './testing.ts'

const [gironde, landes, graves] = [2033, 2040, 10012]
const [pilotId, memberId, strangerId] = [
  '019ab3c4-0000-7000-8000-000000000001',
  '019ab3c4-0000-7000-8000-000000000002',
  '019ab3c4-0000-7000-8000-000000000003',
]
const place = { regionId: 1075, departementId: gironde, epciId: null, clpeId: graves }
const here = { territoryId: graves, place }
const campaign = aCampaign({ pilotId, memberIds: [memberId], status: 'open', ...here })
const draft = aCampaign({ pilotId, memberIds: [memberId], ...here })
const target = aTarget({ place })
const who = (organisationId: string, ...grants: Partial<Grant>[]) =>
  aViewer({ organisationId, grants: grants.map(aViewerGrant) })

for (const [why, viewer, opened, drafted] of [
  ['a member within the perimeter', who(memberId, { profile: 'consultation', territoryId: graves }), true, 'not-found'],
  ['the pilot organisation', who(pilotId, { profile: 'consultation', territoryId: graves }), true, true],
  [
    'a member whose perimeter only overlaps',
    who(memberId, { territoryId: 200, touches: [200, graves] }),
    true,
    'not-found',
  ],
  ['a member with a national grant', who(memberId, { territoryId: 0 }), true, 'not-found'],
  ['a member elsewhere', who(memberId, { territoryId: landes, touches: [landes] }), 'not-found', 'not-found'],
  [
    'a member with another tool',
    who(memberId, { tool: 'fiche-etablissement', territoryId: graves }),
    'not-found',
    'not-found',
  ],
  ['a stranger here', who(strangerId, { profile: 'pilote', territoryId: 0 }), 'not-found', 'not-found'],
] as const)
  test(`SEC-6: reading, for ${why}`, () =>
    assert.deepEqual([mayRead(viewer, campaign), mayRead(viewer, draft)], [opened, drafted]))

for (const [why, viewer, verdict] of [
  [
    'a pilot of the pilot organisation over the department',
    who(pilotId, { profile: 'pilote', territoryId: gironde }),
    true,
  ],
  [
    'a pilot of the pilot organisation elsewhere',
    who(pilotId, { profile: 'pilote', territoryId: landes }),
    'campaign/pilot-only',
  ],
  [
    'a pilot whose perimeter only overlaps',
    who(pilotId, { profile: 'pilote', territoryId: 200, touches: [graves] }),
    'campaign/pilot-only',
  ],
  [
    'a lead of the pilot organisation',
    who(pilotId, { profile: 'responsable', territoryId: graves }),
    'campaign/pilot-only',
  ],
  ['a pilot of a member', who(memberId, { profile: 'pilote', territoryId: 0 }), 'campaign/pilot-only'],
] as const)
  test(`SEC-6: piloting, for ${why}`, () => assert.equal(mayPilot(viewer, campaign), verdict))

test('SEC-6: a campaign is prepared over a territory that one covers whole', () => {
  const viewer = who(pilotId, { profile: 'pilote', territoryId: graves })
  assert.equal(mayPrepare(viewer, place), true)
  assert.equal(mayPrepare(viewer, { ...place, clpeId: null }), 'access/outside-perimeter')
})

const advisor = who(memberId, { profile: 'conseiller', territoryId: graves })
const colleague = who(memberId, { profile: 'conseiller', territoryId: graves })
const lead = who(memberId, { profile: 'responsable', territoryId: graves })
const taken = {
  ...target,
  status: 'prise-en-charge' as const,
  takenBy: { id: advisor.accountId, name: 'Camille Essai', organisationId: memberId },
}
test('SEC-6: working a target asks an advisor of a member whose perimeter covers it', () => {
  assert.equal(mayWork(advisor, campaign, target), true)
  assert.equal(
    mayWork(who(memberId, { profile: 'consultation', territoryId: graves }), campaign, target),
    'access/outside-perimeter',
  )
  assert.equal(mayWork(who(memberId, { territoryId: landes }), campaign, target), 'access/outside-perimeter')
  assert.equal(mayWork(who(strangerId, { territoryId: graves }), campaign, target), 'campaign/member-advisors-only')
})
test('a target is given back by who took it, or by a lead of the same organisation', () => {
  assert.equal(mayRelease(advisor, campaign, taken), true)
  assert.equal(mayRelease(lead, campaign, taken), true)
  assert.equal(mayRelease(colleague, campaign, taken), 'target/taken-by-other')
  assert.equal(
    mayRelease(who(pilotId, { profile: 'pilote', territoryId: graves }), campaign, taken),
    'target/taken-by-other',
  )
})

test('the reply says what this viewer may do', () => {
  const pilot = who(pilotId, { profile: 'pilote', territoryId: graves })
  const on = (status: 'draft' | 'open' | 'closed' | 'archived', viewer = pilot) =>
    campaignReply(viewer, { ...campaign, status }).allowed
  assert.deepEqual(on('draft'), ['edit', 'add-targets', 'decide-conflicts', 'open', 'duplicate'])
  assert.deepEqual(on('open'), [
    'add-targets',
    'change-period',
    'correct',
    'change-members',
    'hand-over',
    'close',
    'duplicate',
    'work-targets',
  ])
  assert.deepEqual(on('closed'), ['decide-conflicts', 'hand-over', 'reopen', 'archive', 'duplicate'])
  assert.deepEqual(on('archived'), ['duplicate'])
  assert.deepEqual(on('open', advisor), ['work-targets'])
  assert.deepEqual(on('open', who(memberId, { profile: 'consultation', territoryId: graves })), [])
})
test('the reply says what this viewer may do with a target', () => {
  const full = who(
    memberId,
    { territoryId: graves },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: gironde },
  )
  assert.deepEqual(targetReply(full, campaign, target).allowed, ['take', 'record'])
  assert.deepEqual(targetReply(advisor, campaign, target).allowed, ['take'], 'recording asks to read the card')
  assert.deepEqual(targetReply(advisor, campaign, taken).allowed, ['release'])
  assert.deepEqual(targetReply(colleague, campaign, taken).allowed, [])
  assert.deepEqual(targetReply(full, { ...campaign, status: 'closed' }, target).allowed, [])
  assert.deepEqual(targetReply(full, campaign, { ...target, status: 'ecarte', setAsideReason: 'Fermé' }).allowed, [])
  assert.deepEqual(targetReply(who(pilotId, { profile: 'pilote', territoryId: graves }), campaign, target).allowed, [
    'take',
    'set-aside',
  ])
})
