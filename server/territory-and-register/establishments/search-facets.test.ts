import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { inventedCompanies } from '../../../database/seeds/invented-companies.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { importTexts, insertEstablishments } from '../register/testing.ts'
import { importClpe } from '../territories/import-clpe.ts'
import { importTerritories } from '../territories/import-territories.ts'
import { aClpeFile, aCog } from '../territories/testing.ts'
import { establishments } from './index.ts'
import { exampleEstablishments, exampleUnits } from './testing-search-examples.ts'

let house: House
let claire: Person
let clpe: number
before(async () => {
  // Before NAF 2025 takes over: the activities counted are those of the day.
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
  const communes = aCog()
    .communes.filter(c => c.code.startsWith('33') && c.type === 'commune-actuelle')
    .map(c => ({ code: c.code, name: c.nom, postalCode: c.codesPostaux![0]!, population: c.population! }))
  const invented = inventedCompanies(communes, 1200)
  await importTexts(house.owner, invented.establishments, invented.units)
  await insertEstablishments(house.owner, exampleEstablishments, exampleUnits)
  // Some are public, associations or without a category; some of each size.
  await house.owner.query(
    `update establishments set legal_category = (array[legal_category, '7210', '9220', '8110', null])[1 + (siret / 7) % 5],
      company_size = case when siret % 3 = 0 then (array['eti', 'large', 'pme', null])[1 + (siret / 3) % 4] else 'tpe' end`,
  )
  // Some closed, some who do not say whether they employ, some without a band.
  await house.owner.query(
    `update establishments set active = siret % 7 <> 0, employer = case when siret % 5 = 0 then null
      else employer end, headcount_band = case when siret % 11 = 0 then null else headcount_band end`,
  )
  const organisation = await house.organisation()
  claire = await house.person(organisation.id, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: clpe },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
  ])
})
after(() => house.close())

interface Counted {
  count: number
  more: boolean
}
interface Facets {
  territories: (Counted & { territory: { id: number; kind: string } })[]
  activities: (Counted & { code: string; label: string })[]
  sizes: (Counted & { size: string })[]
  legalNatures: (Counted & { legalNature: string })[]
  companySizes: (Counted & { companySize: string })[]
  employer: (Counted & { value: boolean })[]
  active: (Counted & { value: boolean })[]
}
const get = (path: string, query: Record<string, string>, who: Person | null = claire) =>
  house.call(who, 'GET', `${path}?${new URLSearchParams(query)}`)
const facets = async (query: Record<string, string>): Promise<Facets> => {
  const { status, body } = await get('/establishments/facets', query)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const total = async (query: Record<string, string>): Promise<[number, boolean]> => {
  const { body } = await get('/establishments', { ...query, total: 'true', limit: '1' })
  return [body.total, body.more]
}
/** What one gets by choosing each value, asked for one by one. */
const chosen = async (query: Record<string, string>, counted: Facets) => {
  const { territories, activities, sizes, legalNatures, companySizes, employer, active } = counted
  for (const { territory, count, more } of territories)
    assert.deepEqual(
      [count, more],
      await total({ ...query, territory: String(territory.id) }),
      `territory ${territory.id}`,
    )
  for (const { code, count, more } of activities)
    assert.deepEqual([count, more], await total({ ...query, activity: code }), `activity ${code}`)
  for (const { size, count, more } of sizes)
    assert.deepEqual([count, more], await total({ ...query, size }), `size ${size}`)
  for (const { legalNature, count, more } of legalNatures)
    assert.deepEqual([count, more], await total({ ...query, legalNature }), `nature ${legalNature}`)
  for (const { companySize, count, more } of companySizes)
    assert.deepEqual([count, more], await total({ ...query, companySize }), `company ${companySize}`)
  for (const { value, count, more } of employer)
    assert.deepEqual([count, more], await total({ ...query, employer: String(value) }), `employer ${value}`)
  for (const { value, count, more } of active)
    assert.deepEqual([count, more], await total({ ...query, active: String(value) }), `active ${value}`)
}

test('EST-2, EST-14: each filter says what it would give, the others staying', async () => {
  for (const query of [
    { q: 'boulangerie' },
    { q: 'menuiserie', active: 'true' },
    { territory: '2033' },
    { territory: String(clpe), activity: 'F', active: 'true' },
    { q: 'boulangerie', territory: '2033', activity: '10', size: '10-49', employer: 'true', active: 'false' },
    { q: 'des', territory: '2033', size: '0-9', employer: 'false' },
    { territory: '2033', legalNature: 'public' },
    { territory: '2033', legalNature: 'company', companySize: 'pme', employer: 'true' },
    { q: 'boulangerie', companySize: 'unknown', active: 'true' },
    { q: '900050204' },
  ] as Record<string, string>[])
    await chosen(query, await facets(query))
})

test('EST-2, EST-14: the counts are those of the rows themselves', async () => {
  const naive = async (where: string) =>
    (await house.owner.query(`select count(*)::int as n from establishments where diffusion <> 'N' and ${where}`))
      .rows[0].n as number
  const here = 'departement_id = 2033'
  const { sizes, legalNatures, companySizes, employer, active, activities, territories } = await facets({
    territory: '2033',
    employer: 'true',
    size: '10-49',
  })
  assert.equal(
    sizes.find(s => s.size === '0-9')!.count,
    await naive(
      `${here} and active and employer and (headcount_band is null or headcount_band in ('NN', '00', '01', '02', '03'))`,
    ),
  )
  assert.equal(
    sizes.find(s => s.size === '200+')!.count,
    await naive(`${here} and active and employer and headcount_band::text ~ '^[345]'`),
  )
  const size = `headcount_band in ('11', '12')`
  assert.deepEqual(
    employer.map(e => e.count),
    [
      await naive(`${here} and active and ${size} and employer`),
      await naive(`${here} and active and ${size} and not employer`),
    ],
  )
  assert.deepEqual(
    active.map(a => a.count),
    [
      await naive(`${here} and ${size} and employer and active`),
      await naive(`${here} and ${size} and employer and not active`),
    ],
  )
  assert.equal(
    activities.find(a => a.code === 'F')!.count,
    await naive(`${here} and active and employer and ${size} and left(naf, 2) in ('41', '42', '43')`),
  )
  assert.deepEqual(
    territories.map(t => t.territory.id),
    [clpe],
  )
  for (const { legalNature, count } of legalNatures)
    assert.equal(
      count,
      await naive(
        `${here} and active and employer and ${size} and case when legal_category is null then 'unknown'
          when legal_category like '7%' then 'public' when legal_category like '9%' then 'association'
          when legal_category like '8%' then 'other' else 'company' end = '${legalNature}'`,
      ),
      legalNature,
    )
  for (const { companySize, count } of companySizes)
    assert.equal(
      count,
      await naive(
        `${here} and active and employer and ${size} and coalesce(company_size, 'unknown') = '${companySize}'`,
      ),
      companySize,
    )
  assert.ok([...legalNatures, ...companySizes].every(({ count }) => count > 0))
  assert.equal(territories[0]!.count, await naive(`clpe_id = ${clpe} and active and employer and ${size}`))
  assert.ok(sizes.some(s => s.count > 0) && active[1]!.count > 0)
})

test('EST-2: a section that is chosen opens on its divisions; without a territory one’s own are proposed', async () => {
  const { activities, territories } = await facets({ q: 'boulangerie', activity: 'F' })
  assert.deepEqual(
    activities.filter(a => /\d/.test(a.code)).map(a => a.code),
    ['41', '42', '43'],
  )
  assert.deepEqual(territories.map(t => t.territory.id).sort(), [2033, clpe].sort())
  assert.deepEqual(
    (await facets({ q: 'boulangerie', activity: '43.91B' })).activities.filter(a => /\d/.test(a.code)).length,
    3,
    'a fine code too',
  )
  assert.deepEqual(
    (await facets({ q: 'boulangerie', activity: 'NAF25:K' })).activities
      .filter(a => /\d\d$/.test(a.code))
      .map(a => a.code),
    ['NAF25:61', 'NAF25:62', 'NAF25:63'],
    'in the nomenclature of what was chosen',
  )
  await chosen({ q: 'menuiserie', activity: 'NAF25:F' }, await facets({ q: 'menuiserie', activity: 'NAF25:F' }))
  assert.ok((await facets({ territory: String(clpe) })).territories.every(t => t.territory.kind === 'epci'))
})

test('EST-2: misspelt words are counted as the search read them', async () => {
  const query = { q: 'boulangrie' }
  const [found] = await total(query)
  const { active } = await facets(query)
  assert.equal(
    active.reduce((sum, { count }) => sum + count, 0),
    found,
  )
  assert.ok(found > 10)
})

test('EST-2: counts are exact to 10 000, then said to be more', async () => {
  const owner = await house.owner.connect()
  try {
    await owner.query(`insert into establishments (siret, siren, nic, legal_name, naf, naf_nomenclature, headcount_band,
      employer, active, head_office, diffusion, legal_unit_diffusion, natural_person, row_hash)
      select 99000000000000 + i::bigint * 100000 + 11, 990000000 + i, 11, 'MULTITUDE ' || i, case when i % 5000 = 0
        then '42.11Z' else '43.91B' end, 'NAFRev2', case when i % 100 = 0 then '21'
        else '01' end, i % 3 = 0, i > 20, true, 'O', 'O', false, 0 from generate_series(1, 10021) i`)
    const query = { q: 'multitude', active: 'true', activity: '42' }
    const counted = await facets(query)
    await chosen(query, counted)
    await chosen({ q: 'multitude' }, await facets({ q: 'multitude' }))
    const { activities, active, sizes } = await facets({ q: 'multitude', active: 'true' })
    assert.deepEqual(
      active.map(({ count, more }) => [count, more]),
      [
        [10_000, true],
        [20, false],
      ],
    )
    assert.deepEqual(
      [activities.find(a => a.code === 'F')!, sizes.map(s => s.count)],
      [{ code: 'F', label: 'Construction', count: 10_000, more: true }, [9_901, 0, 100, 0, 0]],
    )
  } finally {
    await owner.query('delete from establishments where siren > 990000000')
    owner.release()
  }
})

test('EST-2: nothing asked counts nothing; what is malformed or not one’s own is refused', async () => {
  assert.deepEqual(await facets({}), {
    territories: [],
    activities: [],
    sizes: [],
    legalNatures: [],
    companySizes: [],
    employer: [],
    active: [],
    hires: [],
  })
  assert.deepEqual((await facets({ q: 'de la' })).active, [], 'nothing but small words')
  for (const query of [
    { size: '10' },
    { legalNature: 'association,public' },
    { companySize: 'TPE' },
    { territory: 'ici' },
    { territory: '-1' },
    { activity: 'zz' },
    { activity: 'NAF20:F' },
    { activity: "F' | 'x" },
    { employer: 'peut-être' },
    { q: ' ' },
    { q: 'x'.repeat(121) },
  ] as Record<string, string>[]) {
    assert.deepEqual(
      [(await get('/establishments/facets', { q: 'bois', ...query })).status],
      [400],
      JSON.stringify(query),
    )
  }
  const organisation = await house.organisation()
  const other = await house.person(organisation.id, [{ tool: 'campagnes', profile: 'pilote', territoryId: 2033 }])
  const refused = await get('/establishments/facets', { q: 'bois' }, other)
  assert.deepEqual([refused.status, refused.body.code], [403, 'access/no-grant'])
  assert.equal((await get('/establishments/facets', { q: 'bois' }, null)).status, 401)
})

test('EST-14: in a territory, a common nature or size lists those alone', async () => {
  for (const asked of [
    { legalNature: 'company' },
    { companySize: 'tpe' },
    { legalNature: 'company', companySize: 'tpe', employer: 'true' },
  ] as Record<string, string>[]) {
    const { body } = await get('/establishments', { territory: '2033', limit: '50', ...asked })
    assert.equal(body.items.length, 50)
    for (const [name, value] of Object.entries(asked))
      assert.deepEqual([...new Set(body.items.map((line: any) => String(line[name])))], [value], JSON.stringify(asked))
  }
})
test('EST-4, EST-14: a natural person of partial diffusion is counted and found among those of unknown nature', async () => {
  const count = async () => {
    const { legalNatures } = await facets({ territory: '2033' })
    return ['company', 'unknown'].map(nature => legalNatures.find(one => one.legalNature === nature)!.count)
  }
  const [companies, unknown] = await count()
  await house.owner.query(
    `update establishments set diffusion = 'P', natural_person = true where siret = (select siret from establishments
      where active and departement_id = 2033 and diffusion = 'O' and legal_category like '5%' limit 1)`,
  )
  assert.deepEqual(await count(), [companies! - 1, unknown! + 1])
  await chosen({ territory: '2033' }, await facets({ territory: '2033' }))
})
test('EST-4: what is not diffused is not counted', async () => {
  const before = (await facets({ territory: '2033' })).active[0]!.count
  await house.owner.query(
    `update establishments set diffusion = 'N' where siret = (select siret from establishments where active
      and departement_id = 2033 limit 1)`,
  )
  assert.equal((await facets({ territory: '2033' })).active[0]!.count, before - 1)
})
