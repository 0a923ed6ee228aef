import assert from 'node:assert/strict'
import { test } from 'node:test'
import { correspondenceOf, divisionsHeld, soughtActivities } from './correspondence-rules.ts'

/* The codes are real, what corresponds to what is invented. */
const pair = (naf: string, naf25: string, rare = false) => ({ naf, naf25, rare })
const known = correspondenceOf([
  pair('45.20A', '95.31G'),
  pair('45.20A', '46.71G'),
  pair('46.34Z', '46.34Y'),
  pair('95.11Z', '95.10Y'),
  pair('56.10A', '56.11G'),
  pair('56.10A', '47.11K', true),
])

const table: [
  asked: string[],
  nomenclature: string,
  own: string[],
  through: string[],
  other: string[],
  back: string[],
][] = [
  [['NAF25:95.31G'], 'NAF25', ['95.31G'], ['45.20A'], ['45'], ['46', '95']],
  [['NAF25:T'], 'NAF25', ['94', '95', '96'], ['45.20A', '95.11Z'], ['45', '95'], ['46', '95']],
  [
    ['NAF25:46', 'NAF25:95.1'],
    'NAF25',
    ['46', '95.1'],
    ['45.20A', '46.34Z', '95.11Z'],
    ['45', '46', '95'],
    ['46', '95'],
  ],
  [['45'], 'NAFRev2', ['45'], ['46.71G', '95.31G'], ['46', '95'], ['45', '46', '95']],
  [['NAF25:47'], 'NAF25', ['47'], [], ['56'], ['47', '56']],
  [['02.10Z'], 'NAFRev2', ['02.10Z'], [], [], []],
  [['V'], 'NAFRev2', [], [], [], []],
]
test('EST-2: an activity asked is spread over what corresponds, at each of the five levels', () => {
  for (const [asked, nomenclature, own, through, otherDivisions, backDivisions] of table)
    assert.deepEqual(
      soughtActivities(asked, known).sides,
      own.length ? [{ nomenclature, own, through, otherDivisions, backDivisions }] : [],
      asked.join(),
    )
})
test('CAM-2: both nomenclatures asked at once are two sides', () => {
  assert.deepEqual(
    soughtActivities(['56', 'NAF25:56'], known).sides.map(({ nomenclature, through }) => [nomenclature, through]),
    [
      ['NAFRev2', ['56.11G']],
      ['NAF25', ['56.10A']],
    ],
  )
})
test('EST-2: a line counts under its division, or under each that it may be in', () => {
  const held = divisionsHeld('NAF25', known)
  assert.deepEqual(['56', '~45.20A', '~56.10A', '~99.00Z', null].map(held), [['56'], ['46', '95'], ['56'], [], []])
})
