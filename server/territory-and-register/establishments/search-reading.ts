import type { Query } from '../../../contract/route.ts'
import type * as contract from '../../../contract/territory-and-register/establishments.ts'
import type { Db } from '../../platform/database.ts'
import { seekActivities } from '../territories/correspondences.queries.ts'
import { countEstablishments, type Hit, type Looked, searchEstablishments as search } from './search.queries.ts'
import type { Filter } from './search-filter.queries.ts'
import { type Nearby, readNearby } from './search-lexicon.queries.ts'
import { type SearchSort, searchInOrder } from './search-order.queries.ts'
import { classesOf, readReached, type Services } from './search-sets.queries.ts'
import {
  type Sought,
  shortestBeginning,
  soughtAsTyped,
  soughtNear,
  stemOf,
  type Terms,
  wordsOf,
} from './search-terms.ts'
import type { Reached } from './sought.policy.ts'

/** `looked`: the words looked for in the end. Undefined for a whole territory, null when nothing was to look for. */
export interface Found {
  readonly hits: readonly Hit[]
  readonly total: number | undefined
  readonly understood: string
  readonly how: How
  readonly looked: Looked | undefined | null
  /** There are too many for the order that was asked. */
  readonly unsorted?: true
}
/**
 * Four readings: as typed; corrected, because nothing was found; with near names beside the few found.
 * The last is corrected further, because the nearest led nowhere. A later page goes on in the same way.
 */
export type How = 0 | 1 | 2 | 3
const few = 3

type Filters = Query<typeof contract.countFacets>
const asksHires = ({ hires, hiresAtLeast }: Filters): boolean => hires !== undefined || hiresAtLeast !== undefined
const servicesIn = ({ service, servicesUsedSince, servicesNotUsedSince }: Filters): Services | undefined =>
  service === undefined && servicesUsedSince === undefined && servicesNotUsedSince === undefined
    ? undefined
    : { kinds: service && [service], usedSince: servicesUsedSince, notUsedSince: servicesNotUsedSince }
/** Of a question that asks hires or services, whether the asker reads some where it asks them. */
export const reachedBy = (db: Db, query: Filters): Promise<Reached> =>
  readReached(
    db,
    { services: servicesIn(query) !== undefined, hires: asksHires(query) || query.expectedHires !== undefined },
    query.territory,
  )

/** The filters of a question. Without words the living are meant. */
export const filterOf = async (db: Db, query: Filters, terms: Terms | undefined, today: string): Promise<Filter> => ({
  territoryId: query.territory,
  activities: await seekActivities(db, query.activity === undefined ? undefined : [query.activity]),
  sizes: query.size ? [query.size] : undefined,
  legalNatures: query.legalNature ? [query.legalNature] : undefined,
  companySizes: query.companySize ? [query.companySize] : undefined,
  employer: query.employer,
  contact:
    query.neverContacted || query.contactedBefore !== undefined || query.contactedSince !== undefined
      ? { never: query.neverContacted, before: query.contactedBefore, since: query.contactedSince }
      : undefined,
  campaign: query.campaign,
  need: query.need,
  expectedHires: query.expectedHires,
  services: servicesIn(query),
  hires: asksHires(query) ? { classes: classesOf(query.hires ?? 'any'), atLeast: query.hiresAtLeast ?? 1 } : undefined,
  commitments: query.commitment ? { kinds: [query.commitment], on: today } : undefined,
  active: query.active ?? (terms ? undefined : true),
})

type Page = (looked: Looked | undefined) => Promise<Pick<Found, 'hits' | 'total' | 'unsorted'>>
interface Turn {
  readonly limit: number
  readonly after?: string[] | undefined
  readonly total?: boolean | undefined
  readonly sort?: SearchSort | undefined
}
export const pageOf =
  (db: Db, today: string, filter: Filter, { limit, after, total: counted, sort }: Turn): Page =>
  async looked => {
    const asked = {
      today,
      ...(looked ? { looked } : {}),
      limit: limit + 1,
      ...(after ? { after: { rank: Math.min(Number(after[0]), 63), name: after[1]!, siret: Number(after[2]) } } : {}),
      filter,
    }
    const read = async () => {
      const inOrder = sort && (await searchInOrder(db, asked, sort))
      if (inOrder) return { hits: inOrder }
      return { hits: await search(db, asked), ...(sort ? { unsorted: true as const } : {}) }
    }
    const [found, total] = await Promise.all([read(), counted ? countEstablishments(db, asked) : undefined])
    return { ...found, total }
  }

/** Words as typed; corrected when they find nothing; with near names beside the few that they find. */
export const searchWords = async (
  db: Db,
  { text, words }: Terms & { kind: 'words' },
  page: Page,
  how: How | undefined,
): Promise<Found> => {
  const plainly = `Nom, enseigne, adresse ou commune : ${text}`
  const typed = soughtAsTyped(words)
  if (!typed) return { hits: [], total: 0, understood: plainly, how: 0, looked: null }
  const asTyped = how
    ? undefined
    : ({ ...(await page(typed)), understood: plainly, how: 0, looked: typed } satisfies Found)
  if (asTyped && (how === 0 || asTyped.hits.length >= few)) return asTyped

  // One or two letters are looked for as a whole word, and no word resembles them.
  if (words.every(w => w.length <= 2))
    return asTyped
      ? { ...asTyped, understood: `${plainly} (trois lettres au moins pour le début d’un mot)` }
      : { hits: [], total: 0, understood: plainly, how: 0, looked: null }
  // The lexicon is asked only now: most searches never come here.
  const nothing = how === 1 || how === 3 || asTyped?.hits.length === 0
  for (const next of how ? [how] : nothing ? ([1, 3] as const) : ([2] as const)) {
    const nearby = await readNearby(db, words, nothing, next === 3)
    const near = soughtNear(nearby.near, nothing ? nearby.joined : [], words)
    if (!near) break
    const looked: Sought = nothing
      ? near
      : {
          ...near,
          whole: typed.whole,
          names: typed.names,
          length: null,
          wide: `(${typed.wide ?? typed.whole})|(${near.wide ?? near.whole})`,
        }
    const corrected = await page(looked)
    if (asTyped && corrected.hits.length <= asTyped.hits.length) {
      if (nearby.sure) break
      continue
    }
    const read = readAs(nearby, corrected.hits)
    return nothing
      ? {
          ...corrected,
          looked,
          how: next,
          understood: `Résultats pour « ${read.meant} »${read.dropped.length ? `, sans « ${read.dropped.join(' ')} »` : ''} : rien ne correspond à « ${text} »`,
        }
      : { ...corrected, looked, how: next, understood: `${plainly}, et noms proches : ${read.meant}` }
  }
  return asTyped ?? { hits: [], total: 0, understood: plainly, how: 0, looked: typed }
}

/** The search understood, in the words of the first results rather than in those of the index. */
const readAs = ({ near, joined }: Nearby, hits: readonly Hit[]) => {
  const written = new Map<string, string>()
  for (const { line } of hits.slice(0, 5)) {
    for (const word of `${line.name ?? ''} ${line.sign ?? ''} ${line.town ?? ''}`
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)) {
      const stem = stemOf(wordsOf(word)[0] ?? '')
      if (!written.has(stem)) written.set(stem, word.toLowerCase())
    }
  }
  const isThere = (stem: string) => written.has(stem)
  const together = joined.find(words => words.some(w => isThere(stemOf(w)) && !near.some(n => n.word.typed === w)))
  if (together) return { meant: together.join(' '), dropped: [] }
  const meant = near.map(({ word, unknown, instead, beginnings }) => {
    if (!unknown && isThere(word.stem)) return written.get(word.stem)
    const begun = beginnings.flatMap(b => [...written].filter(([stem]) => stem.startsWith(b)))[0]?.[1]
    const near = instead.find(stems => stems.every(isThere)) ?? (begun ? undefined : unknown ? instead[0] : undefined)
    if (near) return near.map(stem => written.get(stem) ?? stem).join(' ')
    return begun ?? (unknown ? beginnings[0] : word.typed)
  })
  return {
    meant: meant.filter(m => m !== undefined).join(' '),
    // A letter or two of a word not finished: nothing is left out yet.
    dropped: near
      .filter(({ word }, i) => meant[i] === undefined && !(word.beginning && word.typed.length < shortestBeginning))
      .map(n => n.word.typed),
  }
}
