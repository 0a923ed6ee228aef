import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exceedsFunction, smallestProfiles } from '../judging/smallest-profile-rules.ts'
import { byColumn, readPeople } from './import-rules.ts'
import { isSharedMailbox } from './nominative-rules.ts'
import { attach, faultOf } from './person-rules.ts'

const claire = { givenName: 'Claire', familyName: 'Dufau' }
for (const email of [
  'contact@x.example',
  'accueil@x.example',
  'rh@x.example',
  'RH.sud@x.example',
  'service-emploi@x.example',
  'mairie33@x.example',
  'direction_generale@x.example',
  'ne-pas-repondre@x.example',
  'info2@x.example',
  '33@x.example',
  'secrétariat@x.example',
])
  test(`ACC-1: ${email} is a shared mailbox`, () => assert.equal(isSharedMailbox(email, claire), true))
for (const [email, person] of [
  ['claire.dufau@x.example', claire],
  ['cdufau@x.example', claire],
  ['c.d@x.example', claire],
  ['a.bureau@x.example', { givenName: 'Agnès', familyName: 'Bureau' }],
  ['claire.rh@x.example', claire],
  ['dufau.emploi@x.example', claire],
  ['herve.lenoir@x.example', { givenName: 'Hervé', familyName: 'Le Noir' }],
  ['jp.etcheverry@x.example', { givenName: 'Jean-Pierre', familyName: 'Etcheverry' }],
] as const)
  test(`ACC-1: ${email} is a person’s`, () => assert.equal(isSharedMailbox(email, person), false))

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
const delegate = { id: 'd', kind: 'delegate', endsOn: null } as const
const contractor = { id: 'c', kind: 'contractor', endsOn: '2026-12-31' } as const
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
    'nor of one that left',
    { attachment: 'contractor', contractEndsOn: '2026-07-01' },
    { ...contractor, endsOn: '2026-06-14' },
    'person/third-party-over',
  ],
] as const)
  test(`ACC-1: ${why}`, () => assert.deepEqual(attach(asked, third, today), expected))

const grant = { tool: 'campagnes', profile: 'conseiller', startsOn: today, endsOn: null, duties: null } as const
for (const [why, over, manager, expected] of [
  ['nothing wrong', {}, false, null],
  ['for an account manager, without duties', {}, true, 'grant/duties-needed'],
  ['for an account manager, with them', { duties: 'Prospecte aussi' }, true, null],
  ['the recruitment card only in reading', { tool: 'fiche-recrutement' }, false, 'grant/no-such-profile'],
  ['it ends before it starts', { endsOn: '2026-06-14' }, false, 'grant/period-reversed'],
  ['of one day', { endsOn: today }, false, null],
  ['in the past', { startsOn: '2026-06-14' }, false, 'grant/in-past'],
] as const)
  test(`ACC-2, ACC-4: a grant: ${why}`, () => assert.equal(faultOf({ ...grant, ...over }, manager, today), expected))

const line = (over: Record<string, string> = {}) =>
  byColumn({
    Prénom: 'Claire',
    Nom: 'Dufau',
    COURRIEL: 'Claire.Dufau@x.example',
    Fonction: 'Conseillère',
    Qualité: '',
    Tiers: '',
    'Fin contrat': '',
    ...over,
  })
const known = { taken: [], thirdParties: [{ ...contractor, name: 'Cabinet Été' }], today }
const read = (...lines: Record<string, string>[]) => readPeople(lines, known).map(p => [p.line, p.outcome, ...p.errors])
test('ACC-1: a file is read line by line, and all that is wrong in a line is told', () => {
  assert.deepEqual(read(line()), [[2, 'new']])
  assert.deepEqual(read(line({ Prénom: '', Fonction: '', COURRIEL: 'contact' })), [
    [2, 'error', 'name-missing', 'function-missing', 'address-malformed'],
  ])
  assert.deepEqual(read(line({ COURRIEL: 'contact@x.example' })), [[2, 'error', 'address-shared']])
  assert.deepEqual(read(line(), line({ COURRIEL: 'CLAIRE.dufau@x.example' })), [
    [2, 'error', 'address-twice'],
    [3, 'error', 'address-twice'],
  ])
  assert.deepEqual(read(line({ Qualité: 'Prestataire', Tiers: 'cabinet ete' })), [[2, 'new']])
  assert.deepEqual(read(line({ Qualité: 'Prestataire', Tiers: 'Inconnu' })), [[2, 'error', 'third-party-unknown']])
  assert.deepEqual(read(line({ Qualité: 'Prestataire', Tiers: 'Cabinet Été', 'Fin contrat': '31/02/2026' })), [
    [2, 'error', 'contract-end-malformed'],
  ])
  assert.deepEqual(read(line({ Qualité: 'stagiaire' })), [[2, 'error', 'attachment-unknown']])
  assert.equal(
    readPeople([line({ Qualité: 'Prestataire', Tiers: 'Cabinet Été', 'Fin contrat': '30/09/2026' })], known)[0]!
      .contractEndsOn,
    '2026-09-30',
  )
})
test('ACC-1: an address of one’s own organisation is known and left as it is, one of another is told without a word about whose', () => {
  const of = (accountId: string | null) =>
    readPeople([line()], { ...known, taken: [{ email: 'claire.dufau@x.example', accountId }] }).map(p => [
      p.outcome,
      ...p.errors,
    ])
  assert.deepEqual([of('a'), of(null)], [[['known']], [['error', 'address-taken']]])
})
