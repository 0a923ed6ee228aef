import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { importJobTitles, NotJobTitles, readJobTitles } from './import-job-titles.ts'
import { needs } from './index.ts'

let house: House
let claire: Person
before(async () => {
  house = await openHouse(needs)
  claire = await house.person((await house.organisation()).id)
})
after(() => house.close())

const head = '"code_ogr","libelle_appellation_long","libelle_appellation_court","code_rome","peu_usite"'
const file = (...lines: string[]) => `\uFEFF${[head, ...lines].join('\r\n')}\r\n`
const pastry = '"11582","Boulanger-pâtissier / Boulangère-pâtissière","Boulanger-pâtissier","D1104","N"'
const welder = '"18704","Soudeur / Soudeuse à l\'arc, ""TIG""","Soudeur","H2913","N"'
const find = async (q: string) =>
  (await house.call(claire, 'GET', `/job-titles?q=${encodeURIComponent(q)}`)).body.items.map(
    ({ label }: { label: string }) => label,
  )

test('CAM-7: the official file of appellations is read, bad lines counted; another file is refused whole', () => {
  const { titles, rejected } = readJobTitles(
    file(pastry, welder, '"x","Sans code","","D1104","N"', '"1","","","D1104",""'),
  )
  assert.deepEqual(titles[1], { code: '18704', label: 'Soudeur / Soudeuse à l\'arc, "TIG"', rome: 'H2913' })
  assert.deepEqual([titles.length, rejected], [2, 2])
  assert.throws(() => readJobTitles('code;libelle\r\n1;Boulanger\r\n'), NotJobTitles)
})

test('CAM-7: the list is the last file imported, found by words without accents, by the beginning of each', async () => {
  const first = await importJobTitles(house.owner, file(pastry, welder))
  assert.deepEqual(first, { titles: 2, rejected: 0, gone: 0 })
  assert.deepEqual(await find('patiss BOUL'), ['Boulanger-pâtissier / Boulangère-pâtissière'])
  assert.deepEqual([await find('oulanger'), await find('%'), await find('  -  ')], [[], [], []])
  assert.deepEqual(await importJobTitles(house.owner, file(welder)), { titles: 1, rejected: 0, gone: 1 })
  assert.deepEqual(await find('patiss'), [])
  await assert.rejects(importJobTitles(house.owner, file('"x","","","",""')), NotJobTitles)
  assert.equal((await find('soud')).length, 1, 'an unreadable file leaves the list')
})
