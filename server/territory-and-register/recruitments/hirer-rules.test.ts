import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type HirerRow, hirersTold } from './hirer-rules.ts'

/** The first of so many establishments of a firm, each of which hired ten, four of them durably. */
const rows = (shown: number, all: number): HirerRow[] =>
  Array.from({ length: shown }, (_, n) => ({
    siret: 90000000000000 + n,
    name: 'ESSAI',
    sign: null,
    town: 'CESTAS',
    active: true,
    headOffice: n === 0,
    covered: true,
    total: 10,
    durable: 4,
    other: 5,
    allOf: all,
    allOpen: all,
    allTotal: 10 * all,
    allDurable: 4 * all,
    allOther: 5 * all,
  }))

test('EST-12, REC-2: the first establishments are lines, the others a sum of two at least, never of one', () => {
  const told = (shown: number, all: number) => {
    const { items, others } = hirersTold(rows(shown, all), 20, 'covered')
    return [items.length, others]
  }
  assert.deepEqual(told(0, 0), [0, null])
  assert.deepEqual(told(20, 20), [20, null])
  assert.deepEqual(told(21, 21), [21, null], 'a sum of one would be its line')
  assert.deepEqual(told(21, 22), [20, { establishments: 2, total: 20, durable: 8, other: 10 }])
})

test('EST-12, REC-2: of an establishment that declares elsewhere, and before any file, there is no figure rather than naught', () => {
  const [one] = rows(1, 1)
  const figures = (over: Partial<HirerRow>, coverage: 'covered' | 'none') => {
    const [{ covered, total, durable, other } = assert.fail()] = hirersTold([{ ...one!, ...over }], 20, coverage).items
    return [covered, total, durable, other]
  }
  assert.deepEqual(figures({}, 'covered'), [true, 10, 4, 5])
  assert.deepEqual(figures({ covered: false }, 'covered'), [false, null, null, null])
  assert.deepEqual(figures({}, 'none'), [true, null, null, null])
})
