import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/sharing.ts'

/** As the contract says it, less what depends on who asks. */
export type Sharing = Omit<Static<typeof contract.Sharing>, 'allowed'>

/** Targets that are alike for a sharing out: those who may receive them, and who holds them. */
export interface Group {
  /** Recipients, by their rank in the list, that may receive them; none: they stay where they are. */
  readonly eligible: readonly number[]
  /** The recipient that holds them already, if any. */
  readonly holder: number | null
  readonly count: number
}
/** So many targets of a group to a recipient; to the one that holds them, they stay. */
export interface Share {
  readonly recipient: number
  readonly count: number
}

/**
 * Shares out groups of targets among recipients so that their loads end up as even as their territories allow. `loads`
 * are the open targets that each has already, those of the groups included. Whoever holds targets keeps as many of them
 * as their share leaves: the fewest employers change hands.
 * Answers, for each group in turn, its shares; what no one may receive has none.
 */
export const shareEvenly = (groups: readonly Group[], loads: readonly number[]): Share[][] => {
  const held = loads.map((_, r) =>
    sum(groups.map(group => (group.holder === r && group.eligible.length ? group.count : 0))),
  )
  const level = loads.map((load, r) => load - held[r]!)
  const classes = [
    ...Map.groupBy(groups.keys(), i => [...new Set(groups[i]!.eligible)].sort((a, b) => a - b).join()).values(),
  ]
    .map(members => ({ members, eligible: [...new Set(groups[members[0]!]!.eligible)], quota: loads.map(() => 0) }))
    .filter(({ eligible }) => eligible.length > 0)
  // The fewer may receive them, the sooner they are placed.
  for (const { members, eligible, quota } of classes.toSorted((a, b) => a.eligible.length - b.eligible.length)) {
    const given = pour(
      sum(members.map(i => groups[i]!.count)),
      eligible.map(r => level[r]!),
    )
    eligible.forEach((r, i) => {
      quota[r] = given[i]!
      level[r]! += given[i]!
    })
  }
  levelOut(classes, level)
  const shares: Share[][] = groups.map(() => [])
  for (const { members, eligible, quota } of classes) {
    const left = members.map(i => groups[i]!.count)
    const give = (at: number, recipient: number) => {
      const count = Math.min(left[at]!, quota[recipient]!)
      if (count === 0) return
      left[at]! -= count
      quota[recipient]! -= count
      shares[members[at]!]!.push({ recipient, count })
    }
    members.forEach((i, at) => {
      const { holder } = groups[i]!
      if (holder !== null && eligible.includes(holder)) give(at, holder)
    })
    members.forEach((_, at) => {
      for (const recipient of eligible) give(at, recipient)
    })
  }
  return shares
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

/** Pours `count` into vessels of these levels, the lowest first: who gets how many. */
const pour = (count: number, levels: readonly number[]): number[] => {
  const order = [...levels.keys()].sort((a, b) => levels[a]! - levels[b]! || a - b)
  const given = levels.map(() => 0)
  let left = count
  for (let filled = 1; filled <= order.length && left > 0; filled++) {
    const among = order.slice(0, filled)
    const water = levels[among[0]!]! + given[among[0]!]!
    const next = filled < order.length ? levels[order[filled]!]! : Number.POSITIVE_INFINITY
    const each = Math.min(next - water, Math.floor(left / filled))
    for (const i of among) given[i]! += each
    left -= each * filled
    if (water + each < next) {
      for (const i of among.slice(0, left)) given[i]! += 1
      left = 0
    }
  }
  return given
}

interface Class {
  readonly eligible: readonly number[]
  readonly quota: number[]
}
/**
 * An early placement, made for want of another recipient, may overload one whom others could relieve.
 * Relieve two by two, then along a few chains.
 */
const levelOut = (classes: readonly Class[], level: number[]) => {
  for (let moved = true, rounds = 0; moved && rounds < 100; rounds++) {
    moved = false
    for (const { eligible, quota } of classes)
      for (const from of eligible)
        for (const to of eligible) {
          const count = Math.min(quota[from]!, Math.floor((level[from]! - level[to]!) / 2))
          if (count < 1) continue
          quota[from]! -= count
          quota[to]! += count
          level[from]! -= count
          level[to]! += count
          moved = true
        }
  }
  for (let chains = 0; chains < 20 && relieve(classes, level); chains++);
}

/**
 * Moves one target from each to the next along a chain that ends two below where it starts; false when there is none.
 */
const relieve = (classes: readonly Class[], level: number[]): boolean => {
  const lowest = Math.min(...level)
  for (const start of [...level.keys()]
    .filter(r => level[r]! - lowest >= 2)
    .sort((a, b) => level[b]! - level[a]!)
    .slice(0, 3)) {
    const reached = new Map<number, { from: number; by: Class } | null>([[start, null]])
    for (const from of reached.keys()) {
      for (const by of classes)
        if (by.quota[from]! > 0) for (const to of by.eligible) if (!reached.has(to)) reached.set(to, { from, by })
      if (level[start]! - level[from]! < 2) continue
      level[start]! -= 1
      level[from]! += 1
      for (let at = from; at !== start; ) {
        const step = reached.get(at)!
        step.by.quota[step.from]! -= 1
        step.by.quota[at]! += 1
        at = step.from
      }
      return true
    }
  }
  return false
}

/** A simulation older than this is made anew: loads and targets have moved too far. */
export const planMinutes = 60
/** As long as its bulk work is kept. */
const undoneWithinDays = 90
export const mayStillBeUndone = (doneAt: string, now: Date): boolean =>
  now.getTime() - Date.parse(doneAt) < undoneWithinDays * 86_400_000
export const isStale = (simulatedAt: Date, now: Date): boolean =>
  now.getTime() - simulatedAt.getTime() > planMinutes * 60_000
