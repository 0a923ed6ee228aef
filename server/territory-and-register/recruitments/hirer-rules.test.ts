import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../testing/people.ts'
import { type HirerRow, hirersTold, mostBeyond } from './hirer-rules.ts'

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
    allHirers: all,
    allTotal: 10 * all,
    allDurable: 4 * all,
    allOther: 5 * all,
  }))

/** A firm whose establishments hired so many each, in any order: the rows that the query would answer. */
const firm = (totals: readonly number[], most: number): HirerRow[] => {
  const all = totals.toSorted((a, b) => b - a)
  const sum = all.reduce((a, b) => a + b, 0)
  return rows(Math.min(all.length, most + mostBeyond), all.length).map((row, n) => ({
    ...row,
    total: all[n]!,
    durable: all[n]!,
    other: 0,
    allHirers: all.filter(total => total > 0).length,
    allTotal: sum,
    allDurable: sum,
    allOther: 0,
  }))
}

test('EST-12, REC-2: the sum of the others is of three that hired at least: one’s own taken away, two are left', () => {
  const told = (...rest: number[]) => {
    const { items, others } = hirersTold(firm([9, 8, ...rest], 2), 2, true)
    return [items.length, others?.establishments ?? 0, others?.total ?? 0]
  }
  assert.deepEqual(told(7, 0), [4, 0, 0], 'the one that hired nobody would know the other')
  assert.deepEqual(told(7, 6), [4, 0, 0], 'each would know the other')
  assert.deepEqual(told(7, 6, 5), [2, 3, 18])
  assert.deepEqual(told(7, 6, 0, 0), [4, 2, 0], 'of those that hired nobody, none has a figure to tell')
  assert.deepEqual(told(7, 0, 0), [3, 2, 0])
  assert.deepEqual(told(7, 6, 5, 0), [2, 4, 18])
})

test('EST-12, REC-2: over any firm, the sum of the others less one’s own is never the figure of one that hired', () => {
  const random = seededRandom(40)
  let summed = 0
  for (let n = 0; n < 3000; n++) {
    const most = 1 + Math.floor(random() * 5)
    const totals = Array.from({ length: Math.floor(random() * 12) }, () =>
      random() < 0.4 ? 0 : 1 + Math.floor(random() * 9),
    )
    const { items, others } = hirersTold(firm(totals, most), most, true)
    const rest = totals.toSorted((a, b) => b - a).slice(items.length)
    assert.ok(items.length <= most + mostBeyond)
    assert.equal(others?.establishments ?? 0, rest.length, String(totals))
    assert.equal(
      others?.total ?? 0,
      rest.reduce((a, b) => a + b, 0),
    )
    if (!others) continue
    summed++
    assert.ok(rest.length >= 2)
    for (const own of [0, ...rest]) {
      const left = rest.toSpliced(rest.indexOf(own), rest.includes(own) ? 1 : 0).filter(total => total > 0)
      assert.notEqual(left.length, 1, `${totals}: ${own} subtracted from ${others.total}`)
    }
  }
  assert.ok(summed > 500)
})

test('EST-12, REC-2: the first establishments are lines, the others a sum of two at least, never of one', () => {
  const told = (shown: number, all: number) => {
    const { items, others } = hirersTold(rows(shown, all), 20, true)
    return [items.length, others]
  }
  assert.deepEqual(told(0, 0), [0, null])
  assert.deepEqual(told(20, 20), [20, null])
  assert.deepEqual(told(21, 21), [21, null], 'a sum of one would be its line')
  assert.deepEqual(told(22, 22), [22, null], 'in a sum of two, each would know the other')
  assert.deepEqual(told(23, 23), [20, { establishments: 3, total: 30, durable: 12, other: 15 }])
})

test('EST-12, REC-2: of an establishment that declares elsewhere, and before any file, there is no figure rather than naught', () => {
  const [one] = rows(1, 1)
  const figures = (over: Partial<HirerRow>, counted: boolean) => {
    const [{ covered, total, durable, other } = assert.fail()] = hirersTold([{ ...one!, ...over }], 20, counted).items
    return [covered, total, durable, other]
  }
  assert.deepEqual(figures({}, true), [true, 10, 4, 5])
  assert.deepEqual(figures({ covered: false }, true), [false, null, null, null])
  assert.deepEqual(figures({}, false), [true, null, null, null])
})
