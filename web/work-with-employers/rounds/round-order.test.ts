import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lengthOf, roundOf, type Visit } from './round-order.ts'

/** On a line from south to north: the letter says how far. */
const visit = (id: string, lat: number | null, at: string | null = null): Visit => ({
  id,
  position: lat === null ? null : { lat, lon: 0 },
  at,
})
const start = { lat: 44, lon: 0 }

test('POR-5: stops come in the order of a short way; meetings keep their hours; what has no place comes last, by its hour', () => {
  for (const [why, visits, from, placed, unplaced] of [
    ['nobody', [], undefined, '', ''],
    ['one', [visit('a', 44.1)], undefined, 'a', ''],
    ['a line, mixed up', [visit('b', 44.2), visit('d', 44.4), visit('a', 44.1), visit('c', 44.3)], start, 'abcd', ''],
    ['from the other end', [visit('b', 44.2), visit('a', 44.1), visit('c', 44.3)], { lat: 45, lon: 0 }, 'cba', ''],
    [
      'one meeting alone binds nothing',
      [visit('a', 44.1), visit('b', 44.2, '09:00'), visit('c', 44.3)],
      start,
      'abc',
      '',
    ],
    [
      'the far meeting first',
      [visit('a', 44.1, '15:00'), visit('b', 44.2), visit('c', 44.3, '09:00')],
      start,
      'bca',
      '',
    ],
    ['two at the same hour', [visit('a', 44.1, '09:00'), visit('b', 44.2, '09:00')], { lat: 45, lon: 0 }, 'ba', ''],
    ['two at the same place', [visit('a', 44.1), visit('c', 44.3), visit('b', 44.1)], start, 'abc', ''],
    ['no place', [visit('x', null), visit('y', null, '11:00'), visit('z', null, '09:30')], start, '', 'zyx'],
    ['some without', [visit('x', null, '08:00'), visit('b', 44.2), visit('a', 44.1)], start, 'ab', 'x'],
  ] as const) {
    const round = roundOf(visits, from)
    assert.deepEqual([round.placed.join(''), round.unplaced.join('')], [placed, unplaced], why)
  }
})

/** The same figures at each run. */
const dice = (seed: number) => () => {
  seed = (seed * 1664525 + 1013904223) % 4294967296
  return seed / 4294967296
}
type Placed = Visit & { position: NonNullable<Visit['position']> }
const someVisits = (roll: () => number, many: number): Placed[] =>
  Array.from({ length: many }, (_, i) => ({
    id: String(i),
    position: { lat: 44.5 + roll() / 2, lon: -0.9 + roll() },
    at: roll() < 0.25 ? `${String(8 + Math.floor(roll() * 10)).padStart(2, '0')}:00` : null,
  }))
const keepsHours = (way: readonly Visit[]) => {
  const hours = way.flatMap(({ at }) => at ?? [])
  return hours.join() === hours.toSorted().join()
}

test('POR-5: on any day, each stop once, hours kept, never longer than the order given, the same twice', () => {
  for (let seed = 1; seed <= 150; seed++) {
    const roll = dice(seed)
    const visits = someVisits(roll, 1 + Math.floor(roll() * 25))
    const from = roll() < 0.5 ? { lat: 44.6, lon: -0.5 } : undefined
    const round = roundOf(visits, from)
    const way = round.placed.map(id => visits.find(one => one.id === id)!)
    assert.deepEqual(round.placed.toSorted(), visits.map(({ id }) => id).toSorted(), `each once, seed ${seed}`)
    assert.ok(keepsHours(way), `hours, seed ${seed}`)
    assert.ok(Math.abs(lengthOf(way, from) - round.km) < 1e-6)
    if (keepsHours(visits)) assert.ok(round.km <= lengthOf(visits, from) + 1e-6, `no longer, seed ${seed}`)
    assert.deepEqual(roundOf(visits, from), round)
  }
})

const ordersOf = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((one, i) => ordersOf(items.toSpliced(i, 1)).map(rest => [one, ...rest]))
test('POR-5: of six stops without meetings, the way is the shortest of all, or a tenth longer at most', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const visits = someVisits(dice(seed), 6).map(one => ({ ...one, at: null }))
    const from = seed % 2 ? { lat: 44.6, lon: -0.5 } : undefined
    const best = Math.min(...ordersOf(visits).map(way => lengthOf(way, from)))
    assert.ok(roundOf(visits, from).km <= best * 1.1, `seed ${seed}`)
  }
})
