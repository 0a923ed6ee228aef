import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Static } from 'typebox'
import type { Criteria } from '../../../contract/territory-and-register/criteria.ts'
import { dbOver } from '../../platform/database.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { insertEstablishments } from '../register/testing.ts'
import { anEstablishment, aPerson, aUnit, inventedSiren, inventedSiret } from '../register/testing-official-layout.ts'
import { correspondenceOf, soughtActivities } from '../territories/correspondence-rules.ts'
import { importClpe } from '../territories/import-clpe.ts'
import { importTerritories } from '../territories/import-territories.ts'
import { aClpeFile, aCog } from '../territories/testing.ts'
import { establishmentLines } from './establishments.queries.ts'
import { establishments } from './index.ts'
import { selectEstablishments } from './search.queries.ts'
import { readTerms } from './search-terms.ts'

let house: House
let claire: Person
let clpe: number
const sirens = Array.from({ length: 8 }, (_, i) => inventedSiren(100 + i)) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
]
const [tonnellerie, boulangerie, dax, closed, person, company, market] = sirens.map(s => inventedSiret(s)) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
]
const branch = inventedSiret(sirens[0], 2)

before(async () => {
  // Before NAF 2025 takes over: the activities shown are those of the day.
  house = await openHouse(establishments, { clock: () => new Date('2026-11-25T09:00:00Z') })
  const owner = await house.owner.connect()
  await importTerritories(owner, aCog(), '2026-11-25')
  await importClpe(
    owner,
    aClpeFile({ CLPE33002: ['Bordeaux hors métropole', '33122', '33090', '33422', '33238'] }),
    { edition: '2026-05', inForceFrom: '2026-05-01' },
    '2026-11-25',
  )
  clpe = (await owner.query(`select id from territories where kind = 'clpe'`)).rows[0].id
  owner.release()
  await insertEstablishments(
    house.owner,
    [
      anEstablishment(tonnellerie),
      anEstablishment(branch, {
        codeCommuneEtablissement: '40088',
        libelleCommuneEtablissement: 'DAX',
        codePostalEtablissement: '40100',
        etablissementSiege: 'false',
        trancheEffectifsEtablissement: '',
      }),
      anEstablishment(boulangerie, {
        codeCommuneEtablissement: '33238',
        libelleCommuneEtablissement: 'LEOGNAN',
        activitePrincipaleEtablissement: '10.71C',
        enseigne1Etablissement: 'L’ÉTÉ À SAINT-LÉOGNAN',
        trancheEffectifsEtablissement: '02',
      }),
      anEstablishment(dax, {
        codeCommuneEtablissement: '40088',
        libelleCommuneEtablissement: 'DAX',
        activitePrincipaleEtablissement: '10.71C',
        trancheEffectifsEtablissement: '32',
      }),
      anEstablishment(closed, {
        etatAdministratifEtablissement: 'F',
        dateDebut: '2020-01-31',
        activitePrincipaleEtablissement: '10.71C',
      }),
      anEstablishment(person, { statutDiffusionEtablissement: 'P', activitePrincipaleEtablissement: '10.71C' }),
      anEstablishment(company, {
        statutDiffusionEtablissement: 'P',
        codeCommuneEtablissement: '33422',
        libelleCommuneEtablissement: 'ST JEAN D ILLAC',
        trancheEffectifsEtablissement: '21',
      }),
      anEstablishment(market, {
        activitePrincipaleEtablissement: '47.11F',
        caractereEmployeurEtablissement: 'N',
        trancheEffectifsEtablissement: 'NN',
      }),
    ],
    [
      aUnit(sirens[0]),
      aUnit(sirens[1], { denominationUniteLegale: 'BOULANGERIE DU LAC' }),
      aUnit(sirens[2], { denominationUniteLegale: 'BOULANGERIE DES BARTHES' }),
      aUnit(sirens[3], { denominationUniteLegale: 'BOULANGERIE DU LAVOIR' }),
      aPerson(sirens[4], { statutDiffusionUniteLegale: 'P', nomUniteLegale: 'BOULANGER' }),
      aUnit(sirens[5], { denominationUniteLegale: 'S.A.R.L. MERRAINS', statutDiffusionUniteLegale: 'P' }),
      aUnit(sirens[6], { denominationUniteLegale: 'HALLES D’OR' }),
    ],
  )
  const organisation = await house.organisation()
  claire = await house.person(organisation.id, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
  ])
})
after(() => house.close())

type Query = Record<string, string | number | boolean>
const search = async (query: Query) =>
  (
    await house.call(
      claire,
      'GET',
      `/establishments?${new URLSearchParams(Object.entries(query).map(([k, v]): [string, string] => [k, String(v)]))}`,
    )
  ).body
const sirets = async (query: Query) => (await search(query)).items.map((e: { siret: string }) => e.siret)

test('EST-2: numbers are recognised, words are left alone', () => {
  assert.deepEqual(readTerms(' 732 829 320 00074 '), {
    kind: 'number',
    from: 73282932000074,
    to: 73282932000074,
    understood: 'SIRET 73282932000074',
  })
  assert.deepEqual(readTerms('732.829.320'), {
    kind: 'number',
    from: 73282932000000,
    to: 73282932099999,
    understood: 'SIREN 732829320',
  })
  assert.equal(
    (readTerms('73282932000075') as { understood: string }).understood,
    'SIRET 73282932000075, dont la clé est fausse',
  )
  for (const typed of ['SIRET : 732 829 320 00074', 'siret n° 73282932000074', 'RCS Bordeaux 732 829 320 00074'])
    assert.equal((readTerms(typed) as { from: number }).from, 73282932000074, typed)
  assert.equal((readTerms('TVA FR 44 732829320') as { understood: string }).understood, 'SIREN 732829320')
  assert.deepEqual(readTerms('chez 33610'), { kind: 'words', text: 'chez 33610', words: ['chez', '33610'] })
})

test('EST-2: found by SIRET and SIREN, spaces allowed', async () => {
  assert.deepEqual(await sirets({ q: tonnellerie.replace(/(\d{3})(\d{3})(\d{3})/, '$1 $2 $3 ') }), [tonnellerie])
  assert.deepEqual(await sirets({ q: sirens[0] }), [tonnellerie, branch])
  assert.deepEqual(await sirets({ q: person }), [person], 'by its number, even of partial diffusion')
})

for (const [words, expected] of [
  ['tonnellerie', () => [tonnellerie, branch]],
  ['TONNELLERIE gra', () => [tonnellerie, branch]],
  ['graves des tonnellerie', () => [tonnellerie, branch]],
  ['tonnellerie dax', () => [branch]],
  ["l'ete", () => [boulangerie]],
  ['ÉTÉ st leognan', () => [boulangerie]],
  ['sarl merrains', () => [company]],
  ['saint jean', () => [company]],
  ['boulangerie la', () => [boulangerie, closed, dax]],
  ['boulanger', () => [boulangerie, closed, dax]],
  ['lavoir', () => [closed]],
  ['nothing', () => []],
  ['de la', () => []],
  ["' & | ! :*", () => []],
] as const)
  test(`EST-2: « ${words} »`, async () => assert.deepEqual(await sirets({ q: words }), expected()))

test('EST-2: one’s own perimeter first, then active ones, then employers', async () => {
  assert.deepEqual(await sirets({ q: 'boulangerie' }), [boulangerie, closed, dax])
  const elsewhere = await house.person((await house.organisation()).id, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2040 },
  ])
  const { body } = await house.call(elsewhere, 'GET', '/establishments?q=boulangerie')
  assert.deepEqual(
    body.items.map((e: { siret: string }) => e.siret),
    [dax, boulangerie, closed],
  )
})

test('EST-2: filters by territory of any kind, activity at any level, size, employer and state', async () => {
  assert.deepEqual(await sirets({ q: 'boulangerie', territory: clpe }), [boulangerie, closed])
  assert.deepEqual(
    await sirets({ territory: 243301165 }),
    [market, company, tonnellerie, person].sort((a, b) => (a === person ? 1 : b === person ? -1 : 0)),
  )
  assert.deepEqual(await sirets({ territory: 1075, activity: '10.71C' }), [dax, boulangerie, person])
  assert.deepEqual(await sirets({ territory: 1075, activity: 'G' }), [market])
  assert.deepEqual(await sirets({ territory: 1075, size: '0-9' }), [market, boulangerie, branch, person])
  assert.deepEqual(await sirets({ territory: 1075, size: '200+' }), [dax])
  assert.deepEqual(await sirets({ territory: 1075, employer: false }), [market])
  assert.deepEqual(await sirets({ q: 'boulangerie', active: false }), [closed])
  assert.deepEqual([await sirets({}), (await search({ total: true })).total], [[], 0])
})

test('EST-2: an activity is a code with its nomenclature; both are searched, and each means its own', async () => {
  const [both, next] = [inventedSiret(inventedSiren(120)), inventedSiret(inventedSiren(121))]
  await insertEstablishments(
    house.owner,
    [
      anEstablishment(both, {
        codeCommuneEtablissement: '40088',
        activitePrincipaleEtablissement: '61.10Z',
        activitePrincipaleNAF25Etablissement: '61.10H',
      }),
      // As the register will write it after the switch; INSEE has named it in two ways.
      anEstablishment(next, {
        codeCommuneEtablissement: '40088',
        activitePrincipaleEtablissement: '95.31G',
        nomenclatureActivitePrincipaleEtablissement: 'NAF2025',
      }),
    ],
    [
      aUnit(both.slice(0, 9), { denominationUniteLegale: 'LIGNES DES LANDES' }),
      aUnit(next.slice(0, 9), { denominationUniteLegale: 'GARAGE DES LANDES' }),
    ],
  )
  const asked = (activity: string) => sirets({ territory: 2040, activity })
  assert.deepEqual(await asked('61'), [both])
  assert.deepEqual(
    [await asked('NAF25:61.10H'), await asked('NAF25:61.1'), await asked('NAF25:K'), await asked('J')],
    [[both], [both], [both], [both]],
  )
  assert.deepEqual(
    [await asked('61.10H'), await asked('NAF25:61.10Z'), await asked('K'), await asked('NAF25:J')],
    [[], [], [], []],
    'a code of the other nomenclature is another code',
  )
  assert.deepEqual(
    [await asked('NAF25:T'), await asked('NAF25:95.31G'), await asked('95'), await asked('G')],
    [[next], [next], [], []],
  )
  const card = async (siret: string) => (await house.call(claire, 'GET', `/establishments/${siret}`)).body
  assert.deepEqual((await card(both)).activities, [
    { code: '61.10Z', nomenclature: 'NAFRev2', label: 'Télécommunications' },
    { code: '61.10H', nomenclature: 'NAF25', label: 'Télécommunications' },
  ])
  assert.deepEqual((await card(next)).activities, [
    { code: '95.31G', nomenclature: 'NAF25', label: 'Réparation d’ordinateurs, d’objets et de véhicules' },
  ])
  assert.equal((await house.call(claire, 'GET', '/establishments?territory=2040&activity=NAF30:61')).status, 400)
  await house.owner.query('delete from establishments where siret = any ($1)', [[both, next]])
})

test('EST-3: NAF 2025 becomes the activity one is shown on 1 January 2027, in Paris', async () => {
  let now = new Date('2026-12-31T22:59:59Z')
  const later = await openHouse(establishments, { clock: () => now })
  try {
    const siret = inventedSiret(inventedSiren(130))
    const owner = await later.owner.connect()
    await importTerritories(owner, aCog(), '2026-11-25')
    await insertEstablishments(
      later.owner,
      [anEstablishment(siret, { activitePrincipaleNAF25Etablissement: '16.25Y' })],
      [aUnit(siret.slice(0, 9))],
    )
    const reader = await later.person((await later.organisation()).id, [
      { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
    ])
    const shown = async () => [
      (await later.call(reader, 'GET', `/establishments/${siret}`)).body.activity.code,
      (await later.call(reader, 'GET', `/establishments?q=${siret}`)).body.items[0].activity.code,
    ]
    assert.deepEqual(await shown(), ['16.24Z', '16.24Z'])
    now = new Date('2026-12-31T23:00:00Z')
    assert.deepEqual(await shown(), ['16.25Y', '16.25Y'])
    const line = async (day: string) =>
      (await establishmentLines(dbOver(owner), [Number(siret)], day)).get(Number(siret))?.activity?.code
    assert.deepEqual(
      [await line('2026-12-31'), await line('2027-01-01')],
      ['16.24Z', '16.25Y'],
      'in lists of targets too, as of the day given',
    )
    owner.release()
  } finally {
    await later.close()
  }
})

test('API-1: pages follow each other without gap nor repeat, and the total is exact', async () => {
  for (const query of [{ q: 'boulangerie' }, { territory: 1075 }] as Query[]) {
    const whole = await sirets(query)
    const pages: string[] = []
    for (let after: string | null = ''; after !== null; ) {
      const page: { total: number; items: { siret: string }[]; next: string | null } = await search({
        ...query,
        limit: 1,
        total: true,
        ...(after ? { after } : {}),
      })
      assert.equal(page.total, whole.length)
      pages.push(...page.items.map(e => e.siret))
      after = page.next
    }
    assert.deepEqual(pages, whole)
  }
  assert.equal((await house.call(claire, 'GET', '/establishments?q=boulangerie&after=abc')).status, 400)
})

test('EST-3: the card says who it is, where, and its siblings', async () => {
  const { status, body } = await house.call(claire, 'GET', `/establishments/${tonnellerie}`)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    [
      body.siret,
      body.siren,
      body.name,
      body.legalName,
      body.activity,
      body.headcount,
      body.address,
      body.town,
      body.createdOn,
      body.closedOn,
      body.registerUpdatedAt,
    ],
    [
      tonnellerie,
      sirens[0],
      'TONNELLERIE DES GRAVES',
      'TONNELLERIE DES GRAVES',
      { code: '16.24Z', nomenclature: 'NAFRev2', label: 'Travail du bois' },
      { band: '12', label: '20 à 49 salariés', year: 2023 },
      '12 RUE DES TONNELIERS, 33610 CESTAS',
      'CESTAS',
      '2015-03-01',
      null,
      '2026-06-01T08:20:30.000Z',
    ],
  )
  assert.deepEqual(
    body.territories.map((t: { id: number }) => t.id),
    [1075, 2033, clpe, 243301165],
  )
  assert.deepEqual(
    [body.siblings.open, body.siblings.closed, body.siblings.items.map((e: { siret: string }) => e.siret)],
    [1, 0, [branch]],
  )
  assert.deepEqual(body.company, {
    active: true,
    headcount: null,
    sizeCategory: null,
    socialEconomy: null,
    createdOn: '2015-03-01',
    registerUpdatedAt: '2026-06-01T08:20:30.000Z',
  })
  assert.ok(body.position.lat > 44 && body.position.lon < 0)
})

test('EST-4: the card of a natural person of partial diffusion shows commune and activity alone; what is not there is 404', async () => {
  const { body } = await house.call(claire, 'GET', `/establishments/${person}`)
  assert.deepEqual(
    [
      body.name,
      body.sign,
      body.legalName,
      body.address,
      body.postalCode,
      body.position,
      body.headcount,
      body.employer,
      body.createdOn,
    ],
    [null, null, null, null, null, null, null, null, null],
  )
  assert.deepEqual([body.legalNature, body.companySize], ['unknown', 'unknown'])
  assert.deepEqual([body.town, body.activity.code, body.partialDiffusion], ['CESTAS', '10.71C', true])
  assert.equal((await house.call(claire, 'GET', `/establishments/${inventedSiret(inventedSiren(999))}`)).status, 404)
  await house.owner.query(`update establishments set diffusion = 'N' where siret = $1`, [market])
  assert.equal((await house.call(claire, 'GET', `/establishments/${market}`)).status, 404)
  assert.deepEqual([await sirets({ q: market }), await sirets({ q: 'halles' })], [[], []])
})

test('SEC-6: the register asks for a grant of the card', async () => {
  const other = await house.person((await house.organisation()).id, [
    { tool: 'fiche-recrutement', profile: 'consultation', territoryId: 0 },
  ])
  assert.deepEqual(
    [
      (await house.call(other, 'GET', '/establishments?q=a')).status,
      (await house.call(null, 'GET', '/establishments?q=a')).status,
    ],
    [403, 401],
  )
})

test('EST-4, CAM-2, EST-14: a selection by criteria takes active establishments, and no natural person of partial diffusion', async () => {
  const select = async ({ activities, ...criteria }: Static<typeof Criteria>) => {
    const sought = { ...criteria, activities: activities && soughtActivities(activities, correspondenceOf([])) }
    const { sql, parameters } = (
      selectEstablishments(sought, '2026-11-27') as never as {
        compile(k: unknown): { sql: string; parameters: unknown[] }
      }
    ).compile((await import('../../platform/database.ts')).k)
    return (await house.owner.query(`select siret::text from ${sql} e order by 1`, parameters as unknown[])).rows.map(
      r => r.siret,
    )
  }
  assert.deepEqual(await select({ territoryId: 1075, activities: ['C'] }), [
    tonnellerie,
    branch,
    boulangerie,
    dax,
    company,
  ])
  assert.deepEqual(await select({ territoryId: clpe, activities: ['10', '16.24Z'], employer: true }), [
    tonnellerie,
    boulangerie,
    company,
  ])
  assert.deepEqual(await select({ activities: ['10.7'], sizes: ['0-9', '200+'] }), [boulangerie, dax])
  assert.deepEqual(await select({ activities: ['V'] }), [])
  await house.owner.query(`update establishments set legal_category = '9220', company_size = 'pme' where siret = $1`, [
    dax,
  ])
  await house.owner.query(`update establishments set legal_category = '4110' where siret = $1`, [branch])
  assert.deepEqual(await select({ legalNatures: ['association', 'public'] }), [branch, dax])
  assert.deepEqual(await select({ legalNatures: ['association'], companySizes: ['pme', 'large'] }), [dax])
  assert.deepEqual(await select({ territoryId: clpe, companySizes: ['pme'] }), [])
  assert.deepEqual(await select({ legalNatures: ['unknown'] }), [], 'not even by what is not told of a natural person')
  assert.deepEqual(
    await select({ activities: ['NAF25:10', '16'] }),
    [tonnellerie, branch, company],
    'the one gives no code of NAF 2025 yet',
  )
  assert.deepEqual(await select({}), [tonnellerie, branch, boulangerie, dax, company], 'everything active')
})
