import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { insertEstablishments } from '../register/testing.ts'
import { anEstablishment, aPerson, aUnit, inventedSiren, inventedSiret } from '../register/testing-official-layout.ts'
import { importTerritories } from '../territories/import-territories.ts'
import { aCog } from '../territories/testing.ts'
import { establishments } from './index.ts'

let house: House
let claire: Person
const siren = inventedSiren(500)
const [headOffice, first, second, third, closed, gone] = [5, 1, 2, 3, 4, 6].map(n => inventedSiret(siren, n)) as [
  string,
  string,
  string,
  string,
  string,
  string,
]
const person = inventedSiret(inventedSiren(501))
before(async () => {
  house = await openHouse(establishments)
  const owner = await house.owner.connect()
  await importTerritories(owner, aCog(), '2026-11-25')
  owner.release()
  await insertEstablishments(
    house.owner,
    [
      ...[first, second, third].map(siret => anEstablishment(siret, { etablissementSiege: 'false' })),
      anEstablishment(headOffice),
      anEstablishment(closed, { etablissementSiege: 'false', etatAdministratifEtablissement: 'F' }),
      anEstablishment(gone),
      anEstablishment(person, { statutDiffusionEtablissement: 'P' }),
    ],
    [
      aUnit(siren, {
        trancheEffectifsUniteLegale: '21',
        anneeEffectifsUniteLegale: '2023',
        categorieEntreprise: 'PME',
        economieSocialeSolidaireUniteLegale: 'O',
        dateDernierTraitementUniteLegale: '2026-03-12T09:00:00',
      }),
      aPerson(person.slice(0, 9), { statutDiffusionUniteLegale: 'P', trancheEffectifsUniteLegale: '01' }),
    ],
  )
  await house.owner.query(`update establishments set diffusion = 'N' where siret = $1`, [gone])
  claire = await house.person((await house.organisation()).id, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
  ])
})
after(() => house.close())
const get = (path: string) => house.call(claire, 'GET', path)
const sirets = (items: readonly { siret: string }[]) => items.map(({ siret }) => siret)

test('EST-3: the other establishments of the company: the head office first, the closed ones when asked, none that is not diffused', async () => {
  const { body } = await get(`/establishments/${second}`)
  assert.deepEqual(
    [body.siblings.open, body.siblings.closed, sirets(body.siblings.items)],
    [3, 1, [headOffice, first, third]],
  )
  assert.deepEqual(sirets((await get(`/establishments/${second}/siblings`)).body.items), [headOffice, first, third])
  assert.deepEqual(sirets((await get(`/establishments/${second}/siblings?closed=true`)).body.items), [
    headOffice,
    first,
    third,
    closed,
  ])
  const pages: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page: { items: { siret: string }[]; next: string | null } = (
      await get(`/establishments/${second}/siblings?closed=true&limit=1${next ? `&after=${next}` : ''}`)
    ).body
    pages.push(...sirets(page.items))
    next = page.next
  }
  assert.deepEqual(pages, [headOffice, first, third, closed], 'page after page, none twice')
  assert.equal((await get(`/establishments/${second}/siblings?after=abc`)).status, 400)
})

test('EST-3: the company’s own headcount with its year, its size, and when the register last treated it', async () => {
  assert.deepEqual((await get(`/establishments/${first}`)).body.company, {
    active: true,
    headcount: { band: '21', label: '50 à 99 salariés', year: 2023 },
    sizeCategory: 'PME',
    socialEconomy: true,
    createdOn: '2015-03-01',
    registerUpdatedAt: '2026-03-12T08:00:00.000Z',
  })
  assert.equal(
    (await get(`/establishments/${person}`)).body.company,
    null,
    'EST-4: nothing of a person who opposes diffusion',
  )
})

test('EST-3: succession links are told on both cards, the latest first, with what the register holds of the other', async () => {
  const unknown = inventedSiret(inventedSiren(502))
  await house.owner.query(
    `insert into establishment_successions (predecessor, successor, linked_on, head_office_transfer,
      economic_continuity) values
    ($1, $2, '2024-02-01', true, true), ($3, $2, '2025-06-01', false, true), ($2, $4, '2026-01-01', false, false),
      ($5, $2, '2020-01-01', false, true)`,
    [first, headOffice, unknown, third, gone],
  )
  const { body } = await get(`/establishments/${headOffice}`)
  assert.deepEqual(body.predecessors, [
    {
      siret: unknown,
      name: null,
      town: null,
      known: false,
      on: '2025-06-01',
      headOfficeTransfer: false,
      economicContinuity: true,
    },
    {
      siret: first,
      name: 'TONNELLERIE DES GRAVES',
      town: 'CESTAS',
      known: true,
      on: '2024-02-01',
      headOfficeTransfer: true,
      economicContinuity: true,
    },
    {
      siret: gone,
      name: null,
      town: null,
      known: false,
      on: '2020-01-01',
      headOfficeTransfer: false,
      economicContinuity: true,
    },
  ])
  assert.deepEqual(
    body.successors.map((s: { siret: string; on: string }) => [s.siret, s.on]),
    [[third, '2026-01-01']],
  )
  assert.deepEqual(
    (await get(`/establishments/${first}`)).body.successors.map((s: { siret: string }) => s.siret),
    [headOffice],
  )
})

/*
 * The way there, by the formulas of the handbooks (Lambert: IGN NTG 71; transverse Mercator: Snyder, 8-9 and 8-10), to
 * check the way back that the database takes by others.
 */
const [a, f] = [6_378_137, 1 / 298.257222101]
const e2 = f * (2 - f)
const toUtm = (lat: number, lon: number, zone: number, south: boolean): [number, number] => {
  const [phi, k0, ep2] = [(lat * Math.PI) / 180, 0.9996, e2 / (1 - e2)]
  const [N, T, C, A] = [
    a / Math.sqrt(1 - e2 * Math.sin(phi) ** 2),
    Math.tan(phi) ** 2,
    ep2 * Math.cos(phi) ** 2,
    (((lon - (6 * zone - 183)) * Math.PI) / 180) * Math.cos(phi),
  ]
  const M =
    a *
    ((1 - e2 / 4 - (3 * e2 ** 2) / 64 - (5 * e2 ** 3) / 256) * phi -
      ((3 * e2) / 8 + (3 * e2 ** 2) / 32 + (45 * e2 ** 3) / 1024) * Math.sin(2 * phi) +
      ((15 * e2 ** 2) / 256 + (45 * e2 ** 3) / 1024) * Math.sin(4 * phi) -
      ((35 * e2 ** 3) / 3072) * Math.sin(6 * phi))
  return [
    500_000 + k0 * N * (A + ((1 - T + C) * A ** 3) / 6 + ((5 - 18 * T + T ** 2 + 72 * C - 58 * ep2) * A ** 5) / 120),
    (south ? 10_000_000 : 0) +
      k0 *
        (M +
          N *
            Math.tan(phi) *
            (A ** 2 / 2 +
              ((5 - T + 9 * C + 4 * C ** 2) * A ** 4) / 24 +
              ((61 - 58 * T + T ** 2 + 600 * C - 330 * ep2) * A ** 6) / 720)),
  ]
}
const toLambert93 = (lat: number, lon: number): [number, number] => {
  const radians = (d: number) => (d * Math.PI) / 180
  const e = Math.sqrt(e2)
  const m = (p: number) => Math.cos(p) / Math.sqrt(1 - e2 * Math.sin(p) ** 2)
  const t = (p: number) => Math.tan(Math.PI / 4 - p / 2) / ((1 - e * Math.sin(p)) / (1 + e * Math.sin(p))) ** (e / 2)
  const [p0, p1, p2] = [radians(46.5), radians(44), radians(49)]
  const n = (Math.log(m(p1)) - Math.log(m(p2))) / (Math.log(t(p1)) - Math.log(t(p2)))
  const rho = (p: number) => ((a * m(p1)) / (n * t(p1) ** n)) * t(p) ** n
  const theta = n * radians(lon - 3)
  return [700_000 + rho(radians(lat)) * Math.sin(theta), 6_600_000 + rho(p0) - rho(radians(lat)) * Math.cos(theta)]
}
const position = async (x: number, y: number, commune: string): Promise<[number, number] | null> =>
  (await house.owner.query('select published_position($1, $2, $3) as p', [x, y, commune])).rows[0].p

test('EST-3: published coordinates become latitude and longitude, in the projection of each territory, to the centimetre or two', async () => {
  for (const [where, commune, x, y, lat, lon] of [
    ['origin of EPSG:2154', '63001', 700_000, 6_600_000, 46.5, 3],
    ['origin of EPSG:5490', '97101', 500_000, 0, 0, -63],
    ['origin of EPSG:2972', '97301', 500_000, 0, 0, -51],
    ['origin of EPSG:2975', '97401', 500_000, 10_000_000, 0, 57],
    ['origin of EPSG:4467', '97501', 500_000, 0, 0, -57],
    ['origin of EPSG:4471', '97601', 500_000, 10_000_000, 0, 45],
    ['Paris, as published with proj', '75104', 652_469.02, 6_862_035.26, 48.8566, 2.3522],
  ] as const) {
    const [north, east] = (await position(x, y, commune))!
    assert.ok(Math.abs(north - lat) < 2e-6 && Math.abs(east - lon) < 2e-6, `${where}: ${north}, ${east}`)
  }
  for (const [where, commune, lat, lon, xy] of [
    ['Bordeaux', '33063', 44.837789, -0.57918, toLambert93],
    ['Ajaccio', '2A004', 41.919229, 8.738635, toLambert93],
    ['Brest', '29019', 48.390394, -4.486076, toLambert93],
    ['Dunkerque', '59183', 51.034368, 2.376776, toLambert93],
    ['Basse-Terre, 5490', '97105', 15.997, -61.732, (la: number, lo: number) => toUtm(la, lo, 20, false)],
    ['Fort-de-France, 5490', '97209', 14.616065, -61.05878, (la: number, lo: number) => toUtm(la, lo, 20, false)],
    ['Saint-Barthélemy, 5490', '97701', 17.896435, -62.852201, (la: number, lo: number) => toUtm(la, lo, 20, false)],
    ['Cayenne, 2972', '97302', 4.92242, -52.313453, (la: number, lo: number) => toUtm(la, lo, 22, false)],
    ['Saint-Denis, 2975', '97411', -20.882057, 55.450675, (la: number, lo: number) => toUtm(la, lo, 40, true)],
    ['Saint-Pierre, 4467', '97502', 46.775846, -56.180636, (la: number, lo: number) => toUtm(la, lo, 21, false)],
    ['Mamoudzou, 4471', '97608', -12.780949, 45.227872, (la: number, lo: number) => toUtm(la, lo, 38, true)],
  ] as const) {
    const [x, y] = xy(lat, lon)
    const [north, east] = (await position(x, y, commune))!
    assert.ok(
      Math.abs(north - lat) < 1e-6 && Math.abs(east - lon) < 1e-6,
      `${where}: ${north}, ${east} for ${lat}, ${lon}`,
    )
  }
  assert.equal(
    await position(700_000, 6_600_000, '98735'),
    null,
    'a territory whose projection is not known has no place',
  )
  assert.equal(await position(1e12, 6_600_000, '33063'), null)
})
