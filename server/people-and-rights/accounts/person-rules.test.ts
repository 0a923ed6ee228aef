import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attach } from './person-rules.ts'
import { exceedsFunction, smallestProfiles } from './smallest-profile-rules.ts'

for (const [job, campagnes, fiche] of [
  ['Conseillère entreprises', 'conseiller', 'conseiller'],
  ['Conseiller en insertion professionnelle', 'conseiller', 'conseiller'],
  ['Chargé de relations entreprises', 'conseiller', 'conseiller'],
  ['Responsable du pôle entreprises', 'responsable', 'conseiller'],
  ['Développeuse économique', 'pilote', 'conseiller'],
  ['Coordinatrice de la task force', 'pilote', 'conseiller'],
  ['Directeur', 'consultation', 'consultation'],
  ['Secrétaire générale', 'consultation', 'consultation'],
  ['Assistante administrative', undefined, 'consultation'],
  ['Agent d’accueil', undefined, 'consultation'],
  ['Jardinier', undefined, undefined],
] as const)
  test(`ACC-2: what « ${job} » needs`, () =>
    assert.deepEqual(
      [smallestProfiles(job).campagnes, smallestProfiles(job)['fiche-etablissement']],
      [campagnes, fiche],
    ))
test('ACC-2: what exceeds a function is a larger profile, or a tool that it does not need', () => {
  assert.equal(exceedsFunction('Conseillère entreprises', 'campagnes', 'conseiller'), false)
  assert.equal(exceedsFunction('Conseillère entreprises', 'campagnes', 'consultation'), false)
  assert.equal(exceedsFunction('Conseillère entreprises', 'campagnes', 'responsable'), true)
  assert.equal(exceedsFunction('Assistante', 'campagnes', 'consultation'), true)
  assert.equal(exceedsFunction('Jardinier', 'fiche-etablissement', 'consultation'), true)
})

const today = '2026-06-15'
const delegate = { id: 'd', kind: 'delegate', startsOn: '2026-01-01', endsOn: null } as const
const contractor = { id: 'c', kind: 'contractor', startsOn: '2026-06-15', endsOn: '2026-12-31' } as const
for (const [why, asked, third, expected] of [
  ['an agent', { attachment: 'agent' }, undefined, { attachment: 'agent', contractEndsOn: null }],
  [
    'an agent on a fixed-term contract',
    { attachment: 'agent', contractEndsOn: '2026-09-30' },
    undefined,
    { attachment: 'agent', contractEndsOn: '2026-09-30' },
  ],
  ['a delegate’s, not declared', { attachment: 'delegate' }, undefined, 'person/third-party-needed'],
  ['a delegate’s, declared as a contractor', { attachment: 'delegate' }, contractor, 'person/third-party-needed'],
  [
    'a delegate’s, without a term',
    { attachment: 'delegate' },
    delegate,
    { attachment: 'delegate', contractEndsOn: null },
  ],
  [
    'a contractor’s ends with the contract that was declared',
    { attachment: 'contractor' },
    contractor,
    { attachment: 'contractor', contractEndsOn: '2026-12-31' },
  ],
  [
    'a contractor’s may end before',
    { attachment: 'contractor', contractEndsOn: '2026-06-15' },
    contractor,
    { attachment: 'contractor', contractEndsOn: '2026-06-15' },
  ],
  ['but not after', { attachment: 'contractor', contractEndsOn: '2027-01-01' }, contractor, 'person/third-party-over'],
  ['nor without an end', { attachment: 'contractor' }, { ...contractor, endsOn: null }, 'person/contract-end-needed'],
  [
    'nor one that has passed',
    { attachment: 'contractor', contractEndsOn: '2026-06-14' },
    contractor,
    'person/contract-end-passed',
  ],
  [
    'nor of one whose contract has yet to begin',
    { attachment: 'contractor' },
    { ...contractor, startsOn: '2026-06-16' },
    'person/third-party-to-come',
  ],
  [
    'nor of one that left',
    { attachment: 'contractor', contractEndsOn: '2026-07-01' },
    { ...contractor, endsOn: '2026-06-14' },
    'person/third-party-over',
  ],
] as const)
  test(`ACC-1: ${why}`, () => assert.deepEqual(attach(asked, third, today), expected))
