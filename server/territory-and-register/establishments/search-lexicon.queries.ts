import { sql } from 'kysely'
import type pg from 'pg'
import type { Db } from '../../platform/database.ts'
import { lightWords, type Near, otherForms, shortestBeginning, soughtWords, stemOf, stopWords } from './search-terms.ts'
import { type Candidate, forgiven, likeliest, oneSlip, oneSlipAway } from './spelling-rules.ts'

/** At the end of an import, as the owner; from a table where they have been counted, or by counting them anew. */
export const refreshLexicon = (owner: pg.ClientBase, counted: string | null = null) =>
  counted
    ? owner.query('select settle_search_lexicon($1)', [`select word, establishments from ${counted}`])
    : owner.query('select refresh_search_lexicon()')
/** Counts them in a table, once. */
export const countWords = (of: string, into: string) =>
  `create table if not exists ${into} as select word, establishments from search_words_of('select search from ${of}')`

interface Entry {
  readonly word: string
  readonly establishments: number
}
const entries = async (db: Db, words: readonly string[]): Promise<Map<string, number>> =>
  new Map(
    (await db.all(sql<Entry>`select word, establishments from search_lexicon where word = any (${words}::text[])`)).map(
      e => [e.word, e.establishments],
    ),
  )
type Resembling = Entry & { readonly asked: string; readonly alike: boolean }
const soundingLike = (db: Db, stems: readonly string[]) =>
  db.all(sql<Resembling>`
  select a.asked, l.word, l.establishments, true as alike from unnest(${stems}::text[]) a (asked) cross join lateral (
    select word, establishments from search_lexicon where sound = search_sound(a.asked)
      order by establishments desc, word limit 20) l`)
/** The nearest by trigrams, over the whole lexicon: the dearest question of all. */
const resembling = (db: Db, stems: readonly string[]) =>
  stems.length === 0
    ? []
    : db.all(sql<Resembling>`
  select a.asked, l.word, l.establishments, false as alike from unnest(${stems}::text[]) a (asked) cross join lateral (
    select word, establishments from search_lexicon where word % a.asked order by similarity(word, a.asked) desc, word
      limit 40) l`)
/** The commonest word that begins in each of these ways, and is longer. */
const beginningWith = (db: Db, beginnings: readonly string[]) =>
  db.all(sql<Entry & { beginning: string }>`
  select b.beginning, l.word, l.establishments from unnest(${beginnings}::text[]) b (beginning) cross join lateral (
    select word, establishments from search_lexicon where word > b.beginning and word < b.beginning || '~'
      order by establishments desc limit 1) l`)

const halvesOf = (word: string) =>
  Array.from({ length: Math.max(word.length - 1, 0) }, (_, i) => [word.slice(0, i + 1), word.slice(i + 1)] as const)

export interface Nearby {
  readonly near: readonly Near[]
  readonly joined: readonly (readonly string[])[]
  /** Each word is common, or begins another as it was typed: a further look would only guess. */
  readonly sure: boolean
}
/** Of fewer establishments than this, a word of the lexicon may be a slip of theirs. */
const common = 20
/** A word that nothing resembles may begin a known one, wherever it stands. */
const findUnfinished = async (db: Db, near: Near[]): Promise<void> => {
  const isOpen = ({ word, unknown, instead }: Near) =>
    unknown && instead.length === 0 && !word.beginning && word.typed.length >= shortestBeginning
  const open = near.filter(isOpen).map(({ word }) => word.typed)
  if (open.length === 0) return
  const begun = new Set((await beginningWith(db, open)).map(found => found.beginning))
  for (const [i, one] of near.entries())
    if (isOpen(one) && begun.has(one.word.typed)) near[i] = { ...one, beginnings: [one.word.typed] }
}
/** The last word may be the beginning of a known one, even where it is a word too; or nearly, where it is none. */
const findBeginnings = async (db: Db, near: Near[]): Promise<void> => {
  const last = near.at(-1)
  if (!last?.word.beginning || last.word.typed.length < shortestBeginning) return
  const { typed } = last.word
  const found = await beginningWith(db, [
    typed,
    ...(last.unknown && last.instead.length === 0 && typed.length >= 5
      ? oneSlipAway(typed).filter(b => b.length >= 4)
      : []),
  ])
  const asTyped = found.some(f => f.beginning === typed)
  if (!asTyped && !last.unknown) return
  near[near.length - 1] = {
    ...last,
    beginnings: asTyped
      ? [typed]
      : [
          ...new Set(
            found
              .sort((a, b) => b.establishments - a.establishments)
              .slice(0, 5)
              .map(f => f.beginning),
          ),
        ],
  }
}

/**
 * What the words may have been meant as. `all`: nothing was found, every near word counts, and spaces forgotten or
 * added.
 * Otherwise something was found: only words one slip away and far commoner than what was typed. `generous`: the nearest
 * led nowhere.
 */
export const readNearby = async (db: Db, words: readonly string[], all: boolean, generous = false): Promise<Nearby> => {
  const sought = soughtWords(words)
  const tried = sought.filter(w => /[a-z]/.test(w.typed) && w.typed.length >= 3)
  // Both forms: a slip may hide a plural or make one.
  const slipsOf = new Map(
    tried.map(w => [w.typed, new Set([...oneSlipAway(w.typed), ...oneSlipAway(w.stem)].map(stemOf))]),
  )
  const pairs = all ? words.slice(0, -1).map((w, i) => w + words[i + 1]!) : []
  const [known, heard] = await Promise.all([
    entries(db, [
      ...new Set([
        ...sought.flatMap(w => [w.stem, ...otherForms(w)]),
        ...[...slipsOf.values()].flatMap(s => [...s]),
        ...pairs.map(stemOf),
        ...(all ? tried.flatMap(w => halvesOf(w.typed).flat().map(stemOf)) : []),
      ]),
    ]),
    all
      ? soundingLike(
          db,
          tried.map(w => w.stem),
        )
      : [],
  ])
  const mostSlips = (stem: string) => (all && (generous || !known.has(stem)) ? undefined : oneSlip)
  // Where one slip only is forgiven, those are known already.
  const alike = [
    ...(await resembling(
      db,
      all
        ? tried.filter(w => mostSlips(w.stem) === undefined && forgiven(w.typed.length) > oneSlip).map(w => w.stem)
        : [],
    )),
    ...heard,
  ]
  const near = sought.map((word): Near => {
    const frequency = known.get(word.stem) ?? 0
    const candidates = new Map<string, Candidate>()
    for (const slip of slipsOf.get(word.typed) ?? [])
      if (known.has(slip)) candidates.set(slip, { word: slip, establishments: known.get(slip)!, alike: false })
    for (const { asked, ...entry } of alike)
      if (asked === word.stem && (entry.alike || !candidates.has(entry.word))) candidates.set(entry.word, entry)
    // Found as a beginning, it is not finished rather than wrong.
    if (!all && frequency === 0) return { word, unknown: false, instead: [], beginnings: [] }
    const close = likeliest(
      [word.typed, word.stem],
      [...candidates.values()].filter(c => sought.length > 1 || !lightWords.has(c.word)),
      { most: mostSlips(word.stem), generous },
    ).filter(c => all || c.establishments >= 5 * frequency)
    const halves =
      all && frequency === 0
        ? halvesOf(word.typed)
            .filter(pair => pair.every(h => stopWords.has(h) || known.has(stemOf(h))))
            .map(pair => pair.filter(h => !stopWords.has(h)).map(stemOf))
            .filter(pair => (pair.length === 1 ? pair[0]!.length >= 2 : pair.some(h => h.length >= 3)))
            .slice(0, 4)
        : []
    return {
      word,
      unknown: all && frequency === 0 && /[a-z]/.test(word.typed) && !otherForms(word).some(form => known.has(form)),
      instead: [...close.map(c => [c.word]), ...halves],
      beginnings: [],
    }
  })
  if (all) {
    await findUnfinished(db, near)
    await findBeginnings(db, near)
  }
  const joined = pairs.flatMap((pair, i) =>
    known.has(stemOf(pair)) ? [[...words.slice(0, i), pair, ...words.slice(i + 2)]] : [],
  )
  const sure = near.every(
    ({ word, beginnings }) => (known.get(word.stem) ?? 0) >= common || beginnings.includes(word.typed),
  )
  return { near, joined, sure }
}
