import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type House, openHouse } from '../../testing/house.ts'
import { companySizeOf } from './company-size.model.ts'
import { bands } from './headcount-bands.ts'
import { legalNatureOf } from './legal-nature-rules.ts'

let house: House
before(async () => {
  house = await openHouse([])
})
after(() => house.close())

test('EST-14: what an employer is: each family of legal categories, and what the register does not say', () => {
  for (const [nature, categories] of [
    ['company', ['1000', '2210', '2310', '3120', '3220', '5499', '5710', '6220', '6316', '6540']],
    ['association', ['9210', '9220', '9221', '9230', '9260', '9300']],
    ['public', ['4110', '4140', '7113', '7210', '7220', '7346', '7364', '7410']],
    ['other', ['0000', '2110', '3110', '3210', '8110', '8310', '8420', '9110', '9900', '']],
    ['unknown', [null]],
  ] as const)
    for (const category of categories) assert.equal(legalNatureOf(category), nature, String(category))
})

test('EST-14: how large a company is: INSEE’s category, and TPE under ten', () => {
  const size = (category: string | null, band: string | null, employer: boolean | null) =>
    companySizeOf({ category, band, employer })
  assert.deepEqual(
    ['00', '01', '02', '03', '11', '32'].map(band => size('PME', band, true)),
    ['tpe', 'tpe', 'tpe', 'tpe', 'pme', 'pme'],
  )
  assert.deepEqual(
    [size('PME', 'NN', false), size('PME', null, false), size('PME', 'NN', true), size('PME', null, null)],
    ['tpe', 'tpe', 'pme', 'pme'],
    'who employs nobody is under ten; who employs without a headcount is not said to be',
  )
  assert.deepEqual(
    [size('ETI', '02', true), size('GE', 'NN', false)],
    ['eti', 'large'],
    'a small firm of a group is of the size of the group',
  )
  assert.deepEqual(
    [size(null, '03', true), size(null, '11', true), size(null, null, null)],
    ['tpe', 'unknown', 'unknown'],
  )
})

test('EST-14: legalNatureOf and legal_nature agree on every category there can be', async () => {
  const rows = await house.database.all<{ category: string | null; nature: string }>(
    sql`select c as category, legal_nature(c) as nature from (select lpad(i::text, 4, '0') as c
      from generate_series(0, 9999) i union all select unnest(array[null, '', '9', '92', '22'])) all_categories`,
  )
  assert.equal(rows.length, 10_005)
  for (const { category, nature } of rows) assert.equal(legalNatureOf(category), nature, String(category))
})

test('EST-14: companySizeOf and company_size agree on every mixture of what the register says', async () => {
  const facts = [null, 'PME', 'ETI', 'GE'].flatMap(category =>
    [null, '88', ...Object.keys(bands)].flatMap(band =>
      [null, true, false].map(employer => ({ category, band, employer })),
    ),
  )
  const rows = await house.database.all<{ size: string }>(
    sql`select coalesce(company_size(category, band, employer), 'unknown') as size
      from unnest(${facts.map(f => f.category)}::text[], ${facts.map(f => f.band)}::text[],
        ${facts.map(f => f.employer)}::bool[]) with ordinality as f (category, band, employer, position)
      order by position`,
  )
  assert.deepEqual(
    facts.map(companySizeOf),
    rows.map(({ size }) => size),
  )
  assert.equal(new Set(rows.map(({ size }) => size)).size, 5)
})
