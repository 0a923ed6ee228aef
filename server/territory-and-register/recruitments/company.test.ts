import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { sirenText, siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { insertPlaces } from '../../testing/people.ts'
import { recruitments } from './index.ts'
import { layBrought, layEstablishments, layHires } from './testing-groups.ts'

const [epci, beside, clpe, departement, region] = [200000001, 200000002, 10001, 2033, 1075]
const siren = 910000000
const at = (nic: number, of = siren) => of * 100_000 + nic
/** Three shops here, one of which closed; a vineyard here; two shops in the EPCI beside. */
const [first, second, closed, vineyard, away, farAway] = [at(1), at(2), at(3), at(4), at(5), at(6)]
const [objecting, farm] = [920000000, 930000000]
/** A vineyard, and a shop closed since it hired; one that a closed one left alone. */
const [estate, moved] = [940000000, 950000000]
let house: House
let lea: Person
let [wide, stranger, otherTool]: Person[] = []

const place = (siret: number, epciId: number, naf = '56.10A') => ({
  siret,
  naf,
  regionId: region,
  departementId: departement,
  epciId,
  clpeId: clpe,
})
before(async () => {
  house = await openHouse(recruitments)
  const { owner } = house
  await insertPlaces(house)
  await layEstablishments(owner, [
    ...[first, second, closed].map(siret => place(siret, epci)),
    place(vineyard, epci, '01.21Z'),
    ...[away, farAway].map(siret => place(siret, beside)),
    place(at(1, objecting), epci),
    place(at(1, farm), epci, '01.21Z'),
    place(at(1, estate), epci, '01.21Z'),
    place(at(2, estate), epci),
    ...[1, 2].map(nic => place(at(nic, moved), epci)),
  ])
  await owner.query('update establishments set active = false where siret = any ($1)', [
    [closed, at(2, estate), at(1, moved)],
  ])
  await owner.query(
    `update establishments set legal_name = 'LES TABLES D’ESSAI', head_office = siret = $2
    where siren = $1`,
    [siren, first],
  )
  // The register keeps back the name of a natural person who objects to diffusion.
  await owner.query(
    `update establishments set legal_name = 'DUPONT', natural_person = true, legal_unit_diffusion = 'P', diffusion = 'P'
      where siren = $1`,
    [objecting],
  )
  await layHires(owner, [
    { siret: first, month: '2026-06-01', kind: 'cdi', hires: 3 },
    { siret: first, month: '2025-06-01', kind: 'cdi', hires: 1 },
    { siret: second, month: '2026-06-01', kind: 'cdd-short', hires: 5 },
    { siret: second, month: '2026-07-01', kind: 'apprentissage', hires: 2 },
    { siret: closed, month: '2024-06-01', kind: 'cdd-long', hires: 4 },
    { siret: vineyard, month: '2026-06-01', kind: 'cdi', hires: 90 },
    { siret: away, month: '2026-06-01', kind: 'ctt', hires: 100 },
    { siret: farAway, month: '2026-12-01', kind: 'cdi', hires: 1000 },
    { siret: at(2, estate), month: '2025-06-01', kind: 'cdd-long', hires: 4 },
    { siret: at(1, estate), month: '2026-06-01', kind: 'cdi', hires: 50 },
    { siret: at(1, objecting), month: '2026-06-01', kind: 'cdi', hires: 1 },
  ])
  await layBrought(owner, '2023-12-01', '2026-12-01', '2026-12-14', '2026-12-15T03:00:00Z')
  const { id } = await house.organisation()
  const held = (territoryId: number) => ({ tool: 'fiche-recrutement', profile: 'consultation', territoryId }) as const
  lea = await house.person(id, [held(epci)])
  wide = await house.person(id, [held(region)])
  stranger = await house.person(id, [held(2040)])
  otherTool = await house.person(id, [
    { tool: 'fiche-etablissement', profile: 'responsable', territoryId: 0 },
    { tool: 'campagnes', profile: 'pilote', territoryId: 0 },
  ])
})
after(() => house.close())

const read = (who: Person | null, of = siren) => house.call(who, 'GET', `/companies/${sirenText(of)}/recruitment`)
const lines = (body: any) =>
  body.establishments.items.map((line: any) => [Number(line.siret), line.total, line.durable])

test('EST-12, REC-2: of a company, the months of all the establishments whose card one reads are added up, and of no other', async () => {
  const { status, body } = await read(lea)
  assert.equal(status, 200)
  assert.deepEqual(
    [body.siren, body.coverage, body.asOf, body.receivedOn, body.name],
    [sirenText(siren), 'covered', '2026-12-14', '2026-12-15', 'LES TABLES D’ESSAI'],
  )
  assert.deepEqual([body.months.length, body.months[0].month, body.months.at(-1).month], [36, '2023-12', '2026-11'])
  const june = body.months.find((one: any) => one.month === '2026-06')
  assert.deepEqual([june.total, june.counts.cdi, june.counts['cdd-short']], [8, 3, 5])
  assert.deepEqual(
    ['twelve', 'thirtySix'].map(name => {
      const { total, durable, other, workStudy } = body[name]
      return [total, durable, other, workStudy]
    }),
    [
      [10, 3, 5, 2],
      [15, 8, 5, 2],
    ],
  )
  assert.deepEqual(body.trend, { last: 10, before: 1 })
  assert.deepEqual(body.seasonality[5], { month: 6, mean: 4.3 })
  const { total } = (await read(wide!)).body.twelve
  assert.equal(total, 110, 'the two beside are read by a region; December, begun, by nobody')
})

test('EST-12, REC-2: its establishments are told one by one, those outside the perimeter are counted and never told', async () => {
  const { establishments } = (await read(lea)).body
  assert.deepEqual(lines({ establishments }), [
    [second, 7, 0],
    [first, 3, 3],
    [vineyard, null, null],
  ])
  assert.deepEqual(
    establishments.items.map((line: any) => [line.covered, line.headOffice, line.town]),
    [
      [true, false, 'CESTAS'],
      [true, true, 'CESTAS'],
      [false, false, 'CESTAS'],
    ],
  )
  assert.deepEqual([establishments.outside, establishments.others], [2, null])
  const all = (await read(wide!)).body.establishments
  assert.deepEqual(lines({ establishments: all })[0], [away, 100, 0])
  assert.deepEqual([all.items.length, all.outside], [5, 0], 'the closed one hired nobody in twelve months')
  assert.deepEqual(
    all.items.reduce((sum: number, line: any) => sum + (line.total ?? 0), 0),
    (await read(wide!)).body.twelve.total,
  )
})

test('EST-12, REC-2: a company is compared with nothing', async () => {
  assert.equal('compared' in (await read(wide!)).body, false)
})

test('EST-12, REC-2, PRI-1: a natural person who objects to diffusion is not named', async () => {
  const { body } = await read(lea, objecting)
  assert.deepEqual([body.name, body.establishments.items[0].name, body.twelve.total], [null, null, 1])
  assert.doesNotMatch(JSON.stringify(body), /DUPONT|ESSAI/)
})

test('EST-12, REC-2: of a company of farms « not covered » is said, and no figure', async () => {
  const { body } = await read(lea, farm)
  assert.deepEqual([body.coverage, body.months, body.twelve, body.thirtySix], ['msa', [], null, null])
  assert.deepEqual(lines(body), [[at(1, farm), null, null]])
})

test('EST-12, REC-2: beside a farm, what a shop closed since had hired is told, and which part is covered', async () => {
  const { body } = await read(lea, estate)
  assert.deepEqual(
    [body.coverage, body.twelve.total, body.thirtySix.total, body.thirtySix.durable],
    ['covered', 0, 4, 4],
  )
  assert.deepEqual(lines(body), [[at(1, estate), null, null]])
  const { uncovered, closed: gone } = body.establishments
  assert.deepEqual([uncovered, gone], [1, 1])
})

test('EST-12, REC-2: how many establishments are in no sum, and how many closed ones are, is said', async () => {
  const said = async (who: Person, of?: number) => {
    const { uncovered, closed: gone } = (await read(who, of)).body.establishments
    return [uncovered, gone]
  }
  assert.deepEqual(await said(lea), [1, 1])
  assert.deepEqual(await said(lea, farm), [1, 0])
  assert.deepEqual(await said(lea, objecting), [0, 0])
  assert.deepEqual(await said(lea, moved), [0, 0], 'it hired nobody in thirty-six months')
})

test('EST-12, SEC-6: refused without the tool, whatever else one holds, and where no establishment is in the perimeter; unknown is not found', async () => {
  assert.equal((await read(null)).status, 401)
  const none = await read(otherTool!)
  assert.deepEqual([none.status, none.body.code], [403, 'access/no-grant'])
  const outside = await read(stranger!)
  assert.deepEqual([outside.status, outside.body.code], [403, 'access/outside-perimeter'])
  assert.deepEqual([outside.body.months, outside.body.establishments], [undefined, undefined])
  assert.equal((await read(lea, 999999999)).status, 404)
})

test('SEC-6: asked straight, the functions answer of a company nothing to who may not read, nor without a session', async () => {
  const straight = async (who: Person | null) => {
    const tx = await house.database.begin()
    try {
      if (who) await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      const { months, hirers } = (await tx.first(
        sql<{ months: number; hirers: number }>`select
          (select coalesce(sum(hires), 0) from hirings_of_company(${siren}, '2000-01-01'))::int as months,
          (select count(*) from hirers_of_company(${siren}, '2000-01-01', '2100-01-01'))::int as hirers`,
      ))!
      return [months, hirers]
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual(await straight(lea), [15, 4])
  for (const who of [stranger!, otherTool!, null]) assert.deepEqual(await straight(who), [0, 0])
})

test('EST-12: the card of an establishment says how many its company has, itself among them, for the way to the whole', async () => {
  const card = async (siret: number) => {
    const { body } = await house.call(lea, 'GET', `/establishments/${siretText(siret)}/recruitment`)
    return [body.active, body.companyEstablishments]
  }
  assert.deepEqual(await card(first), [true, 5])
  assert.deepEqual(await card(closed), [false, 6], 'closed, its company goes on')
  assert.deepEqual(await card(at(1, moved)), [false, 2])
  assert.deepEqual(await card(at(2, moved)), [true, 1], 'nothing more to read of the company, but itself')
})

test('EST-12, REC-2: before any file, a company says so instead of naught', async () => {
  const empty = await openHouse(recruitments)
  try {
    await insertPlaces(empty)
    await layEstablishments(empty.owner, [place(first, epci)])
    const someone = await empty.person((await empty.organisation()).id, [
      { tool: 'fiche-recrutement', profile: 'consultation', territoryId: epci },
    ])
    const { body } = await empty.call(someone, 'GET', `/companies/${sirenText(siren)}/recruitment`)
    assert.deepEqual([body.coverage, body.asOf, body.twelve, lines(body)], ['none', null, null, [[first, null, null]]])
  } finally {
    await empty.close()
  }
})
