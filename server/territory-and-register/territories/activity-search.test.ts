import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { searchActivities } from './activity-search-rules.ts'
import { importNaf, readNaf } from './import-naf.ts'
import { territories } from './index.ts'

const shipped = (name: string) =>
  readFileSync(new URL(`../../../database/seeds/nomenclatures/${name}.csv`, import.meta.url), 'utf8')
const rev2 = readNaf(shipped('naf-rev2'))
const naf25 = readNaf(shipped('naf-2025'))
let house: House
let person: Person
before(async () => {
  house = await openHouse(territories)
  const owner = await house.owner.connect()
  await importNaf(owner, shipped('naf-rev2'))
  await importNaf(owner, shipped('naf-2025'))
  owner.release()
  person = await house.person((await house.organisation()).id, [])
})
after(() => house.close())

test('CAM-1: the shipped nomenclatures have their five levels and finest codes', () => {
  const levels = Map.groupBy(rev2, ({ code }) => code.length)
  assert.deepEqual(
    [1, 2, 4, 5, 6].map(length => levels.get(length)?.length),
    [21, 88, 272, 615, 732],
  )
  assert.equal(naf25.length, 747)
})

test('CAM-1: activities are found in words of trades, by beginnings and by codes, in both nomenclatures', () => {
  const cases: [typed: string, code: string][] = [
    ['boulangerie', '10.71C'],
    ['boulang', '10.71C'],
    ['boulanger', '10.71C'],
    ['coiffeur', '96.02A'],
    ['coiffeuses', '96.02A'],
    ['couvreur', '43.91B'],
    ['plombier', '43.22A'],
    ['maçon', '43.99C'],
    ['électricien', '43.21A'],
    ['garagiste', '45.20A'],
    ['restaurant', '56.10A'],
    ['paysagiste', '81.30Z'],
    ['intérim', '78.20Z'],
    ['fleuriste', '47.76Z'],
    ['10.71', '10.71C'],
    ['1071c', '10.71C'],
    ['travaux de couverture', '43.91'],
  ]
  for (const [typed, code] of cases) {
    const found = searchActivities(rev2, typed, 30).map(one => one.code)
    assert.ok(found.slice(0, 12).includes(code), `${typed}: ${found.join(' ')}`)
  }
  for (const [typed, code] of [
    ['boulanger', '10.71H'],
    ['coiffeur', '96.21G'],
    ['couvreur', '43.41H'],
    ['plombier', '43.22G'],
  ] as const)
    assert.ok(
      searchActivities(naf25, typed, 30).some(one => one.code === code),
      typed,
    )
  for (const typed of ['zyxwvut', 'de la', '', '99.99']) assert.deepEqual(searchActivities(rev2, typed, 30), [], typed)
})

test('CAM-1: the service answers them, and says what a code means', async () => {
  const ask = async (query: string) => (await house.call(person, 'GET', `/activities?${query}`)).body.items
  assert.deepEqual((await ask('q=coiffeur')).slice(0, 2), [
    { code: '96.02', label: 'Coiffure et soins de beauté' },
    { code: '96.02A', label: 'Coiffure' },
  ])
  assert.equal((await ask('q=coiffeur&nomenclature=NAF25'))[0].code, 'NAF25:96.21G')
  assert.deepEqual(await ask('code=NAF25:96.21G'), [
    { code: 'NAF25:96.21G', label: 'Coiffure et activités de barbier en salon' },
  ])
  assert.deepEqual(await ask('q=zyxwvut'), [])
  assert.deepEqual([await ask('code=96'), await ask('code=99.99Z'), await ask('')], [[], [], []])
  const refused = async (who: Person | null, query: string) =>
    (await house.call(who, 'GET', `/activities?${query}`)).status
  assert.deepEqual(
    [
      await refused(null, 'q=coiffeur'),
      await refused(person, 'code=coiffeur'),
      await refused(person, `q=${'a'.repeat(81)}`),
    ],
    [401, 400, 400],
  )
})
