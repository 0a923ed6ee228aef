import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Group, isStale, shareEvenly } from './sharing-rules.ts'

const group = (count: number, eligible: readonly number[], holder: number | null = null): Group => ({
  count,
  eligible,
  holder,
})
/** Loads after, and how many targets change hands. */
const after = (groups: readonly Group[], loads: readonly number[]) => {
  const shares = shareEvenly(groups, loads)
  const end = [...loads]
  let moved = 0
  groups.forEach(({ holder, eligible }, i) => {
    for (const { recipient, count } of shares[i]!) {
      if (recipient === holder) continue
      assert.ok(eligible.includes(recipient))
      moved += count
      end[recipient]! += count
      if (holder !== null) end[holder]! -= count
    }
  })
  return { end, moved }
}

for (const [what, groups, loads, end, moved] of [
  ['nothing to share', [], [3, 4], [3, 4], 0],
  ['one recipient takes all', [group(7, [0])], [2], [9], 7],
  ['equal loads', [group(10, [0, 1])], [0, 0], [5, 5], 10],
  ['the rest goes to the first', [group(11, [0, 1, 2])], [0, 0, 0], [4, 4, 3], 11],
  ['who has less gets more', [group(10, [0, 1, 2])], [12, 0, 2], [12, 6, 6], 10],
  ['who has far more gets none', [group(3, [0, 1])], [100, 0], [100, 3], 3],
  ['territories bound', [group(10, [0]), group(10, [0, 1])], [0, 0], [10, 10], 20],
  ['the constrained are placed first', [group(10, [0, 1]), group(10, [0])], [0, 0], [10, 10], 20],
  ['a third relieves the second', [group(12, [0, 1]), group(12, [1, 2])], [0, 0, 0], [8, 8, 8], 24],
  ['no one may receive them', [group(5, []), group(4, [0, 1])], [0, 0], [2, 2], 4],
  ['what is held stays when loads are even', [group(5, [0, 1], 0), group(5, [0, 1], 1)], [5, 5], [5, 5], 0],
  ['what is held stays, in whatever order it comes', [group(5, [0, 1], 1), group(5, [0, 1], 0)], [5, 5], [5, 5], 0],
  [
    'what is held stays, and what is free goes to the other',
    [group(6, [0, 1]), group(4, [0, 1], 0)],
    [4, 0],
    [5, 5],
    6,
  ],
  ['the fewest change hands', [group(10, [0, 1], 0)], [10, 0], [5, 5], 5],
  ['who leaves hands all over', [group(9, [1, 2])], [0, 3, 0], [0, 6, 6], 9],
  ['held elsewhere counts as load', [group(4, [0, 1], 0)], [14, 12], [13, 13], 1],
] as const)
  test(`CAM-4: sharing out evenly: ${what}`, () => assert.deepEqual(after(groups, loads), { end, moved }))

test('CAM-4: fifty thousand targets in three hundred groups among two hundred people: all placed, none outside their territory, loads within one where territories allow', () => {
  const groups = Array.from({ length: 300 }, (_, i) =>
    group(
      100 + (i % 150),
      Array.from({ length: 200 }, (_, r) => r),
    ),
  )
  const { end, moved } = after(
    groups,
    Array.from({ length: 200 }, (_, r) => r % 90),
  )
  assert.equal(
    moved,
    groups.reduce((n, g) => n + g.count, 0),
  )
  assert.ok(Math.max(...end) - Math.min(...end) <= 1)
})
test('CAM-4: a simulation stands for an hour', () => {
  const at = new Date('2027-01-15T10:00:00Z')
  assert.deepEqual(
    [isStale(at, new Date('2027-01-15T11:00:00Z')), isStale(at, new Date('2027-01-15T11:00:01Z'))],
    [false, true],
  )
})
