import { distance, type Position } from '../portfolio/distance.ts'

export interface Visit {
  readonly id: string
  /** Null where it is not known. */
  readonly position: Position | null
  /** `HH:MM` of a meeting that is fixed; null at any time of the day. */
  readonly at: string | null
}
export interface Round {
  readonly placed: readonly string[]
  /** Without a position: they come last, by their hour. */
  readonly unplaced: readonly string[]
  /** From the start to the last one, as the crow flies. */
  readonly km: number
}
type Placed = Visit & { readonly position: Position }

const byHour = (a: Visit, b: Visit) => (a.at ?? '24:00').localeCompare(b.at ?? '24:00')
const isPlaced = (visit: Visit): visit is Placed => visit.position !== null

/**
 * A short way through all visits, the nearest next (then 2-opt), from `start` where it is given.
 * Meetings keep the order of their hours; the others lie between. At most 25 visits: all first ones are tried.
 */
export const roundOf = (visits: readonly Visit[], start?: Position): Round => {
  const placed = visits.filter(isPlaced)
  const nearest = start ? [nearestNext(placed, start)] : placed.map(first => nearestNext(placed, first.position, first))
  const ways = [...nearest.filter(way => way !== undefined), asGiven(placed)]
  const { way, km } = ways
    .map(one => shortened(one, start))
    .map(one => ({ way: one, km: lengthOf(one, start) }))
    .reduce((best, one) => (one.km < best.km - grain ? one : best))
  return {
    placed: way.map(({ id }) => id),
    unplaced: visits
      .filter(visit => !isPlaced(visit))
      .toSorted(byHour)
      .map(({ id }) => id),
    km,
  }
}
/** A metre: less is no gain. */
const grain = 0.001

export const lengthOf = (way: readonly { readonly position: Position }[], start?: Position): number => {
  const stops = start ? [start, ...way.map(({ position }) => position)] : way.map(({ position }) => position)
  return stops.slice(1).reduce((sum, stop, i) => sum + distance(stops[i]!, stop), 0)
}

/** In the order given, the meetings among themselves by their hours. */
const asGiven = (visits: readonly Placed[]): Placed[] => {
  const meetings = visits.filter(({ at }) => at !== null).toSorted(byHour)
  return visits.map(visit => (visit.at === null ? visit : meetings.shift()!))
}

/** Nothing where the first one is a meeting that others come before. */
const nearestNext = (visits: readonly Placed[], from: Position, first?: Placed): Placed[] | undefined => {
  const meetings = visits.filter(({ at }) => at !== null).toSorted(byHour)
  if (first && first.at !== null && first !== meetings[0]) return undefined
  const left = new Set(visits)
  const way: Placed[] = []
  const go = (next: Placed) => {
    way.push(next)
    left.delete(next)
    if (next === meetings[0]) meetings.shift()
  }
  if (first) go(first)
  while (left.size > 0) {
    const here = way.at(-1)?.position ?? from
    const open = [...left].filter(visit => visit.at === null || visit === meetings[0])
    go(open.reduce((near, one) => (distance(here, one.position) < distance(here, near.position) - grain ? one : near)))
  }
  return way
}

const keepsHours = (way: readonly Placed[]): boolean => {
  const hours = way.flatMap(({ at }) => at ?? [])
  return hours.every((hour, i) => i === 0 || hours[i - 1]! <= hour)
}

/** 2-opt: a stretch is turned round as long as that shortens the way and keeps the hours. */
const shortened = (given: readonly Placed[], start: Position | undefined): readonly Placed[] => {
  let way = given
  for (let better = true; better; ) {
    better = false
    for (let from = 0; from < way.length - 1; from++)
      for (let to = from + 1; to < way.length; to++) {
        if (gainOf(way, from, to, start) <= grain) continue
        const turned = [...way.slice(0, from), ...way.slice(from, to + 1).toReversed(), ...way.slice(to + 1)]
        if (!keepsHours(turned)) continue
        way = turned
        better = true
      }
  }
  return way
}
/** Kilometres saved by turning round the stretch: only its two ends change. */
const gainOf = (way: readonly Placed[], from: number, to: number, start: Position | undefined): number => {
  const [before, after] = [way[from - 1]?.position ?? start, way[to + 1]?.position]
  const [first, last] = [way[from]!.position, way[to]!.position]
  const leg = (a: Position | undefined, b: Position | undefined) => (a && b ? distance(a, b) : 0)
  return leg(before, first) + leg(last, after) - leg(before, last) - leg(first, after)
}
