import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { contoursSource, demonstrationContours, placesInCommunes } from '../../../database/seeds/contours.ts'
import { centres } from '../../../database/seeds/places.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { simplifyTogether } from './contour-simplification-rules.ts'
import { importContours, NotContours } from './import-contours.ts'
import { importTerritories } from './import-territories.ts'
import { territories } from './index.ts'
import { aCog } from './testing.ts'

let house: House
let claire: Person
before(async () => {
  house = await openHouse(territories)
  const owner = await house.owner.connect()
  await importTerritories(owner, aCog(), '2026-11-25')
  owner.release()
  claire = await house.person((await house.organisation()).id, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
  ])
})
after(() => house.close())

/**
 * A square of `side` degrees whose west side is a wavy border: every point of it is a few metres off the straight line.
 */
const wavyBorder = (x: number, from: number, to: number): [number, number][] =>
  Array.from({ length: 41 }, (_, i) => [x + (i % 2 ? 0.0002 : 0), from + ((to - from) * i) / 40])
const west = (): number[][] => [[-0.7, 44.7], ...wavyBorder(-0.6, 44.7, 44.8), [-0.7, 44.8], [-0.7, 44.7]]
const east = (): number[][] => [[-0.5, 44.7], [-0.5, 44.8], ...wavyBorder(-0.6, 44.7, 44.8).reverse(), [-0.5, 44.7]]
const feature = (properties: object, ...rings: number[][][]) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Polygon', coordinates: rings },
})
const file = (...features: object[]) => JSON.stringify({ type: 'FeatureCollection', features })
const bring = async (text: string, source?: string) => {
  const owner = await house.owner.connect()
  try {
    return await importContours(owner, text, source)
  } finally {
    owner.release()
  }
}

test('neighbours simplified together keep one and the same border, whoever begins where and turns which way', () => {
  const shared = (contours: ReturnType<typeof simplifyTogether>) => {
    const sides = contours.map(([[ring]]: any) => new Set(ring.map(String)))
    return [...sides[0]!].filter(p => sides[1]!.has(p))
  }
  for (const [a, b] of [
    [west(), east()],
    [west().toReversed(), east()],
    [[...west().slice(7), ...west().slice(1, 8)], east()],
  ] satisfies [number[][], number[][]][]) {
    const simple = simplifyTogether([[[a]], [[b]]], 40)
    assert.deepEqual(
      simple.map(p => p[0]![0]!.length),
      [5, 5],
      'the waves are gone',
    )
    assert.equal(shared(simple).length, 2, 'both keep the two ends of the border and nothing else of it')
    const fine = simplifyTogether([[[a]], [[b]]], 1)
    assert.equal(shared(fine).length, 41, 'and all of it when the waves are to be seen')
  }
})
test('an enclave and its hole stay one line; what is smaller than the grain goes', () => {
  const island = Array.from({ length: 60 }, (_, i) => [
    -0.65 + 0.01 * Math.cos((i * Math.PI) / 30),
    44.75 + 0.01 * Math.sin((i * Math.PI) / 30),
  ])
  const hole = [...island.slice(20), ...island.slice(0, 21)].toReversed()
  const [around, inside] = simplifyTogether(
    [
      [[west(), hole]],
      [
        [[...island, island[0]!]],
        [
          [
            [1, 1],
            [1.000001, 1],
            [1, 1.000001],
            [1, 1],
          ],
        ],
      ],
    ],
    40,
  )
  const points = (ring: number[][]) => new Set(ring.map(String))
  assert.deepEqual(points(around![0]![1]!), points(inside![0]![0]!))
  assert.ok(inside![0]![0]!.length < 40 && inside![0]![0]!.length > 6)
  assert.equal(inside!.length, 1, 'a speck is dropped')
})

test('TER-1: contours are brought by their official code, whatever the file calls it; bad ones are named; twice changes nothing', async () => {
  const communes = file(
    feature({ nom: 'Cestas', insee: '33122' }, west()),
    feature({ NOM: 'Canéjan', INSEE_COM: '33090' }, east()),
    feature({ code: '33999', nom: 'Ancienne' }, east()),
    feature({ insee: '33122' }, west()),
    feature({ nom: 'sans code' }, west()),
    { type: 'Feature', properties: { insee: '33238' }, geometry: { type: 'Point', coordinates: [0, 44] } },
    feature({ insee: '33213' }, [
      [417000, 6420000],
      [418000, 6420000],
      [418000, 6421000],
      [417000, 6420000],
    ]),
  )
  const first = await bring(communes)
  assert.deepEqual([first.read, first.kept, first.changed, first.unknown], [7, { commune: 3 }, 3, ['33999']])
  assert.deepEqual(
    first.rejects.map(r => [r.line, r.reason]),
    [
      [4, 'repeated-contour'],
      [5, 'no-code'],
      [6, 'no-contour'],
      [7, 'no-contour'],
    ],
  )
  assert.equal((await bring(communes)).changed, 0)
  assert.equal((await bring(file(feature({ insee: '33122' }, east())))).changed, 1)
  assert.equal((await bring(communes)).changed, 1)
  assert.deepEqual(
    (
      await bring(
        file(
          feature({ siren: '243301165' }, west()),
          feature({ code: '33', nom: 'Gironde' }, west()),
          feature({ code: '2A' }, east()),
        ),
      )
    ).kept,
    { epci: 1, departement: 2 },
  )
  await assert.rejects(bring('code;nom'), NotContours)
  await assert.rejects(bring('{"type":"Topology"}'), NotContours)
})

test('TER-1: each territory shows what it is made of, and a contour says which territories it belongs to', async () => {
  const contours = async (path: string) => (await house.call(claire, 'GET', path)).body
  const national = await contours('/territories/0/contours')
  assert.deepEqual([national.of, national.items.map((c: { code: string }) => c.code)], ['departement', ['2A', '33']])
  assert.deepEqual(national.items[1].territoryIds, [2033, 1075])
  assert.deepEqual(national.items[1].polygons[0][0][0].length, 2)
  assert.deepEqual(
    (await contours('/territories/2033/contours')).items.map((c: { name: string }) => c.name),
    ['CC Jalle-Eau-Bourde'],
  )
  const epci = await contours('/territories/243301165/contours')
  assert.deepEqual([epci.of, epci.items.map((c: { name: string }) => c.name)], ['commune', ['Canéjan', 'Cestas']])
  assert.deepEqual((await contours('/territories/2033/contours?of=commune')).items.length, 2)
  assert.deepEqual((await contours('/territories/2040/contours')).items, [], 'none imported there')
  for (const [path, status, code] of [
    ['/territories/1075/contours?of=commune', 400, 'territory/contours-too-fine'],
    ['/territories/2999/contours', 404, 'not-found'],
    ['/territories/2033/contours?of=canton', 400, 'request/malformed'],
  ] as const) {
    const answer = await house.call(claire, 'GET', path)
    assert.deepEqual([answer.status, answer.body.code], [status, code], path)
  }
})

test('UX-1: where no contour was imported, names of communes lie at the middle of their establishments, those not diffused left out', async () => {
  const lay = (n: number, commune: string, lat: number, lon: number, diffusion = 'O') =>
    house.owner.query(
      `insert into establishments (siret, siren, nic, usual_name, employer, active, head_office, diffusion,
        commune_code, commune_name, region_id, departement_id, epci_id, clpe_id, row_hash, latitude,
        longitude)
      select $1::bigint, $1::bigint / 100000, $1::bigint % 100000, 'ATELIER', true, true, true, $5, code, name,
        region_id, departement_id, epci_id, clpe_id, 0, $3, $4 from communes where code = $2 and valid_to is null`,
      [90000000000000 + n, commune, lat, lon, diffusion],
    )
  const places = async (path: string) => (await house.call(claire, 'GET', path)).body.places
  assert.deepEqual(await places('/territories/243301165/contours'), [], 'nobody there tells where')
  for (const [n, lat, lon] of [
    [1, 44.8, -0.78],
    [2, 44.81, -0.79],
    [3, 45.9, -0.9],
  ] as const)
    await lay(n, '33422', lat, lon)
  await lay(4, '33422', 10, 10, 'P')
  await lay(5, '33122', 44.74, -0.68)
  assert.deepEqual(
    await places('/territories/243301165/contours'),
    [{ name: 'Saint-Jean-d’Illac', lat: 44.81, lon: -0.79 }],
    'Cestas has its contour, which carries its name',
  )
  assert.deepEqual(await places('/territories/2033/contours'), [], 'its EPCIs have contours')
  await lay(6, '40088', 43.7, -1.05)
  assert.deepEqual(await places('/territories/2040/contours'), [{ name: 'Dax', lat: 43.7, lon: -1.05 }])
  const { rows } = await house.owner.query(
    `select code from communes where region_id = 1011 and valid_to is null limit 1`,
  )
  await lay(7, rows[0].code, 48.85, 2.35)
  const { items, places: named } = (await house.call(claire, 'GET', '/territories/1011/contours')).body
  assert.deepEqual([items, named], [[], []], 'a region has too many communes, contours or none')
  await house.owner.query(`update communes set valid_to = '2026-01-01' where code = '40088'`)
  assert.deepEqual(await places('/territories/2040/contours'), [], 'a commune of the past has no name')
  await house.owner.query(`update communes set valid_to = null where code = '40088'`)
})

test('TER-1: who made the contours and under which licence is told with them, and changed by a new import', async () => {
  const sources = async () => (await house.call(claire, 'GET', '/territories/243301165/contours')).body.sources
  assert.deepEqual(await sources(), [])
  await bring(file(feature({ insee: '33090' }, west())), ' IGN, Licence Ouverte 2.0 ')
  assert.deepEqual(await sources(), ['IGN, Licence Ouverte 2.0'])
  await bring(file(feature({ insee: '33122' }, east())), 'Autre, ODbL')
  assert.deepEqual(await sources(), ['Autre, ODbL', 'IGN, Licence Ouverte 2.0'])
  const again = await bring(file(feature({ insee: '33122' }, east())), 'Autre, ODbL')
  assert.equal(again.changed, 0)
})

test('UX-2: contours are kept by the browser and asked again by their ETag, until they change', async () => {
  const ask = (tag?: string) =>
    house.call(
      claire,
      'GET',
      '/territories/243301165/contours',
      undefined,
      tag === undefined ? {} : { 'if-none-match': tag },
    )
  const first = await ask()
  const tag = String(first.headers.etag)
  assert.match(String(first.headers['cache-control']), /private, max-age=\d+/)
  assert.equal((await ask(tag)).status, 304)
  await bring(file(feature({ insee: '33122' }, east())))
  const changed = await ask(tag)
  assert.equal(changed.status, 200)
  assert.notEqual(changed.headers.etag, tag)
})

/** Borders are lines of exactly two contours; no line is of more. */
const meetAt = (rows: readonly { polygons: number[][][][] }[], share: number) => {
  const edges = new Map<string, number>()
  for (const ring of rows.flatMap(r => r.polygons.flat()))
    ring.forEach((p, i) => {
      if (i === 0) return
      const edge = [String(p), String(ring[i - 1])].sort().join(' ')
      edges.set(edge, (edges.get(edge) ?? 0) + 1)
    })
  const shared = [...edges.values()].filter(n => n === 2).length
  assert.ok(shared / edges.size > share, `${shared} of ${edges.size} lines are borders of exactly two communes`)
  assert.ok(Math.max(...edges.values()) <= 2)
}

test('TER-1: the contours of the demonstration are those of its communes and EPCIs, sound and known, and still meet', async () => {
  const counts = await bring(demonstrationContours(), contoursSource)
  assert.deepEqual([counts.kept, counts.rejects], [{ commune: 56, epci: 6, departement: 1 }, []])
  const { rows } = await house.owner.query<{ polygons: number[][][][] }>(
    `select polygons from contours where kind = 'commune' and code = any ($1)`,
    [Object.keys(centres)],
  )
  const lies = placesInCommunes()
  for (const [code, [lat, lon]] of Object.entries(centres)) {
    assert.ok(lies(code, lat, lon), `${code} lies where its establishments are`)
    assert.deepEqual(
      Object.keys(centres).filter(other => lies(other, lat, lon)),
      [code],
      'and no other there',
    )
  }
  meetAt(rows, 0.6) // the rest goes round them all
  assert.equal((await bring(demonstrationContours(), contoursSource)).changed, 0)
})

const real = new URL('../../../../shared/data/territoires/', import.meta.url)
test('TER-1: real contours of Gironde become light and still meet', {
  skip: !existsSync(real) && 'no real data beside the project',
}, async () => {
  const text = readFileSync(new URL('communes-contours.geojson', real), 'utf8')
  const counts = await bring(text)
  assert.deepEqual([counts.read, counts.kept.commune, counts.rejects], [534, 534, []])
  const rows = (
    await house.owner.query<{ polygons: number[][][][] }>(
      `select polygons from contours where kind = 'commune' and code like '33%'`,
    )
  ).rows
  meetAt(rows, 0.8)
})
