import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importChanged } from '../../testing/parity.ts'
import { seededRandom } from '../../testing/people.ts'
import * as model from './secrecy.model.ts'
import { someGroup } from './testing-groups.ts'

const parts = ['durable', 'other'] as const

/** Said again, otherwise than in the model: whoever knows their company's hires, or nobody's, sees nothing of another's. */
const isolates = (set: readonly model.Hirer[], part: (typeof parts)[number]): boolean => {
  const companies: Record<number, number> = {}
  for (const hirer of set) companies[hirer.siren] = (companies[hirer.siren] ?? 0) + hirer[part]
  const some = Object.values(companies).filter(n => n > 0)
  if (some.length === 0) return false
  return [0, ...some].some((own, at) => {
    const others = at === 0 ? some : some.filter((_, n) => n !== at - 1)
    const sum = some.reduce((a, b) => a + b, 0) - own
    return others.length < 5 || 100 * Math.max(...others) > 85 * sum
  })
}

/** Every sum that told cells give by adding and subtracting them, and that is of a set of establishments. */
const setsReached = (hirers: readonly model.Hirer[], told: readonly model.Cell[]): model.Hirer[][] => {
  const rows = told.map(({ level, territoryId }) => hirers.map(h => (h[level] === territoryId ? 1 : 0)))
  const sets: model.Hirer[][] = []
  const walk = (at: number, sum: readonly number[]) => {
    if (at === rows.length) {
      if (sum.every(n => n === 0 || n === 1) && sum.includes(1)) sets.push(hirers.filter((_, n) => sum[n] === 1))
      return
    }
    for (const sign of [0, 1, -1]) walk(at + 1, sign === 0 ? sum : sum.map((n, i) => n + sign * rows[at]![i]!))
  }
  walk(
    0,
    hirers.map(() => 0),
  )
  return sets
}
const leaks = ({ toldCells }: typeof model, groups: readonly model.Hirer[][]): number =>
  groups.filter(hirers => setsReached(hirers, toldCells(hirers)).some(set => parts.some(part => isolates(set, part))))
    .length

const random = seededRandom(2026)
const groups = Array.from({ length: 200 }, () => someGroup(random))

test('REC-2: no addition nor subtraction of the territories told isolates fewer than five other companies, nor one above 85 %', () => {
  const told = groups.map(hirers => model.toldCells(hirers))
  assert.ok(told.filter(cells => cells.length > 1).length > 20, 'territories of several sizes are told together')
  assert.ok(told.filter(cells => cells.length === 0).length > 20, 'some groups are told nowhere')
  assert.ok(told.some(cells => new Set(cells.map(c => c.level)).size > 2))
  const shared = groups.filter((hirers, n) => told[n]!.length && new Set(hirers.map(h => h.siren)).size < hirers.length)
  assert.ok(shared.length > 20, 'companies of several establishments are among those told')
  assert.equal(leaks(model, groups), 0)
})

test('REC-2: that property fails when a clause goes', async () => {
  const file = new URL('./secrecy.model.ts', import.meta.url)
  for (const [from, to] of [
    ['rest.length >= 4', 'rest.length >= 3'],
    ['100 * first <= 85', '100 * first <= 99'],
    ['85 * (first + rest.reduce', '85 * (hires.reduce((sum, n) => sum + n, 0) + 0 * rest.reduce'],
    ['(beside.length === 0 || bothTellNobody(beside))', 'true'],
    ['met.every(one => one.members.isSubsetOf(all))', 'true'],
    ["tellsNobody(byCompany(members, 'durable')) && tellsNobody(byCompany(members, 'other'))", 'members.length > 5'],
    ['m => m.siren)', 'm => m)'],
  ] as const)
    assert.notEqual(leaks(await importChanged<typeof model>(file, from, to), groups), 0, to)
})

test('REC-2: the establishments of one company count as one, however many they are', () => {
  const some = (sirens: readonly number[], durable = 1) =>
    sirens.map(siren => ({
      siren,
      epciId: null,
      clpeId: null,
      departementId: 2033,
      regionId: 1075,
      durable,
      other: 1,
    }))
  const told = (hirers: readonly model.Hirer[]) => model.toldCells(hirers).map(cell => cell.level)
  assert.deepEqual(told(some([1, 2, 3, 4, 5, 6])), ['departementId', 'regionId'])
  assert.deepEqual(told(some([1, 1, 1, 1, 1, 2])), [], 'one company of five, and the other by subtraction')
  assert.deepEqual(told(some([1, 1, 2, 2, 3, 3, 4, 4, 5, 5])), [], 'ten establishments of five companies')
  // None of the six establishments of the first one is above 85 %; together they are.
  assert.deepEqual(told([...some([1, 1, 1, 1, 1, 1], 8), ...some([2, 3, 4, 5, 6])]), [])
  assert.deepEqual(told([...some([7, 8, 9, 10, 11, 12], 8), ...some([2, 3, 4, 5, 6])]).at(-1), 'regionId')
})

test('REC-2: a sum is told from six companies on, five beside each; none of them above 85 % of the others', () => {
  assert.equal(model.tellsNobody([1, 1, 1, 1, 1]), false, 'four beside each')
  assert.equal(model.tellsNobody([1, 1, 1, 1, 1, 1]), true)
  assert.equal(model.tellsNobody([1, 1, 1, 1, 1, 0]), false, 'who did not hire does not count')
  // Beside the second one, 22 of 26 is under 85 %, and 23 of 27 is above.
  assert.equal(model.tellsNobody([23, 1, 1, 1, 1, 1]), false)
  assert.equal(model.tellsNobody([22, 1, 1, 1, 1, 1]), true)
})
