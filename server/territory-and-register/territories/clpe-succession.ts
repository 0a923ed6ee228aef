/**
 * A CLPE's code is reused for another territory from one edition to the next: only its communes say whether it is the
 * same one.
 */

/**
 * The communes of each CLPE of one edition, as today's codes: by identity for an edition already known, by published
 * code for a new one.
 */
export type Composition<Key> = ReadonlyMap<Key, ReadonlySet<string>>

const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  let count = 0
  for (const commune of a) if (b.has(commune)) count++
  return count
}

/** Communes in both, over communes in either. */
export const jaccard = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  const both = shared(a, b)
  return both === 0 ? 0 : both / (a.size + b.size - both)
}

/**
 * The identity that each CLPE of a new edition continues, or null for a new one.
 * It continues the one with which it shares more than half of their common communes.
 * `known` lists editions from the nearest in time: a CLPE left out for an edition is found again.
 * One to one: sets of one edition do not overlap, hence two cannot both pass one half.
 */
export const continueIdentities = (
  edition: Composition<string>,
  known: readonly Composition<number>[],
): Map<string, number | null> => {
  const result = new Map<string, number | null>([...edition.keys()].map(code => [code, null]))
  const taken = new Set<number>()
  for (const other of known) {
    const homes = new Map<string, number>()
    for (const [id, communes] of other) for (const commune of communes) homes.set(commune, id)
    for (const [code, communes] of edition) {
      if (result.get(code) !== null) continue
      const candidates = new Set([...communes].map(c => homes.get(c)).filter(id => id !== undefined))
      for (const id of candidates) {
        if (taken.has(id) || jaccard(communes, other.get(id)!) <= 0.5) continue
        result.set(code, id)
        taken.add(id)
        break
      }
    }
  }
  return result
}

/**
 * Editions from the nearest: those before it first, the latest of them leading, then those after it. A correction of an
 * edition is nearest to itself.
 */
export const byNearness = <E extends { readonly edition: string; readonly inForceFrom: string }>(
  of: { readonly edition: string; readonly inForceFrom: string },
  all: readonly E[],
): E[] => {
  const rank = (e: E) => (e.edition === of.edition ? 0 : e.inForceFrom <= of.inForceFrom ? 1 : 2)
  return [...all].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (rank(a) === 2 ? a.inForceFrom.localeCompare(b.inForceFrom) : b.inForceFrom.localeCompare(a.inForceFrom)) ||
      b.edition.localeCompare(a.edition),
  )
}
