import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { importTexts } from '../register/testing.ts'
import {
  anEstablishment,
  aUnit,
  csvOf,
  establishmentColumns,
  inventedSiren,
  inventedSiret,
  unitColumns,
} from '../register/testing-official-layout.ts'
import { importCorrespondence } from '../territories/import-correspondence.ts'
import { importTerritories } from '../territories/import-territories.ts'
import { aCog } from '../territories/testing.ts'
import { establishments } from './index.ts'

/* The codes are real, what corresponds to what is invented. */

let house: House
let claire: Person
let now = new Date('2027-01-02T09:00:00Z')
before(async () => {
  house = await openHouse(establishments, { clock: () => now })
  const owner = await house.owner.connect()
  await importTerritories(owner, aCog(), '2026-11-25')
  owner.release()
  claire = await house.person((await house.organisation()).id, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
  ])
})
after(() => house.close())
beforeEach(async () => {
  now = new Date('2027-01-02T09:00:00Z')
  await house.owner.query('truncate establishments, legal_units, naf_correspondences')
})

/** Rév. 2 alone, both, or NAF 2025 alone. */
type Coded = readonly [old: string | null, next: string | null]
const siretOf = (n: number) => inventedSiret(inventedSiren(200 + n))
let stamp = 0
const register = async (coded: readonly Coded[]) => {
  stamp += 1
  const at = `2026-06-01T10:${String(stamp).padStart(2, '0')}:00`
  await importTexts(
    house.owner,
    csvOf(
      establishmentColumns,
      coded.map(([old, next], n) =>
        anEstablishment(siretOf(n), {
          dateDernierTraitementEtablissement: at,
          activitePrincipaleEtablissement: old ?? next!,
          nomenclatureActivitePrincipaleEtablissement: old ? 'NAFRev2' : 'NAF2025',
          activitePrincipaleNAF25Etablissement: old ? (next ?? '') : '',
        }),
      ),
    ),
    csvOf(
      unitColumns,
      coded.map((_, n) => aUnit(siretOf(n).slice(0, 9))),
    ),
  )
}
const get = async (path: string) => {
  const { status, body } = await house.call(claire, 'GET', path)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
/** Which of them an activity finds, by number. */
const found = async (activity: string): Promise<number[]> => {
  const { items } = await get(`/establishments?territory=2033&limit=100&activity=${activity}`)
  const numbers = new Map(Array.from({ length: 200 }, (_, n) => [siretOf(n), n]))
  return items.map(({ siret }: { siret: string }) => numbers.get(siret)!).sort((a: number, b: number) => a - b)
}
const formers = async () =>
  (
    await house.owner.query<{ former: string | null }>('select naf_former as former from establishments order by siret')
  ).rows.map(({ former }) => former)

test('EST-2, CAM-2: what has only its code of NAF rév. 2 is found by NAF 2025, as the register codes the others', async () => {
  await register([
    ['56.10A', '56.11G'],
    ['45.20A', '95.31G'],
    ['45.20A', null],
    ['56.10A', null],
    ['47.11F', '47.11K'],
    ['01.21Z', null],
  ])
  for (const asked of ['NAF25:56.11G', 'NAF25:56.11', 'NAF25:56.1', 'NAF25:56', 'NAF25:I'])
    assert.deepEqual(await found(asked), [0, 3], asked)
  assert.deepEqual(await found('NAF25:T'), [1, 2], 'a garage repairs, in the section of NAF 2025')
  assert.deepEqual(await found('NAF25:G'), [4], 'and sells no more')
  assert.deepEqual([await found('45'), await found('G'), await found('NAF25:A')], [[1, 2], [1, 2, 4], []])
})

test('EST-2: several possible codes find a line under each, and a line with its own code under that one alone', async () => {
  await register([
    ['43.32A', '43.32G'],
    ['43.32A', '31.00G'],
    ['43.32A', null],
  ])
  assert.deepEqual(
    [await found('NAF25:43.32G'), await found('NAF25:31'), await found('NAF25:F')],
    [
      [0, 2],
      [1, 2],
      [0, 2],
    ],
  )
})

test('EST-2: a rare pair says something of its own lines alone', async () => {
  await register([
    ...Array.from({ length: 150 }, () => ['56.10A', '56.11G'] as const),
    ['56.10A', '47.11K'],
    ['56.10A', null],
  ])
  assert.deepEqual(await found('NAF25:47'), [150])
  // Recoded, the rare one is still found by its former code.
  await register([
    ...Array.from({ length: 150 }, () => ['56.10A', '56.11G'] as const),
    [null, '47.11K'],
    ['56.10A', null],
  ])
  const { items } = await get(`/establishments?q=${siretOf(150)}&activity=56.10A`)
  assert.deepEqual(
    items.map(({ siret }: { siret: string }) => siret),
    [siretOf(150)],
  )
})

test('EST-2, EST-1: a line keeps the code it had when the register recodes it, and is found by it', async () => {
  const before: Coded[] = [
    ['45.20A', '95.31G'],
    ['45.20A', '95.31G'],
    ['45.20A', null],
    ['56.10A', '56.11G'],
  ]
  await register(before)
  assert.deepEqual(await formers(), [null, null, null, null])
  const recoded: Coded[] = [
    [null, '95.31G'],
    ['45.20A', '95.31G'],
    [null, '46.71G'],
    // Recoded, and elsewhere than was announced: its activity changed.
    [null, '95.31G'],
    // Never known before.
    [null, '95.31G'],
  ]
  await register(recoded)
  assert.deepEqual(await formers(), ['45.20A', null, '45.20A', null, null])
  assert.deepEqual(await found('45.20A'), [0, 1, 2, 3, 4], 'by the code of before, or by what corresponds')
  assert.deepEqual([await found('G'), await found('56')], [[0, 1, 2, 3, 4], []])
  // The former code lasts as long as the activity.
  await register([[null, '95.31G'], ['45.20A', '95.31G'], [null, '56.11G'], recoded[3]!, recoded[4]!])
  assert.deepEqual(await formers(), ['45.20A', null, null, null, null])
  await house.owner.query(`update establishments set diffusion = 'N' where siret = $1`, [siretOf(0)])
  assert.deepEqual((await formers())[0], null, 'EST-4: no longer diffused, it is told no more')
})

test('EST-2: the count beside each activity is what it finds, whichever nomenclature is chosen', async () => {
  await register([
    ['56.10A', '56.11G'],
    ['45.20A', '95.31G'],
    ['45.20A', '46.71G'],
    ['45.20A', null],
    ['56.10A', null],
    [null, '95.31G'],
    ['01.21Z', null],
  ])
  for (const chosen of ['', '&activity=NAF25:T', '&activity=45', '&activity=NAF25:95.31G', '&activity=G']) {
    const { activities } = await get(`/establishments/facets?territory=2033${chosen}`)
    for (const { code, count } of activities as { code: string; count: number }[])
      assert.equal(count, (await found(code)).length, `${chosen} ${code}`)
  }
  const { activities } = await get('/establishments/facets?territory=2033&activity=NAF25:G')
  const counted = Object.fromEntries(activities.map((a: { code: string; count: number }) => [a.code, a.count]))
  assert.deepEqual([counted['NAF25:G'], counted['NAF25:T'], counted['NAF25:A']], [2, 3, 0])
})

test('EST-2: INSEE’s table wins for a code that it holds; the register goes on for the others', async () => {
  await register([
    ['56.10A', '56.11G'],
    ['45.20A', '95.31G'],
    ['56.10A', null],
    ['45.20A', null],
  ])
  const owner = await house.owner.connect()
  await importCorrespondence(owner, 'NAFold-code;NAFnew-code\n56.10A;56.11H\n5610A;5612Y\n', '2025-08')
  owner.release()
  assert.deepEqual(
    [await found('NAF25:56.11G'), await found('NAF25:56.11H'), await found('NAF25:56.12Y'), await found('NAF25:95')],
    [[0], [2], [2], [1, 3]],
  )
  // A new count of the register leaves it.
  await register([
    ['56.10A', '56.11G'],
    ['45.20A', '95.31G'],
    ['56.10A', null],
    ['45.20A', null],
    ['56.10A', '56.11J'],
  ])
  assert.deepEqual([await found('NAF25:56.11H'), await found('NAF25:56.11J')], [[2], [4]])
})

test('EST-2, EST-3: a line and a card say what an activity corresponds to, where the nomenclature is not the day’s', async () => {
  await register([
    ['43.32A', '43.32G'],
    ['43.32A', '31.00G'],
    ['43.32A', '43.32G'],
    ['43.32A', null],
    ['01.21Z', null],
  ])
  const own = { code: '43.32A', nomenclature: 'NAFRev2', label: 'Travaux de construction spécialisés' }
  const counted = (
    await house.owner.query<{ edition: string }>('select min(edition) as edition from naf_correspondences')
  ).rows[0]!.edition
  const shown = async (n: number) => {
    const { items } = await get(`/establishments?q=${siretOf(n)}`)
    const { activity, activities } = await get(`/establishments/${siretOf(n)}`)
    assert.deepEqual([items[0].activity, activities[0]], [activity, activity])
    return activities
  }
  assert.deepEqual(await shown(3), [
    {
      ...own,
      corresponds: {
        nomenclature: 'NAF25',
        codes: [
          { code: '43.32G', label: 'Travaux de construction spécialisés' },
          { code: '31.00G', label: 'Fabrication de meubles' },
        ],
        source: 'register',
        edition: counted,
      },
    },
  ])
  const vine = { code: '01.21Z', nomenclature: 'NAFRev2', label: 'Culture, élevage et chasse' }
  assert.deepEqual(await shown(4), [vine], 'nothing corresponds to what nobody codes')
  const next = { code: '43.32G', nomenclature: 'NAF25', label: 'Travaux de construction spécialisés' }
  assert.deepEqual(await shown(0), [next, own])
  now = new Date('2026-12-31T22:59:00Z')
  assert.deepEqual([await shown(0), await shown(3)], [[own, next], [own]], 'the day before, it is the one in force')
  await register([
    [null, '43.32G'],
    ['43.32A', '31.00G'],
    ['43.32A', '43.32G'],
    [null, '43.32G'],
    [null, '01.21Y'],
  ])
  assert.deepEqual(await shown(3), [own, next], 'recoded, the code of before is still told')
})
