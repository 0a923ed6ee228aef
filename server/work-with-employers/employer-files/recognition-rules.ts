import { lightWords, stemOf, stopWords, wordsOf } from '../../territory-and-register/establishments/search-terms.ts'

export interface Candidate {
  readonly siret: number
  readonly names: readonly string[]
  readonly street: string | null
  readonly active: boolean
}
export type Recognised =
  | { readonly recognised: 'siret' | 'name'; readonly siret: number; readonly candidates: readonly number[] }
  | { readonly recognised: 'doubtful' | 'unknown'; readonly siret: null; readonly candidates: readonly number[] }

/** Candidates that a person chooses between: more would be a search. */
const mostCandidates = 5
/** Under this share of common words, two names have nothing to do with each other. */
const likely = 0.5

/** The words that name somebody: neither a legal form, nor an article. */
const meaningOf = (name: string): ReadonlySet<string> => {
  const words = wordsOf(name)
  const full = words.filter(word => !lightWords.has(word) && !stopWords.has(word))
  return new Set((full.length ? full : words).map(stemOf))
}
/** Of two names, the share of words in common: 1 when they say the same. */
export const resemblance = (one: string, other: string): number => {
  const [some, others] = [meaningOf(one), meaningOf(other)]
  const all = some.union(others).size
  return all === 0 ? 0 : some.intersection(others).size / all
}

const numberOf = (street: string) => /\d+/.exec(street)?.[0]
/** The same number in a street that shares a word. */
const sameStreet = (said: string | undefined, street: string | null): boolean =>
  said !== undefined &&
  street !== null &&
  numberOf(said) !== undefined &&
  numberOf(said) === numberOf(street) &&
  [...meaningOf(street.replace(/\d+/g, ''))].some(word => meaningOf(said).has(word))

/**
 * Which establishment a name and a place say: the only open one that bears just that name there, or the only one of
 * these at that number of that street. Anything less is a person's to settle.
 */
export const recognise = (
  said: { readonly name: string; readonly address?: string | undefined },
  found: readonly Candidate[],
): Recognised => {
  const scored = found
    .map(one => ({
      ...one,
      score: Math.max(0, ...one.names.map(name => resemblance(said.name, name))),
      here: sameStreet(said.address, one.street),
    }))
    .filter(({ score }) => score >= likely)
    .sort(
      (a, b) =>
        b.score - a.score ||
        Number(b.here) - Number(a.here) ||
        Number(b.active) - Number(a.active) ||
        a.siret - b.siret,
    )
  const candidates = scored.slice(0, mostCandidates).map(({ siret }) => siret)
  const exact = scored.filter(({ score, active }) => score === 1 && active)
  const only = exact.length === 1 ? exact : exact.filter(({ here }) => here)
  if (only.length === 1) return { recognised: 'name', siret: only[0]!.siret, candidates }
  return { recognised: candidates.length ? 'doubtful' : 'unknown', siret: null, candidates }
}
