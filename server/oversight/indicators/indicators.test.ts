import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { holds, type Viewer } from '../../platform/viewer.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { disagreements, sightsOf, withFunctionChanged } from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, seededRandom } from '../../testing/people.ts'
import { aCampaign, insertCampaign } from '../../work-with-employers/campaigns/testing.ts'
import { anExchange, type ExchangeSeed, insertExchange } from '../../work-with-employers/exchanges/testing.ts'
import { definitions, type Version, versionFor } from './definitions.ts'
import { indicators } from './index.ts'
import { mayNameColleagues } from './indicators.model.ts'
import { wayOf } from './indicators.queries.ts'
import { aUse, insertUse } from './testing.ts'

const period = 'from=2026-09-01&to=2026-09-30'
let house: House
let claire: Person // community of communes
let colleague: Person
let karim: Person // mission locale
let nadia: Person // the operator, national
let lead: Person // leads in the community of communes
let narrow: Person // community of communes, campaigns only: reads no card
let A: string, B: string

const rights = (territoryId: number) =>
  [
    { tool: 'campagnes', profile: 'conseiller', territoryId },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId },
  ] as const

before(async () => {
  house = await openHouse(indicators, { clock: () => new Date('2026-11-25T11:00:00Z') })
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes')`,
  )
  await house.owner.query(
    'insert into territory_overlaps values (0, 2033), (2033, 0), (2033, 2033), (0, 2040), (2040, 0), (2040, 2040)',
  )
  await house.owner.query(
    `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, region_id,
      departement_id, row_hash) values (31000000000001, 310000000, 1, 'BOULANGERIE ESSAI', true, true, 'O', 1075, 2033,
      0)`,
  )
  const cc = await house.organisation({ name: 'CC des Essais', kind: 'epci' })
  const mission = await house.organisation({ name: 'Mission locale des Essais', kind: 'mission-locale' })
  const [operator, sister] = [
    await house.organisation({ name: 'Opérateur', kind: 'operateur' }),
    await house.organisation({ kind: 'operateur' }),
  ]
  claire = await house.person(cc.id, [...rights(2033)])
  colleague = await house.person(cc.id, [...rights(2033)])
  narrow = await house.person(cc.id, [{ tool: 'campagnes', profile: 'consultation', territoryId: 2033 }])
  lead = await house.person(cc.id, [{ tool: 'campagnes', profile: 'responsable', territoryId: 2033 }])
  karim = await house.person(mission.id, [...rights(2033)])
  nadia = await house.person(operator.id, [...rights(0)])

  const campaign = async (over: Parameters<typeof aCampaign>[0]) =>
    (
      await insertCampaign(
        house.owner,
        aCampaign({
          status: 'open',
          territoryId: 2033,
          pilotId: cc.id,
          createdAt: '2026-08-01T06:00:00Z',
          startsOn: '2026-09-01',
          endsOn: '2026-12-31',
          ...over,
        }),
        claire.id,
      )
    ).id
  // The 30th in Paris, by a minute.
  A = await campaign({ name: 'Apprentis', memberIds: [operator.id, mission.id], openedAt: '2026-09-30T21:59:00Z' })
  B = await campaign({
    name: 'Fidèles',
    purpose: 'fidelisation',
    memberIds: [operator.id],
    status: 'closed',
    openedAt: '2026-08-01T08:00:00Z',
    closedAt: '2026-08-31T22:00:00Z',
  }) // 1 September in Paris
  const alone = await campaign({ name: 'Seuls', openedAt: '2026-09-10T08:00:00Z' })
  await campaign({
    name: 'Entre opérateurs',
    pilotId: operator.id,
    memberIds: [sister.id],
    openedAt: '2026-09-10T08:00:00Z',
  })
  await campaign({ name: 'Brouillon', memberIds: [operator.id], status: 'draft' })
  await campaign({ name: 'Après', memberIds: [operator.id], openedAt: '2026-09-30T22:00:00Z' })
  await campaign({
    name: 'Avant',
    memberIds: [operator.id],
    status: 'closed',
    openedAt: '2026-08-01T08:00:00Z',
    closedAt: '2026-08-31T21:59:00Z',
  })

  const said = (siret: number, over: Partial<ExchangeSeed>) =>
    insertExchange(
      house.owner,
      anExchange({
        siret,
        organisationId: cc.id,
        authorId: claire.id,
        occurredOn: '2026-09-15',
        campaignId: A,
        ...over,
      }),
    )
  await said(31000000000001, {})
  await said(31000000000001, { campaignId: B, occurredOn: '2026-09-01' }) // both purposes
  await said(31000000000001, { organisationId: mission.id, authorId: karim.id, occurredOn: '2026-09-30' }) // once all the same
  await said(31000000000002, { organisationId: mission.id, authorId: karim.id, visibility: 'organisation' })
  await said(31000000000003, { result: 'absent' })
  await said(31000000000004, { organisationId: operator.id, authorId: nadia.id })
  await said(31000000000005, { campaignId: null })
  await said(31000000000008, { campaignId: alone }) // a campaign of one structure coordinates nothing
  await said(31000000000006, { occurredOn: '2026-10-01' })
  const cancelled = await said(31000000000007, {})
  await house.owner.query(`update exchanges set status = 'cancelled' where id = $1`, [cancelled.id])

  const day = '2026-09-10'
  for (const use of [
    aUse({ accountId: claire.id, organisationId: cc.id, day, count: 2 }),
    aUse({ accountId: claire.id, organisationId: cc.id, day, kind: 'campagnes-consultees', count: 7 }),
    aUse({
      accountId: claire.id,
      organisationId: cc.id,
      day,
      tool: 'fiche-etablissement',
      kind: 'fiches-consultees',
      count: 5,
    }),
    aUse({ accountId: claire.id, organisationId: cc.id, day: '2026-10-01', kind: 'campagnes-consultees', count: 100 }),
    aUse({ accountId: colleague.id, organisationId: cc.id, day, count: 1, perimeter: [2040] }),
    aUse({ accountId: karim.id, organisationId: mission.id, day, kind: 'echanges-enregistres', count: 3 }),
    aUse({
      accountId: nadia.id,
      organisationId: operator.id,
      day,
      kind: 'echanges-enregistres',
      count: 50,
      perimeter: [0],
    }),
  ])
    await insertUse(house.owner, use)
})
after(() => house.close())

const figures = async (who: Person, more = '') => {
  const answer = await house.call(who, 'GET', `/indicators?${period}${more}`)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return Object.fromEntries(
    answer.body.items.map((i: any) => [
      i.code,
      [i.value, ...i.parts.filter((p: any) => p.value).map((p: any) => [p.code, p.value])],
    ]),
  )
}

test('IND-1, IND-2: the national perimeter reads the use of all partners, never the operator’s own', async () => {
  const all = await figures(nadia)
  assert.deepEqual(all['conseillers-utilisateurs'], [3, ['campagnes', 3], ['fiche-etablissement', 1]])
  assert.deepEqual(all.usage, [
    15,
    ['campagnes.sessions', 3],
    ['campagnes.campagnes-consultees', 7],
    ['campagnes.echanges-enregistres', 3],
    ['fiche-etablissement.fiches-consultees', 5],
  ])
})
test('IND-1, IND-2: a partner reads its own use', async () => {
  const own = await figures(claire)
  assert.deepEqual(own['conseillers-utilisateurs'], [2, ['campagnes', 2], ['fiche-etablissement', 1]])
  assert.equal(own.usage[0], 12)
})
test('IND-3: campaigns open in the period with a partner, in days of Paris', async () =>
  assert.deepEqual((await figures(claire)).campagnes, [2, ['prospection', 1], ['fidelisation', 1]]))
test('IND-4: each establishment reached counts once overall and once a purpose', async () => {
  assert.deepEqual((await figures(claire)).etablissements, [2, ['prospection', 2], ['fidelisation', 1]])
  assert.deepEqual(
    (await figures(karim)).etablissements,
    [2, ['prospection', 2]],
    'not a member of the campaign that keeps loyal',
  )
  assert.deepEqual((await figures(narrow)).etablissements, [0], 'reads no card there')
})
test('IND-5: by organisation, territory and campaign', async () => {
  const mission = await figures(nadia, `&organisation=${karim.organisationId}`)
  assert.deepEqual(
    [mission['conseillers-utilisateurs'][0], mission.usage[0], mission.campagnes[0], mission.etablissements[0]],
    [1, 3, 1, 2],
  )
  const gironde = await figures(nadia, '&territory=2033')
  assert.deepEqual(
    [gironde['conseillers-utilisateurs'][0], gironde.usage[0], gironde.campagnes[0], gironde.etablissements[0]],
    [2, 15, 2, 2],
  )
  const landes = await figures(nadia, '&territory=2040')
  assert.deepEqual(
    [landes['conseillers-utilisateurs'][0], landes.usage[0], landes.campagnes[0], landes.etablissements[0]],
    [1, 0, 0, 0],
  )
  assert.deepEqual(await figures(nadia, '&territory=0'), await figures(nadia))
  const loyal = await figures(nadia, `&campaign=${B}`)
  assert.deepEqual(
    [loyal['conseillers-utilisateurs'][0], loyal.usage[0], loyal.campagnes[0], loyal.etablissements[0]],
    [2, 12, 1, 1],
  )
})
test('IND-5: each figure says its definition, its version and that it is read within one’s rights', async () => {
  const { body } = await house.call(claire, 'GET', `/indicators?${period}`)
  assert.equal(body.items.length, 4)
  for (const { definition, title } of body.items) {
    assert.ok(title && definition.version >= 1 && /^\d{4}-/.test(definition.since))
    assert.match(definition.text, /dans la limite de vos droits/)
  }
  assert.equal(
    (await house.call(claire, 'GET', '/indicators?from=2026-10-01&to=2026-09-30')).body.code,
    'indicator/period-reversed',
  )
})

test('IND-5: a figure opens to the rows that make it: as many, for each person and each part', async () => {
  for (const who of [claire, lead, karim, nadia, narrow])
    for (const filter of ['', `&organisation=${karim.organisationId}`, '&territory=2033', `&campaign=${A}`]) {
      const { items } = (await house.call(who, 'GET', `/indicators?${period}${filter}`)).body
      for (const { code, value, parts } of items)
        for (const [part, expected] of [[undefined, value], ...parts.map((p: any) => [p.code, p.value])] as const) {
          const { body } = await house.call(
            who,
            'GET',
            `/indicators/${code}/rows?${period}${filter}&total=true${part ? `&part=${part}` : ''}`,
          )
          const made =
            code === 'campagnes' || code === 'etablissements'
              ? body.total
              : body.items.reduce((n: number, r: any) => n + (r.count ?? 1), 0)
          assert.deepEqual([made, body.value], [expected, expected], `${who.name} ${code} ${part} ${filter}`)
        }
    }
})
test('IND-5: rows lead to the page, are paged, and name no advisor of another organisation', async () => {
  const rows = async (who: Person, code: string, more = '') =>
    (await house.call(who, 'GET', `/indicators/${code}/rows?${period}${more}`)).body
  assert.deepEqual(
    (await rows(claire, 'campagnes')).items.map((r: any) => [r.label, r.on, r.link]),
    [
      ['Apprentis', '2026-09-30', `/campagnes/${A}`],
      ['Fidèles', '2026-08-01', `/campagnes/${B}`],
    ],
  )
  assert.deepEqual(
    (await rows(claire, 'etablissements')).items.map((r: any) => [r.label, r.detail, r.on, r.count, r.link]),
    [
      [
        'Établissement 31000000000002',
        'Prospection · 1 contact abouti · Mission locale des Essais',
        '2026-09-15',
        1,
        '/etablissements/31000000000002',
      ],
      [
        'BOULANGERIE ESSAI',
        'Fidélisation, Prospection · 3 contacts aboutis · CC des Essais, Mission locale des Essais',
        '2026-09-30',
        3,
        '/etablissements/31000000000001',
      ],
    ],
  )
  const first = await rows(claire, 'etablissements', '&limit=1')
  assert.deepEqual(
    (await rows(claire, 'etablissements', `&limit=1&after=${first.next}`)).items.map((r: any) => r.label),
    ['BOULANGERIE ESSAI'],
  )
  const named = async (who: Person) => {
    const { items, value, unnamed } = await rows(who, 'conseillers-utilisateurs', '&total=true')
    return [items.map((r: any) => [r.label, r.count]).sort(), value, unnamed]
  }
  assert.deepEqual(
    await named(claire),
    [
      [
        ['CC des Essais', 1],
        [claire.name, null],
      ].sort(),
      2,
      1,
    ],
    'oneself by name, the colleague as one',
  )
  assert.deepEqual(
    await named(lead),
    [
      [
        [claire.name, null],
        [colleague.name, null],
      ].sort(),
      2,
      0,
    ],
    'who leads reads the names',
  )
  const seenByOperator = await rows(nadia, 'conseillers-utilisateurs')
  assert.deepEqual(
    seenByOperator.items.map((r: any) => [r.label, r.count]),
    [
      ['CC des Essais', 2],
      ['Mission locale des Essais', 1],
    ],
  )
  for (const { name } of [claire, colleague, karim]) assert.equal(JSON.stringify(seenByOperator).includes(name), false)
  assert.equal((await house.call(claire, 'GET', `/indicators/autre/rows?${period}`)).status, 400)
})

test('SEC-6, CAM-8: who reads the names of colleagues: the policy and the database agree, and not when a clause goes', async () => {
  await insertPlaces(house)
  const hashes = [
    ...(await peopleOfAllKinds(house, [claire.organisationId, karim.organisationId], 120, seededRandom(662))),
    ...[claire, lead, narrow, nadia].map(p => tokenHash(p.cookie.slice('session='.length))),
  ]
  const sights = () =>
    sightsOf(house.database, hashes, sql<{ id: string }>`select 'names' as id where ctx.leads_colleagues()`)
  const rows = [{ id: 'names' }]
  const seen = await sights()
  assert.ok(seen.some(s => s.ids.size) && seen.some(s => !s.ids.size))
  assert.deepEqual(
    disagreements(seen, rows, viewer => mayNameColleagues(viewer)),
    [],
  )
  for (const mutant of [
    (v: Viewer) => holds(v, 'campagnes', 'pilote'),
    (v: Viewer) => holds(v, 'campagnes', 'conseiller'),
    (v: Viewer) => v.grants.some(g => g.profile === 'responsable' || g.profile === 'pilote'),
    () => true,
  ])
    assert.notEqual(disagreements(seen, rows, mutant).length, 0, String(mutant))
  for (const [from, to] of [
    [`ctx.rank(g.profile) >= 3`, 'ctx.rank(g.profile) >= 2'],
    [`ctx.rank(g.profile) >= 3`, 'ctx.rank(g.profile) >= 4'],
    [`g.tool = 'campagnes' and `, ''],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.leads_colleagues()', from, to, async () =>
      assert.notEqual(
        disagreements(await sights(), rows, viewer => mayNameColleagues(viewer)).length,
        0,
        `${from} → ${to}`,
      ),
    )
})

/** What each published version says, from which day. A definition that changes is a new version, and a new line here. */
const published = {
  'conseillers-utilisateurs 1': '2fbbdfe150765f07',
  'conseillers-utilisateurs 2': 'dfcd9074e910678c',
  'usage 1': 'a19b6e3c59d4395e',
  'usage 2': 'c96fcf41c0825f43',
  'campagnes 1': '4bdbf1a475189f48',
  'campagnes 2': '7c9b76fcb4737d20',
  'etablissements 1': 'aa98618c7aef7f7c',
  'etablissements 2': '38cd838e03a5689c',
}
test('IND-6: a published version of a definition is never edited nor removed, nor is its day', () => {
  const digest = (one: Version) => createHash('sha256').update(JSON.stringify(one)).digest('hex').slice(0, 16)
  assert.deepEqual(
    Object.fromEntries(
      definitions.flatMap(({ code, versions }) => versions.map(one => [`${code} ${one.version}`, digest(one)])),
    ),
    published,
  )
})

test('IND-6: a period is counted by the version of the definition in force on its last day, or by the one that corrects it, and says which', async () => {
  const [first, second, third] = [1, 2, 3].map(version => ({
    version,
    since: `2026-0${version}-15`,
    text: `v${version}`,
  })) as [any, any, any]
  const history = [first, second, third] as const
  for (const [to, expected] of [
    ['2025-12-31', first],
    ['2026-01-15', first],
    ['2026-02-14', first],
    ['2026-02-15', second],
    ['2026-03-14', second],
    ['2026-12-31', third],
  ] as const)
    assert.equal(versionFor([...history], to), expected, to)
  const corrected = [first, { ...second, corrects: true }, third] as const
  for (const [to, version] of [
    ['2026-01-15', 2],
    ['2026-02-15', 2],
    ['2026-03-15', 3],
  ] as const)
    assert.equal(versionFor([...corrected], to).version, version, to)
  for (const { code, versions } of definitions) {
    for (const { since } of versions) {
      const { version } = versionFor(versions, since)
      assert.ok(wayOf(code, version), `${code} ${version}`)
    }
    assert.deepEqual(
      versions.map(v => v.version),
      versions.map((_, n) => n + 1),
    )
    assert.deepEqual(
      versions.map(v => v.since),
      versions.map(v => v.since).sort(),
    )
  }
  const { body } = await house.call(claire, 'GET', `/indicators?${period}`)
  for (const { code, definition } of body.items)
    assert.deepEqual([definition.version, definition.others.map((other: any) => other.version)], [2, [1]], code)
})
