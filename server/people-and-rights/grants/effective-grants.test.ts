import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Profile, Tool } from '../../../contract/route.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { wholeDepth } from '../../testing/depth.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { changedClause } from '../../testing/parity.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { unpublishTexts } from '../../testing/texts.ts'
import {
  type AccountFacts,
  awarenessDue,
  type DocumentFacts,
  effectiveGrants,
  type GrantFacts,
  type HouseFacts,
  heldGrants,
  isInactive,
  lapsedAt,
  liesWithin,
} from './effective-grants.model.ts'

const at = (day: string, time = '12:00:00') => new Date(`${day}T${time}Z`)
const published = [
  ['cgu', null],
  ['confidentialite', null],
  ['securite', null],
  ['cpu', 'campagnes'],
].map(([kind, tool]) => ({ id: `${kind} first`, kind, tool, inForceFrom: at('2025-06-01') })) as DocumentFacts[]
const account: AccountFacts = {
  id: 'a',
  organisationId: 'o',
  ofOperator: false,
  states: [{ from: at('2026-01-01'), status: 'active', contractEndsOn: null }],
  createdAt: at('2026-03-01'),
  conventions: [{ from: at('2026-01-01'), until: null }],
  ceiling: [{ territoryId: 1075, from: at('2026-01-01'), until: null }],
  blocks: [],
  unconfirmed: null,
  lastActAt: at('2026-05-20'),
  liftedAt: null,
  firstAt: at('2026-02-20'),
  suspensions: [],
  accepted: published.map(d => ({ documentId: d.id, at: at('2026-02-20') })),
  awareOn: [],
}
const grant: GrantFacts = {
  accountId: 'a',
  organisationId: 'o',
  tool: 'campagnes',
  profile: 'conseiller',
  territoryId: 2033,
  agencyId: null,
  startsOn: '2026-03-01',
  endsOn: null,
  grantedAt: at('2026-02-20'),
  revokedAt: null,
  unconfirmed: null,
}
const house: HouseFacts = {
  documents: published,
  annex4: [{ tool: 'campagnes', from: at('2020-01-01'), until: null }],
  awareness: [],
  contents: [{ inner: 2033, outer: 1075 }],
  agencyTerritories: id => (id === 'beyond' ? [2033, 2040] : [2033]),
}
const june = at('2026-06-01')
const state = (status: AccountFacts['states'][number]['status'], contractEndsOn: string | null = null) => ({
  states: [{ from: at('2026-01-01'), status, contractEndsOn }],
})
const held = (a: Partial<AccountFacts>, g: Partial<GrantFacts> = {}, h: Partial<HouseFacts> = {}, when = june) =>
  heldGrants({ ...account, ...a }, [{ ...grant, ...g }], { ...house, ...h }, when).map(x => x.missing.join(' '))

for (const [why, of, given, when, expected] of [
  ['in effect', {}, {}, june, ['']],
  ['on its first day', { lastActAt: null }, {}, at('2026-03-01', '00:30:00'), ['']],
  ['not yet', {}, {}, at('2026-02-28', '22:59:00'), []],
  ['on its last day, to its last minute in Paris', {}, { endsOn: '2026-06-01' }, at('2026-06-01', '21:59:59'), ['']],
  ['the day after its last', {}, { endsOn: '2026-06-01' }, at('2026-06-01', '22:00:00'), []],
  ['revoked', {}, { revokedAt: june }, june, []],
  ['revoked later', {}, { revokedAt: at('2026-06-02') }, june, ['']],
  ['given by the organisation the person has left', { organisationId: 'other' }, {}, june, []],
  ['of someone else', { id: 'b' }, {}, june, []],
  ['given later for an earlier day', {}, { grantedAt: at('2026-06-02') }, june, []],
  [
    'before the account was there',
    { states: [{ from: at('2026-06-02'), status: 'active', contractEndsOn: null }] },
    {},
    june,
    [],
  ],
] as const)
  test(`ACC-2: a grant ${why}`, () => assert.deepEqual(held(of, given, {}, when), expected))

const text = (kind: 'cgu' | 'cpu' | 'confidentialite' | 'securite', tool: Tool | null = null, from = '2026-01-01') => ({
  documents: [...published, { id: `${kind}-${from}`, kind, tool, inForceFrom: at(from) }],
})
const without = (kind: DocumentFacts['kind']) => ({ documents: published.filter(d => d.kind !== kind) })
for (const [id, why, of, h, expected] of [
  ['ACC-12', 'a suspended account', state('suspended'), {}, 'account'],
  [
    'ACC-9',
    'an account suspended later',
    { states: [...state('active').states, { from: at('2026-06-02'), status: 'suspended', contractEndsOn: null }] },
    {},
    '',
  ],
  [
    'ACC-9',
    'an account suspended at that instant',
    { states: [...state('active').states, { from: june, status: 'suspended', contractEndsOn: null }] },
    {},
    'account',
  ],
  [
    'ACC-9',
    'an account suspended, then resumed at that instant',
    { states: [...state('suspended').states, { from: june, status: 'active', contractEndsOn: null }] },
    {},
    '',
  ],
  ['ACC-6', 'a deleted account', state('deleted'), {}, 'account'],
  ['ACC-11', 'an account blocked at that instant', { blocks: [{ from: june, until: null }] }, {}, 'block'],
  ['ACC-11', 'a block lifted at that instant', { blocks: [{ from: at('2026-05-01'), until: june }] }, {}, ''],
  [
    'ACC-10',
    'that grant cut at that instant',
    { blocks: [{ from: june, until: null, of: { tool: 'campagnes', territoryId: 2033, agencyId: null } }] },
    {},
    'block',
  ],
  [
    'ACC-10',
    'a cut of that grant lifted at that instant',
    { blocks: [{ from: at('2026-05-01'), until: june, of: { tool: 'campagnes', territoryId: 2033, agencyId: null } }] },
    {},
    '',
  ],
  [
    'ACC-10',
    'a grant of another tool, or over another perimeter, cut',
    {
      blocks: [
        { from: june, until: null, of: { tool: 'fiche-etablissement', territoryId: 2033, agencyId: null } },
        { from: june, until: null, of: { tool: 'campagnes', territoryId: 1075, agencyId: null } },
        { from: june, until: null, of: { tool: 'campagnes', territoryId: null, agencyId: 'g' } },
      ],
    },
    {},
    '',
  ],
  [
    'ACC-10',
    'an account blocked, and its grant cut: said once',
    {
      blocks: [
        { from: june, until: null },
        { from: june, until: null, of: { tool: 'campagnes', territoryId: 2033, agencyId: null } },
      ],
    },
    {},
    'block',
  ],
  ['AGR-7', 'no convention', { conventions: [] }, {}, 'convention'],
  [
    'AGR-7',
    'a convention that ends at that instant',
    { conventions: [{ from: at('2026-01-01'), until: june }] },
    {},
    'convention',
  ],
  [
    'AGR-7',
    'a new convention, and a grant given under one that ended before it: held no more',
    {
      conventions: [
        { from: at('2026-01-01'), until: at('2026-04-30') },
        { from: june, until: null },
      ],
    },
    {},
    null,
  ],
  [
    'AGR-7',
    'between the two: held, and without effect',
    {
      conventions: [
        { from: at('2026-01-01'), until: at('2026-04-30') },
        { from: at('2026-06-02'), until: null },
      ],
    },
    {},
    'convention',
  ],
  [
    'AGR-7',
    'a new convention, in force at the very instant the other ended: nothing lapsed',
    {
      conventions: [
        { from: at('2026-01-01'), until: at('2026-04-30') },
        { from: at('2026-04-30'), until: null },
      ],
    },
    {},
    '',
  ],
  ['AGR-2', 'a convention that begins at that instant', { conventions: [{ from: june, until: null }] }, {}, ''],
  ['AGR-7', 'the operator, which needs none', { conventions: [], ofOperator: true }, {}, ''],
  ['ACC-1', 'a contract on its last day', state('active', '2026-06-01'), {}, ''],
  ['ACC-1', 'a contract over', state('active', '2026-05-31'), {}, 'contract'],
  ['ACC-5', 'two months without an act', { lastActAt: at('2026-03-31') }, {}, 'inactivity'],
  ['ACC-7', 'CGU not accepted', {}, text('cgu'), 'cgu'],
  ['ACC-7', 'CGU of a version to come', {}, text('cgu', null, '2026-07-01'), ''],
  [
    'ACC-7',
    'CGU accepted',
    { accepted: [...account.accepted, { documentId: 'cgu-2026-01-01', at: june }] },
    text('cgu'),
    '',
  ],
  [
    'ACC-7',
    'an earlier version of the CGU accepted',
    { accepted: [...account.accepted, { documentId: 'cgu-2025-01-01', at: june }] },
    text('cgu'),
    'cgu',
  ],
  ['ACC-7', 'confidentiality not accepted', {}, text('confidentialite'), 'confidentialite'],
  ['ACC-7', 'security rules not read', {}, text('securite'), 'securite'],
  ['ACC-7', 'CPU of the tool not accepted', {}, text('cpu', 'campagnes'), 'cpu'],
  ['ACC-7', 'CPU of another tool', {}, text('cpu', 'fiche-etablissement'), ''],
  ['ACC-7', 'CGU never published', {}, without('cgu'), 'cgu-unpublished'],
  ['ACC-7', 'confidentiality never published', {}, without('confidentialite'), 'confidentialite-unpublished'],
  ['ACC-7', 'security rules never published', {}, without('securite'), 'securite-unpublished'],
  ['ACC-7', 'CPU of the tool never published', {}, without('cpu'), 'cpu-unpublished'],
  [
    'ACC-7',
    'nothing published',
    {},
    { documents: [], annex4: [] },
    'cgu-unpublished confidentialite-unpublished securite-unpublished annex-4-unpublished cpu-unpublished',
  ],
  ['AGR-12', 'no annex 4 published', {}, { annex4: [] }, 'annex-4-unpublished'],
  [
    'AGR-12',
    'an annex 4 that begins at that instant',
    {},
    { annex4: [{ tool: 'campagnes', from: june, until: null }] },
    '',
  ],
  [
    'AGR-12',
    'an annex 4 to come',
    {},
    { annex4: [{ tool: 'campagnes', from: at('2026-06-02'), until: null }] },
    'annex-4-unpublished',
  ],
  [
    'SEC-4',
    'awareness over a year old, where it cuts',
    { awareOn: ['2025-05-31'] },
    { awareness: [{ from: at('2026-01-01'), cuts: true }] },
    'awareness',
  ],
  [
    'SEC-4',
    'awareness over a year old, where it warns',
    { awareOn: ['2025-05-31'] },
    {
      awareness: [
        { from: at('2026-01-01'), cuts: true },
        { from: at('2026-05-01'), cuts: false },
      ],
    },
    '',
  ],
  [
    'AGR-12',
    'a tool withdrawn from annex 4 at that instant',
    {},
    {
      annex4: [
        { tool: 'campagnes', from: at('2020-01-01'), until: june },
        { tool: 'fiche-etablissement', from: at('2020-01-01'), until: null },
      ],
    },
    'annex-4',
  ],
  [
    'ACC-15',
    'the very territory of the structure',
    { ceiling: [{ territoryId: 2033, from: at('2026-01-01'), until: null }] },
    {},
    '',
  ],
  [
    'ACC-15',
    'a perimeter that only overlaps the territory of the structure',
    { ceiling: [{ territoryId: 10001, from: at('2026-01-01'), until: null }] },
    {},
    'perimeter',
  ],
  ['ACC-15', 'a structure without territory', { ceiling: [] }, {}, 'perimeter'],
  [
    'ACC-15',
    'the whole country, the operator’s',
    { ceiling: [{ territoryId: 0, from: at('2026-01-01'), until: null }] },
    {},
    '',
  ],
  [
    'ACC-15',
    'a territory that ends at that instant',
    { ceiling: [{ territoryId: 1075, from: at('2026-01-01'), until: june }] },
    {},
    'perimeter',
  ],
  [
    'ACC-15',
    'a territory that begins at that instant',
    { ceiling: [{ territoryId: 1075, from: june, until: null }] },
    {},
    '',
  ],
  [
    'ACC-4',
    'an account that waits for a second person',
    { unconfirmed: { from: june, until: null } },
    {},
    'confirmation',
  ],
  ['ACC-4', 'an account confirmed at that instant', { unconfirmed: { from: at('2026-05-01'), until: june } }, {}, ''],
  [
    'ACC-12',
    'several at once, each named',
    { ...state('suspended', '2026-05-31'), conventions: [] },
    {},
    'account convention contract',
  ],
] as const)
  test(`${id}: ${why}`, () =>
    assert.deepEqual(
      held(of as Partial<AccountFacts>, {}, h as Partial<HouseFacts>),
      expected === null ? [] : [expected],
    ))

for (const [why, account, expected] of [
  ['waits for a second person', {}, 'confirmation'],
  ['and its account too: said once', { unconfirmed: { from: june, until: null } }, 'confirmation'],
] as const)
  test(`ACC-4: a grant that ${why}`, () =>
    assert.deepEqual(held(account, { unconfirmed: { from: june, until: null } }), [expected]))
for (const [why, given, expected] of [
  ['an agency inside the territories of the structure', { territoryId: null, agencyId: 'inside' }, ''],
  ['an agency with one territory outside', { territoryId: null, agencyId: 'beyond' }, 'perimeter'],
  ['the region when the structure has a department of it', { territoryId: 1075, agencyId: null }, 'perimeter'],
] as const)
  test(`ACC-15: ${why}`, () =>
    assert.deepEqual(held({ ceiling: [{ territoryId: 2033, from: at('2026-01-01'), until: null }] }, given), [
      expected,
    ]))

const alone = [{ grantedAt: at('2026-01-10'), startsOn: '2026-01-10', revokedAt: null }]
for (const [why, lastActAt, liftedAt, today, expected] of [
  ['the same-numbered day still opens', '2026-03-10T12:00:00Z', null, '2026-05-10', false],
  ['the day after it does not', '2026-03-10T12:00:00Z', null, '2026-05-11', true],
  ['31 December ends on 28 February', '2026-12-31T12:00:00Z', null, '2027-02-28', false],
  ['and not on 1 March', '2026-12-31T12:00:00Z', null, '2027-03-01', true],
  ['in a leap year, on the 29th', '2027-12-31T12:00:00Z', null, '2028-02-29', false],
  ['and not the day after', '2027-12-31T12:00:00Z', null, '2028-03-01', true],
  ['29 February ends on 29 April', '2028-02-29T12:00:00Z', null, '2028-04-30', true],
  ['30 June ends on 30 August', '2026-06-30T12:00:00Z', null, '2026-08-31', true],
  ['an act at 23:30 in Paris in winter is of that day', '2026-01-31T22:30:00Z', null, '2026-04-01', true],
  ['one at 00:30 in Paris in summer is of the next', '2026-07-31T22:30:00Z', null, '2026-10-01', false],
  ['the night the clocks go forward', '2026-03-29T00:30:00Z', null, '2026-05-29', false],
  ['the night they go back', '2026-10-24T23:30:00Z', null, '2026-12-26', true],
  ['it starts again from the lifting', '2026-01-10T12:00:00Z', '2026-04-02T12:00:00Z', '2026-06-02', false],
  ['an old lifting does not outlast a later act', '2026-05-01T12:00:00Z', '2026-01-02T12:00:00Z', '2026-07-01', false],
  ['with no act, from the grant', null, null, '2026-03-10', false],
  ['with no act, over two months after the grant', null, null, '2026-03-11', true],
] as const)
  test(`ACC-5: ${why}`, () =>
    assert.equal(
      isInactive(
        {
          lastActAt: lastActAt ? new Date(lastActAt) : null,
          liftedAt: liftedAt ? new Date(liftedAt) : null,
          firstAt: (lastActAt ?? liftedAt) ? at('2026-01-10') : null,
          suspensions: [],
        },
        alone,
        at(today),
      ),
      expected,
    ))
const quiet = { lastActAt: null, liftedAt: null, firstAt: null, suspensions: [] }
test('ACC-5: an account without a grant is not suspended', () =>
  assert.equal(isInactive(quiet, [], at('2030-01-01')), false))
test('ACC-9: of a past day, a suspension lifted since is still told, a later act hides nothing, and a grant given later counts for nothing', () => {
  const lifted = {
    ...quiet,
    lastActAt: at('2026-09-01'),
    liftedAt: at('2026-05-01'),
    firstAt: at('2026-01-15'),
    suspensions: [{ from: at('2026-03-16'), until: at('2026-05-01') }],
  }
  assert.deepEqual(
    ['2026-03-15', '2026-03-16', '2026-04-30', '2026-05-01', '2026-07-15'].map(day =>
      isInactive(lifted, alone, at(day)),
    ),
    [false, true, true, false, false],
  )
  const later = { ...quiet, lastActAt: at('2026-05-02'), firstAt: at('2026-05-02') }
  assert.equal(isInactive(later, alone, at('2026-04-01')), true, 'the first act came after a new grant')
  assert.equal(
    isInactive(
      quiet,
      [...alone, { grantedAt: at('2026-05-01'), startsOn: '2026-05-01', revokedAt: null }],
      at('2026-04-01'),
    ),
    true,
  )
})

for (const [why, awareOn, today, expected] of [
  ['the anniversary of the last', ['2025-02-01', '2025-06-01'], '2026-06-01', false],
  ['the day after', ['2025-06-01'], '2026-06-02', true],
  ['a 29 February falls due on 28', ['2028-02-29'], '2029-03-01', true],
  ['none yet, within a year of the account', [], '2027-03-01', false],
  ['none, over a year after', [], '2027-03-02', true],
  ['one to come counts for nothing', ['2027-06-01'], '2027-03-02', true],
] as const)
  test(`SEC-4: awareness, ${why}`, () =>
    assert.equal(awarenessDue({ awareOn, createdAt: at('2026-03-01') }, today), expected))

test('ACC-2: an agency opens the territories it serves, and none when it serves none', () => {
  const byAgency = heldGrants(account, [{ ...grant, territoryId: null, agencyId: 'g' }], house, june)
  assert.deepEqual(
    effectiveGrants(byAgency, () => [10001, 243301165]).map(g => g.territoryId),
    [10001, 243301165],
  )
  assert.deepEqual(
    effectiveGrants(byAgency, () => []),
    [],
  )
})

let db: House
const accounts: { facts: AccountFacts; grants: GrantFacts[] }[] = []
const everyone: {
  documents: HouseFacts['documents'][number][]
  annex4: HouseFacts['annex4'][number][]
  awareness: HouseFacts['awareness'][number][]
  contents: HouseFacts['contents']
  agencyTerritories: HouseFacts['agencyTerritories']
} = {
  documents: [],
  annex4: [],
  awareness: [],
  contents: [{ inner: 2033, outer: 1075 }],
  agencyTerritories: id => agencies.get(id) ?? [],
}
const agencies = new Map<string, number[]>()
const random = seededRandom(71)
const tools = ['campagnes', 'fiche-etablissement', 'fiche-recrutement'] as const
/**
 * Instants around which facts gather, so that bounds are met as often as spans: nights of the year in Paris, month
 * ends, changes of hour.
 */
const instants = [
  '2026-02-27',
  '2026-02-28',
  '2026-03-01',
  '2026-03-29',
  '2026-04-30',
  '2026-05-31',
  '2026-06-30',
  '2026-08-31',
  '2026-10-25',
  '2026-12-31',
].flatMap(day => ['00:00:00', '12:00:00', '21:59:59', '22:00:00', '23:00:00'].map(time => at(day, time)))
const some = () => pick(random, instants)
const day = () => some().toISOString().slice(0, 10)
const maybe = <T>(share: number, one: () => T): T | null => (random() < share ? one() : null)
const many = <T>(most: number, one: () => T): T[] => Array.from({ length: Math.floor(random() * (most + 1)) }, one)

before(async () => {
  db = await openHouse([])
  const run = (statement: string, values: unknown[]) => db.owner.query(statement, values)
  await run('insert into territories (id, kind, code, name) values (2033, $1, $2, $3), (1075, $4, $5, $6)', [
    'departement',
    '33',
    'Gironde',
    'region',
    '75',
    'Nouvelle-Aquitaine',
  ])
  await run('insert into territory_contents values (2033, 1075)', [])
  await unpublishTexts(db.owner)
  for (const tool of tools) {
    const until = maybe(0.7, () => at('2026-08-31', '22:00:00'))
    everyone.annex4.push({ tool, from: at(tool === 'fiche-recrutement' ? '2026-03-01' : '2026-02-28'), until })
  }
  for (const t of everyone.annex4)
    await run('insert into annex_4_tools (tool, in_force_from, in_force_until) values ($1, $2, $3)', [
      t.tool,
      t.from,
      t.until,
    ])
  for (const [kind, tool, from] of [
    ['cgu', null, '2026-02-28'],
    ['cgu', null, '2026-06-30'],
    ['confidentialite', null, '2026-03-01'],
    ['confidentialite', null, '2026-05-31'],
    ['securite', null, '2026-02-28'],
    ['cpu', 'campagnes', '2026-03-01'],
    ['cpu', 'fiche-etablissement', '2026-04-30'],
  ] as const) {
    everyone.documents.push({ id: uuidv7(), kind, tool, inForceFrom: at(from) })
  }
  for (const [n, d] of everyone.documents.entries())
    await run(
      `insert into documents (id, kind, tool, version, title, body, body_hash, in_force_from, published_at)
        values ($1, $2, $3, $4, 'Texte', 'Texte', sha256('Texte'), $5, $5)`,
      [d.id, d.kind, d.tool, n + 1, d.inForceFrom],
    )
  everyone.awareness.push({ from: at('2026-03-29'), cuts: true }, { from: at('2026-12-31'), cuts: false })
  for (const a of everyone.awareness)
    await run('insert into awareness_policies (in_force_from, cuts) values ($1, $2)', [a.from, a.cuts])

  const organisations = await Promise.all(
    ['epci', 'plie', 'operateur'].map(async kind => ({
      kind,
      id: (await db.organisation({ kind })).id,
      conventions: [] as { from: Date; until: Date | null }[],
      ceiling: [] as { territoryId: number; from: Date; until: Date | null }[],
    })),
  )
  await run('delete from organisation_territories', [])
  organisations[0]!.ceiling.push(
    { territoryId: 2033, from: at('2026-01-15'), until: null },
    { territoryId: 1075, from: at('2026-03-01'), until: at('2026-06-30', '22:00:00') },
  )
  organisations[1]!.ceiling.push(
    { territoryId: 1075, from: at('2026-01-01'), until: at('2026-08-31') },
    { territoryId: 0, from: at('2026-10-25'), until: null },
  )
  organisations[2]!.ceiling.push({ territoryId: 0, from: at('2025-01-01'), until: null })
  for (const o of organisations)
    for (const c of o.ceiling)
      await run(
        `insert into organisation_territories (id, organisation_id, territory_id, from_at, until_at, reason)
          values ($1, $2, $3, $4, $5, 'essai')`,
        [uuidv7(), o.id, c.territoryId, c.from, c.until],
      )
  for (const o of organisations)
    for (const serves of [[2033], [2033, 1075], []]) {
      const id = uuidv7()
      agencies.set(id, serves)
      await run('insert into agencies (id, organisation_id, name) values ($1, $2, $3)', [id, o.id, 'Agence'])
      for (const t of serves) await run('insert into agency_territories values ($1, $2)', [id, t])
    }
  await run('delete from conventions', [])
  organisations[0]!.conventions.push(
    { from: at('2025-10-01'), until: at('2026-01-10') },
    { from: at('2026-01-15'), until: at('2026-06-30', '22:00:00') },
    { from: at('2026-08-31'), until: at('2027-02-01') },
  )
  // One that never was in force leaves nothing behind, nor one that another follows at once; the operator's bind it to
  // nothing.
  organisations[1]!.conventions.push(
    { from: at('2026-02-28'), until: at('2026-02-28') },
    { from: at('2026-03-01'), until: june },
    { from: june, until: null },
  )
  organisations[2]!.conventions.push(
    { from: at('2026-01-15'), until: at('2026-07-15') },
    { from: at('2026-08-31'), until: null },
  )
  for (const o of organisations)
    for (const c of o.conventions)
      await run(
        'insert into conventions (id, organisation_id, region_id, number, created_at, effective_from, ends_at) values ($1, $2, 0, $3, $4, $4, $5)',
        [uuidv7(), o.id, uuidv7(), c.from, c.until],
      )

  const [asker, second] = [await db.person(organisations[0]!.id), await db.person(organisations[0]!.id)]
  /** Confirmed at the end of the span; without end it waits, or was refused. */
  const asks = (of: AccountFacts, grantId: string | null, { from, until }: { from: Date; until: Date | null }) => {
    const settled = until ?? maybe(0.4, () => at('2026-07-15'))
    return run(
      'insert into confirmations (id, account_id, organisation_id, grant_id, why, asked_by, asked_at, settled_at, settled_by, outcome, reason) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
      [
        uuidv7(),
        of.id,
        of.organisationId,
        grantId,
        grantId ? 'wide-perimeter' : 'unknown-domain',
        asker.id,
        from,
        settled,
        settled && second.id,
        settled && (until ? 'confirmed' : 'refused'),
        settled && 'essai',
      ],
    )
  }
  /** Told and not waiting: it closes from a refusal on, and nothing else. */
  const tells = (of: AccountFacts) => {
    const refused = maybe(0.5, () => at('2026-06-30'))
    Object.assign(of, { unconfirmed: refused && { from: refused, until: null } })
    return run(
      `insert into confirmations (id, account_id, organisation_id, why, waits, asked_by, asked_at, settled_at,
        settled_by, outcome, reason) values ($1, $2, $3, 'opened-and-granted', false, $4, $5, $6, $7, $8, $9)`,
      [
        uuidv7(),
        of.id,
        of.organisationId,
        asker.id,
        at('2026-05-31'),
        refused,
        refused && second.id,
        refused && 'refused',
        refused && 'essai',
      ],
    )
  }
  for (let n = 0; n < 250; n++) {
    const organisation = pick(random, organisations)
    const person = await db.person(organisation.id)
    const facts: AccountFacts = {
      id: person.id,
      organisationId: organisation.id,
      ofOperator: organisation.kind === 'operateur',
      createdAt: at(pick(random, ['2024-12-31', '2025-04-29', '2026-01-01'])),
      firstAt: null,
      unconfirmed: maybe(0.12, () => ({
        from: at('2026-05-31'),
        until: maybe(0.6, () => pick(random, [at('2026-06-30', '22:00:00'), some()])),
      })),
      suspensions: many(1, () => ({ from: at('2026-05-31'), until: some() })).filter(
        s => s.until > s.from && random() < 0.4,
      ),
      states: [at('2025-12-01'), ...instants.filter(() => random() < 0.04)].map(from => ({
        from,
        status: pick(random, [
          'active',
          'active',
          'active',
          'active',
          'active',
          'suspended',
          'blocked',
          'deleted',
        ] as const),
        contractEndsOn: maybe(0.15, day),
      })),
      conventions: organisation.conventions,
      ceiling: organisation.ceiling,
      blocks: many(1, () => ({ from: at('2026-05-31'), until: maybe(0.6, () => at('2026-06-30', '22:00:00')) })).filter(
        () => random() < 0.3,
      ),
      lastActAt: maybe(0.7, some),
      liftedAt: maybe(0.2, some),
      accepted: everyone.documents
        .filter(() => random() < 0.9)
        .map(d => ({
          documentId: d.id,
          at: random() < 0.7 ? d.inForceFrom : new Date(Math.max(+some(), +d.inForceFrom)),
        })),
      awareOn: many(2, () => `${pick(random, ['2025', '2026'])}-${day().slice(5)}`),
    }
    if (facts.unconfirmed?.until && facts.unconfirmed.until <= facts.unconfirmed.from)
      Object.assign(facts, { unconfirmed: null })
    const acts = [facts.lastActAt, facts.liftedAt].filter(a => a !== null).toSorted((a, b) => +a - +b)
    if (acts.length)
      Object.assign(facts, { firstAt: random() < 0.5 ? acts[0] : new Date(Math.min(+acts[0]!, +some())) })
    await run('update accounts set created_at = $2 where id = $1', [facts.id, facts.createdAt])
    await run('delete from account_states where account_id = $1', [facts.id])
    for (const s of facts.states)
      await run('insert into account_states values ($1, $2, $3, $4, $5)', [
        facts.id,
        organisation.id,
        s.from,
        s.status,
        s.contractEndsOn,
      ])
    for (const s of facts.suspensions)
      await run(`insert into inactivity_spans values ($1, $2, $3, $4, $1, 'essai')`, [
        facts.id,
        organisation.id,
        s.from,
        s.until,
      ])
    for (const b of facts.blocks)
      await run(
        `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at, lifted_at, verdict)
          values ($1, $2, $3, 'suspect-use', 'essai', $4, $5, $6)`,
        [uuidv7(), facts.id, organisation.id, b.from, b.until, b.until && 'usage légitime'],
      )
    if (facts.lastActAt || facts.liftedAt)
      await run('insert into account_activity values ($1, $2, $3, $4, $5)', [
        facts.id,
        organisation.id,
        facts.lastActAt,
        facts.liftedAt,
        facts.firstAt,
      ])
    for (const a of facts.accepted)
      await run(`insert into acceptances values ($1, $2, $3, sha256('Texte'), $4)`, [
        facts.id,
        a.documentId,
        organisation.id,
        a.at,
      ])
    for (const d of facts.awareOn)
      await run(
        `insert into awareness_records (id, account_id, organisation_id, done_on, modality, title, recorded_at)
          values ($1, $2, $3, $4, 'en ligne', 'Sensibilisation', now())`,
        [uuidv7(), facts.id, organisation.id, d],
      )
    if (facts.unconfirmed) await asks(facts, null, facts.unconfirmed)
    else if (random() < 0.2) await tells(facts)
    const grants: GrantFacts[] = []
    const cuts: AccountFacts['blocks'][number][] = []
    for (let g = 0; g < 8; g++) {
      const startsOn = pick(random, ['2025-12-01', '2026-02-28', '2026-03-01', '2026-06-30'])
      const tool: Tool = pick(random, tools)
      grants.push({
        accountId: facts.id,
        organisationId: random() < 0.9 ? organisation.id : pick(random, organisations).id,
        tool,
        profile:
          tool === 'fiche-recrutement'
            ? 'consultation'
            : pick(random, [
                'consultation',
                'conseiller',
                'responsable',
                'pilote',
              ] as const satisfies readonly Profile[]),
        ...(random() < 0.25
          ? { territoryId: null, agencyId: pick(random, [...agencies.keys()]) }
          : { territoryId: pick(random, [0, 2033, 1075]), agencyId: null }),
        startsOn,
        endsOn: maybe(0.3, () => pick(random, ['2026-06-30', '2026-12-31'])),
        grantedAt: at(startsOn, pick(random, ['08:00:00', '22:00:00', '23:30:00'])),
        revokedAt: maybe(0.15, some),
        unconfirmed: maybe(0.12, () => ({
          from: at('2026-05-31'),
          until: maybe(0.6, () => at('2026-06-30', '22:00:00')),
        })),
      })
    }
    for (const g of grants) {
      const id = uuidv7()
      await run(
        'insert into grants (id, account_id, organisation_id, tool, profile, territory_id, agency_id, reason, starts_on, ends_on, granted_at, revoked_at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)',
        [
          id,
          g.accountId,
          g.organisationId,
          g.tool,
          g.profile,
          g.territoryId,
          g.agencyId,
          'essai',
          g.startsOn,
          g.endsOn,
          g.grantedAt,
          g.revokedAt,
        ],
      )
      if (g.unconfirmed) await asks(facts, id, g.unconfirmed)
      const cut = maybe(0.08, () => ({
        from: some(),
        until: maybe(0.6, () => at('2026-06-30', '22:00:00')),
        of: { tool: g.tool, territoryId: g.territoryId, agencyId: g.agencyId },
      }))
      if (!cut || (cut.until && cut.until < cut.from)) continue
      cuts.push(cut)
      await run(
        `insert into account_blocks (id, account_id, organisation_id, cause, cuts, grant_id, reason, incident,
          blocked_by, blocked_at, lifted_at, verdict)
          values ($1, $2, $3, 'exceptional', 'grant', $4, 'essai', 'INC', $2, $5, $6, $7)`,
        [uuidv7(), facts.id, organisation.id, id, cut.from, cut.until, cut.until && 'usage légitime'],
      )
    }
    accounts.push({ facts: { ...facts, blocks: [...facts.blocks, ...cuts] }, grants })
  }
})
after(() => db.close())

/**
 * Every account at every instant, on both sides; answers how many were compared and the first that differs. A decision
 * is one grant at one instant: nothing, or held with what it lacks.
 */
const compare = async (of: typeof accounts, when: readonly Date[]) => {
  let decisions = 0
  for (const { facts, grants } of of) {
    const { rows } = await db.owner.query<{ at: Date; key: string }>(
      `select i.at, (select coalesce(string_agg(h.k, ';' order by h.k collate "C"), '')
        from (select concat_ws(' ', x.tool, x.profile, x.territory_id, x.agency_id, x.starts_on,
        array_to_string(x.missing, ',')) as k from ctx.held_grants($1, i.at) x) h) as key
        from unnest($2::timestamptz[]) i (at)`,
      [facts.id, when],
    )
    for (const row of rows) {
      const twin = heldGrants(facts, grants, everyone, row.at)
        .map(h =>
          [h.grant.tool, h.grant.profile, h.grant.territoryId, h.grant.agencyId, h.grant.startsOn, h.missing.join(',')]
            .filter(x => x !== null)
            .join(' '),
        )
        .sort()
        .join(';')
      decisions += grants.length
      if (twin !== row.key) return { decisions, different: [facts.id, row.at, row.key, twin] }
    }
  }
  return { decisions, different: null }
}
/**
 * Of each day from January 2026 to March 2027 one instant, near midnight in Paris, and those around which facts gather.
 * A short run takes one day of ten.
 */
const days = Array.from(
  { length: 450 },
  (_, n) => new Date(+at('2026-01-01', n % 2 ? '21:59:59' : '22:30:00') + n * 86_400_000),
)
const calendar = [...instants, ...(wholeDepth ? days : days.filter((_, n) => n % 11 === 0))]
const least = wholeDepth ? 1_000_000 : 120_000

test(`ACC-2, ACC-5, ACC-7, ACC-11, ACC-12, ACC-15, AGR-7, AGR-12, SEC-4: the function and its SQL twin agree on ${least.toLocaleString('en')} decisions`, async () => {
  const { decisions, different } = await compare(accounts, calendar)
  assert.equal(different, null)
  assert.ok(decisions >= least, String(decisions))
})

test('ACC-2, ACC-15: what is in effect with the territories of agencies, and what lies within a ceiling: the rules and the database agree', async () => {
  let opened = 0
  const when = instants.filter((_, n) => n % 4 === 0)
  for (const { facts, grants } of accounts) {
    const { rows } = await db.owner.query<{ at: Date; grants: string[] }>(
      `select i.at, array(select concat_ws(' ', e.tool, e.profile, e.territory_id) collate "C"
          from ctx.effective_grants($1, i.at) e order by 1) as grants
        from unnest($2::timestamptz[]) i (at)`,
      [facts.id, when],
    )
    for (const row of rows) {
      const held = heldGrants(facts, grants, everyone, row.at)
      const ours = effectiveGrants(held, everyone.agencyTerritories).map(g => `${g.tool} ${g.profile} ${g.territoryId}`)
      assert.deepEqual(ours.sort(), row.grants, `${facts.id} ${row.at.toISOString()}`)
      opened += ours.length
    }
  }
  assert.ok(opened > 100, String(opened))
  for (const territory of [0, 2033, 1075])
    for (const ceiling of [[], [0], [2033], [1075], [2033, 1075]])
      assert.equal(
        (await db.owner.query('select ctx.lies_within($1, $2) as is', [territory, ceiling])).rows[0].is,
        liesWithin(territory, ceiling, everyone.contents),
        `${territory} in ${ceiling}`,
      )
})
test('AGR-7: when a structure was last left without a convention: the rule and the database agree at every instant', async () => {
  const seen = new Set<string | null>()
  for (const { facts } of accounts)
    for (const row of (
      await db.owner.query<{ at: Date; lapsed: Date | null }>(
        'select i.at, ctx.lapsed_at($1, i.at) as lapsed from unnest($2::timestamptz[]) i (at)',
        [facts.organisationId, calendar],
      )
    ).rows) {
      const lapsed = lapsedAt(facts.conventions, row.at)?.toISOString() ?? null
      assert.equal(row.lapsed?.toISOString() ?? null, lapsed)
      seen.add(lapsed)
    }
  assert.ok(seen.has(null) && seen.size > 3, String(seen.size))
})
test('ACC-12: each clause of the SQL twin that is loosened or dropped is seen by the comparison', async () => {
  const names = [
    'ctx.held_grants(uuid,timestamptz)',
    'ctx.in_force(uuid,timestamptz)',
    'ctx.inactivity_from(uuid,timestamptz)',
    'ctx.inactive_at(uuid,timestamptz)',
    'ctx.ceiling(uuid,timestamptz)',
    'ctx.lies_within(int,int[])',
    'ctx.perimeter_within(int,uuid,int[])',
    'ctx.lapsed_at(uuid,timestamptz)',
  ]
  const mutants: [number, string, string][] = [
    [0, "a.status <> 'active'", 'false'],
    [0, 'b.blocked_at <= at', 'b.blocked_at < at'],
    [0, 'b.lifted_at > at', 'b.lifted_at >= at'],
    [0, "a.kind <> 'operateur' and", ''],
    [0, 'a.contract_ends_on < today', 'a.contract_ends_on <= today'],
    [3, "interval '2 months'", "interval '61 days'"],
    [
      3,
      'ctx.paris_day(at) > (ctx.paris_day(ctx.inactivity_from',
      'ctx.paris_day(at) >= (ctx.paris_day(ctx.inactivity_from',
    ],
    [3, 's.suspended_from <= at', 'true'],
    [3, 's.lifted_at > at', 's.lifted_at >= at'],
    [0, 'k.from_at <= at', 'true'],
    [0, 'order by k.from_at desc', 'order by k.from_at'],
    [0, 'g.granted_at <= at', 'true'],
    [2, 'g.granted_at <= at', 'true'],
    [2, 'g.revoked_at > at', 'true'],
    [2, 'act.first_at <= at', 'act.last_at is not null'],
    [0, "not 'cgu' = any (published)", 'false'],
    [0, "not 'confidentialite' = any (published)", 'false'],
    [0, "not 'securite' = any (published)", 'false'],
    [0, 'not g.tool = any (published)', 'false'],
    [0, "tools = '{}'", 'false'],
    [0, 'not g.tool = any (tools)', 'false'],
    [0, "'cgu' = any (unaccepted)", 'false'],
    [0, "'confidentialite' = any (unaccepted)", 'false'],
    [0, "'securite' = any (unaccepted)", 'false'],
    [0, 'g.tool = any (unaccepted)', 'false'],
    [0, 'd.in_force_from <= at', 'true'],
    [0, 'd.tool, d.in_force_from desc', 'd.tool, d.in_force_from'],
    [0, 'x.accepted_at <= at', 'true'],
    [0, 'x.account_id = a.id and', ''],
    [0, 'p.in_force_from desc limit 1', 'p.in_force_from limit 1'],
    [0, 'r.done_on <= today', 'true'],
    [0, "interval '1 year'", "interval '366 days'"],
    [0, 't.in_force_until > at', 't.in_force_until >= at'],
    [0, 't.in_force_from <= at', 'true'],
    [0, 'g.organisation_id = a.organisation_id', 'true'],
    [0, 'g.revoked_at > at', 'g.revoked_at >= at'],
    [0, 'g.revoked_at is null or', ''],
    [0, 'g.starts_on <= today', 'g.starts_on < today'],
    [0, 'g.ends_on >= today', 'g.ends_on > today'],
    [0, 'ctx.paris_day(at)', '(at)::date'],
    [0, "b.cuts = 'account' and", ''],
    [0, "b.cuts = 'grant' and b.blocked_at <= at", "b.cuts = 'grant' and b.blocked_at < at"],
    [0, 'c.tool = g.tool', 'true'],
    [0, 'c.territory_id is not distinct from g.territory_id', 'true'],
    [0, "not 'block' = any (to_all) and", ''],
    [
      0,
      "b.cuts = 'grant' and b.blocked_at <= at and (b.lifted_at is null or b.lifted_at > at)",
      "b.cuts = 'grant' and b.blocked_at <= at and b.lifted_at is null",
    ],
    [
      0,
      'exists (select from public.account_blocks b join',
      'false and exists (select from public.account_blocks b join',
    ],
    [1, 'c.effective_from <= at', 'c.effective_from < at'],
    [1, 'c.ends_at > at', 'c.ends_at >= at'],
    [2, 'greatest(a.last_act_at, a.lifted_at)', 'a.last_act_at'],
    [2, 'g.revoked_at is null or', ''],
    [2, 'max(greatest', 'min(greatest'],
    [
      0,
      'c.account_id = a.id and c.grant_id is null and c.asked_at <= at',
      'c.account_id = a.id and c.grant_id is null',
    ],
    [0, 'c.account_id = a.id and c.grant_id is null and', 'c.account_id = a.id and'],
    [0, 'c.grant_id = g.id and c.asked_at <= at', 'c.grant_id = g.id and c.asked_at < at'],
    [0, "not 'confirmation' = any (to_all) and", ''],
    [
      0,
      "case when c.settled_at <= at then c.outcome = 'refused' else c.waits end",
      'case when c.settled_at <= at then false else c.waits end',
    ],
    [0, 'else c.waits end', 'else true end'],
    [
      0,
      "case when c.settled_at <= at then c.outcome = 'refused'",
      "case when c.settled_at < at then c.outcome = 'refused'",
    ],
    [
      0,
      "c.grant_id = g.id and c.asked_at <= at and (c.outcome is distinct from 'confirmed' or c.settled_at > at)",
      "c.grant_id = g.id and c.asked_at <= at and (c.outcome is distinct from 'confirmed' or c.settled_at >= at)",
    ],
    [0, 'not ctx.perimeter_within(g.territory_id, g.agency_id, ceiling)', 'false'],
    [0, 'ctx.ceiling(a.organisation_id, at)', 'ctx.ceiling(a.organisation_id, ctx.clock())'],
    [4, 't.organisation_id = of_organisation and', ''],
    [4, 't.from_at <= at', 't.from_at < at'],
    [4, 't.until_at > at', 't.until_at >= at'],
    [4, 't.until_at is null or', ''],
    [5, '0 = any (ceiling) or', ''],
    [5, 'territory = any (ceiling) or', ''],
    [5, 'c.inner_id = territory and', ''],
    [5, 'c.outer_id = any (ceiling)', 'true'],
    [6, 't.agency_id = agency and', ''],
    [6, 'not ctx.lies_within(t.territory_id', 'ctx.lies_within(t.territory_id'],
    [0, 'and (former is null or g.granted_at >= former)', ''],
    [0, 'g.granted_at >= former', 'g.granted_at > former'],
    [0, 'and ctx.in_force(a.organisation_id, at) then ctx.lapsed_at', 'then ctx.lapsed_at'],
    [
      0,
      "a.kind <> 'operateur' and ctx.in_force(a.organisation_id, at) then ctx",
      'ctx.in_force(a.organisation_id, at) then ctx',
    ],
    [7, 'c.organisation_id = of_organisation and', ''],
    [7, 'c.effective_from < c.ends_at and', ''],
    [7, 'c.ends_at <= at', 'true'],
    [7, 'and not ctx.in_force(of_organisation, c.ends_at)', ''],
    [7, 'max(c.ends_at)', 'min(c.ends_at)'],
  ]
  const originals = await Promise.all(
    names.map(
      async n =>
        (await db.owner.query<{ text: string }>('select pg_get_functiondef($1::regprocedure) as text', [n])).rows[0]!
          .text,
    ),
  )
  const survivors: string[] = []
  // Who showed one clause often shows another: those accounts are asked first.
  const telling = [...accounts]
  for (const [which, from, to] of mutants) {
    const original = originals[which]!
    await db.owner.query(changedClause(original, from, to, names[which]!))
    const { different } = await compare(telling, instants)
    if (different === null) survivors.push(`${from} → ${to}`)
    else
      telling.unshift(
        ...telling.splice(
          telling.findIndex(({ facts }) => facts.id === different[0]),
          1,
        ),
      )
    await db.owner.query(original)
  }
  assert.deepEqual(survivors, [])
  assert.equal((await compare(accounts.slice(0, 20), instants)).different, null, 'put back as they were')
})
