/** What known.json lists, each with its reason: what the check cannot know, and what no test sends. */

import type { Fault } from './check.ts'
import type { Call } from './claims.ts'

interface Entry {
  readonly reason: string
  readonly places: readonly string[]
}
export interface Known {
  /** `room/file function member`: the table takes NULL, the statement leaves those rows out. */
  readonly neverNull: readonly Entry[]
  /** `room/file function`: no test sends it. */
  readonly unseen: readonly Entry[]
}
const list = 'bin/row-types/known.json'
const placesOf = (entries: readonly Entry[]) => new Set(entries.flatMap(entry => entry.places))

/** The faults, in sentences, but for those listed; when `whole`, what is listed and is no fault any more. */
export const knownFaults = (faults: readonly Fault[], neverNull: readonly Entry[], whole: boolean): string[] => {
  const listed = placesOf(neverNull)
  const met = new Set<string>()
  const left = faults.filter(({ place, what }) => {
    const [, member] = /^(\w+): \S+ may be NULL,/.exec(what) ?? []
    const name = `${place} ${member}`
    if (member === undefined || !listed.has(name)) return true
    met.add(name)
    return false
  })
  return [
    ...left.map(({ site, place, what }) => `${site} (${place}): ${what}`),
    ...(whole ? [...listed].filter(place => !met.has(place)).map(place => `${place}: to be taken off ${list}`) : []),
  ]
}

/** What no test sends and is not listed, and what is listed and stands no more. */
export const unseenFaults = (calls: readonly Call[], unseen: readonly Call[], entries: readonly Entry[]): string[] => {
  const listed = placesOf(entries)
  const standing = new Set(calls.map(call => call.place))
  return [
    ...unseen
      .filter(({ place }) => !listed.has(place))
      .map(({ site, place }) => `${site} (${place}): no test sends this statement; ${list} would need a reason`),
    ...[...listed].filter(place => !standing.has(place)).map(place => `${place}: to be taken off ${list}`),
  ]
}
