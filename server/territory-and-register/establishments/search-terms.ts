import { isSiren, isSiret } from '../../platform/siret.ts'

/** What was typed: a number of the register, as the interval of SIRETs it begins, or words. */
export type Terms =
  | { readonly kind: 'number'; readonly from: number; readonly to: number; readonly understood: string }
  | { readonly kind: 'words'; readonly text: string; readonly words: readonly string[] }

// As on a letterhead: "SIRET : 732 829 320 00074", "RCS Bordeaux 732 829 320", "TVA FR 44 732829320".
const labels =
  /^\s*(?:n[°o]?\s*)?(?:siret|siren|rcs(?:\s+\p{L}[\p{L}\s-]*)?|(?:tva\s*:?\s*)?fr\s*\d\d(?=\s*(?:\d[\s.\u00a0\u202f]*){9}$))\s*(?:n[°o])?[\s:]*/iu
/** Nine digits or more, spaces and dots allowed, are a SIREN or the beginning of a SIRET; fewer may stand in a name. */
export const readTerms = (typed: string): Terms => {
  const digits = typed.replace(labels, '').replace(/[\s.\u00a0\u202f-]/g, '')
  if (!/^\d{9,14}$/.test(digits)) return { kind: 'words', text: typed.trim(), words: wordsOf(typed) }
  const unit = 10 ** (14 - digits.length)
  const from = Number(digits) * unit
  return {
    kind: 'number',
    from,
    to: from + unit - 1,
    understood:
      digits.length === 14
        ? isSiret(digits)
          ? `SIRET ${digits}`
          : `SIRET ${digits}, dont la clé est fausse`
        : digits.length === 9
          ? isSiren(digits)
            ? `SIREN ${digits}`
            : `SIREN ${digits}, dont la clé est fausse`
          : `SIRET commençant par ${digits}`,
  }
}

const accented = 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿ'
const plain = 'aaaaaaceeeeiiiinooooouuuuyy'
const plainOf = new Map([...accented].map((letter, i) => [letter, plain[i]!]))
/** The words of a text as the database's `search_words` reads them; a test holds the two together. */
export const wordsOf = (text: string): string[] => {
  const letters = text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('i\u0307', 'i')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replace(/[^a-z0-9]/g, letter => plainOf.get(letter) ?? letter)
  // A dot between letters that stand alone: "S.A.R.L."
  const joined = letters.replace(/(?<![\p{L}\p{N}_])([a-z0-9])\.(?=[a-z0-9](?![\p{L}\p{N}_]))/gu, '$1')
  return joined
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(w => (w === 'st' ? 'saint' : w === 'ste' ? 'sainte' : w))
}
/** As `search_stem`: without the s or x of a plural. */
export const stemOf = (word: string): string => {
  const stem = word.replace(/[sx]+$/, '')
  return stem.length < 3 ? word : stem
}

export const stopWords: ReadonlySet<string> = new Set([
  'a',
  'au',
  'aux',
  'd',
  'de',
  'des',
  'du',
  'en',
  'et',
  'l',
  'la',
  'le',
  'les',
  'un',
  'une',
])
/** Said or not as it comes: legal forms, civilities, small words, "rue". Asked for only when there is nothing else. */
export const lightWords: ReadonlySet<string> = new Set(
  (
    'sarl sas sasu eurl sa sci scea earl gaec snc scp scm sca selarl selas selasu selurl scop scic gie gfa gfv asso association ets etb etablissement etablissements societe ste entreprise cie compagnie ' +
    'm mr mme mlle monsieur madame mademoiselle chez sur sous par pour dans avec lez n s rue'
  ).split(' '),
)
/** Written in one way in the register and in another by people, above all in addresses. */
const sameWords = [
  ['av', 'ave', 'avenue'],
  ['bd', 'bld', 'blvd', 'boulevard'],
  ['che', 'ch', 'chem', 'chemin'],
  ['rte', 'route'],
  ['pl', 'place'],
  ['all', 'allee'],
  ['imp', 'impasse'],
  ['crs', 'cours'],
  ['sq', 'square'],
  ['res', 'residence'],
  ['lot', 'lotissement'],
  ['fbg', 'faubourg'],
  ['ctre', 'centre'],
  ['ctre', 'center', 'centre'],
  ['za', 'zone'],
  ['zi', 'zone'],
  ['zac', 'zone'],
  ['ets', 'etablissement', 'etb'],
  ['cie', 'compagnie'],
  ['asso', 'association'],
  ['gpe', 'groupe'],
  ['dr', 'docteur'],
  ['gal', 'general'],
  ['mal', 'marechal'],
]
const others = new Map<string, string[]>()
for (const group of sameWords)
  for (const word of group) others.set(word, [...(others.get(word) ?? []), ...group.filter(w => w !== word)])

export interface Word {
  readonly typed: string
  readonly stem: string /** The last one, perhaps not finished. */
  readonly beginning: boolean
}
/** The words that must be found. */
export const soughtWords = (words: readonly string[]): Word[] => {
  const meaning = words.filter(w => !stopWords.has(w))
  const full = meaning.filter(w => !lightWords.has(w))
  const kept = full.length ? full : meaning
  const last = words.at(-1)
  return [...new Set(kept)].map(typed => ({ typed, stem: stemOf(typed), beginning: typed === last }))
}

/** « métaux » is the plural of « métal », and either may be in the name. */
export const otherForms = ({ typed, stem }: Word): string[] => [
  ...(others.get(typed) ?? others.get(stem) ?? []).map(stemOf),
  ...(/[a-z]{2}aux$/.test(typed) && !typed.endsWith('eaux')
    ? [`${typed.slice(0, -3)}al`]
    : /[a-z]{3}al$/.test(typed)
      ? [`${typed.slice(0, -2)}au`]
      : []),
]
/**
 * What goes into a tsquery is made of letters and digits alone; '§' stands for the department, which `scoped_query`
 * puts there.
 */
const lexemes = (stems: readonly string[]) => stems.flatMap(s => [`'§${s}'`, `'§+${s}'`])
/** Up to five letters a beginning is an entry of the index; more are gathered in it. */
const begun = (prefix: string, letters: string) =>
  prefix === '' && letters.length <= 5 ? `'§^${letters}'` : `'§${prefix}${letters}':*`
const anyOf = (parts: readonly string[]) => (parts.length > 1 ? `(${[...new Set(parts)].join('|')})` : parts[0]!)
const whole = (words: readonly Word[]) => words.map(({ stem }) => `'§${stem}'`).join('&')

/**
 * A search as tsquery texts. What `whole` finds comes before what only `wide` finds; null where there is no such
 * difference.
 */
export interface Sought {
  readonly whole: string
  readonly wide: string | null
  readonly names: readonly string[] /** In a corrected search, what a name of this length is likely to be. */
  readonly length: number | null /** All of which `whole` asks for, when it asks for nothing else. */
  readonly stems?: readonly string[]
  readonly some?: string /** Any of the words that `wide` asks for. */
}

/** Fewer letters are no entry of the index, and too many words begin so. */
export const shortestBeginning = 3
/** Too short to choose by after other words; enough to put first what has the word. */
const tooShort = ({ typed, beginning }: Word, words: number): boolean =>
  beginning && typed.length < shortestBeginning && words > 1
/** From three letters. In an address, only after other words and from five: streets share too few words. */
const beginningTerms = ({ typed, beginning }: Word, alone: boolean): string[] =>
  !beginning || typed.length < shortestBeginning
    ? []
    : [begun('', typed), ...(typed.length >= 5 && !alone ? [begun('+', typed)] : [])]
const wideTerm = (word: Word, _at: number, all: readonly Word[]): string =>
  anyOf([...lexemes([word.stem, ...otherForms(word)]), ...beginningTerms(word, all.length === 1)])
/** The names that are nothing but what was asked, with the legal form before or after it. */
const namesOf = (words: readonly string[]) => {
  const asked = words.join(' ')
  const bare = words.filter(w => !lightWords.has(w)).join(' ') || asked
  return [
    ...new Set([
      asked,
      bare,
      ...['sarl', 'sas', 'eurl', 'sa', 'sci', 'scea', 'earl', 'ets'].flatMap(form => [
        `${form} ${bare}`,
        `${bare} ${form}`,
      ]),
    ]),
  ]
}

/** Null when nothing is left to look for: stop words alone. */
export const soughtAsTyped = (words: readonly string[]): Sought | null => {
  const sought = soughtWords(words)
  if (sought.length === 0) return null
  const choosing = sought.filter(w => !tooShort(w, sought.length))
  return {
    whole: whole(sought),
    wide: choosing.map(wideTerm).join('&'),
    some: choosing.map(wideTerm).join('|'),
    names: namesOf(words),
    length: null,
    stems: sought.map(({ stem }) => stem),
  }
}

/** Possible meanings of a word: lexemes of the lexicon, two of them for a forgotten space, or a beginning. */
export interface Near {
  readonly word: Word
  readonly unknown: boolean
  readonly instead: readonly (readonly string[])[]
  readonly beginnings: readonly string[]
}
const nearTerm = (prefix: string, { instead, beginnings }: Near, kept: readonly string[]) =>
  anyOf([
    ...kept.map(s => `'§${prefix}${s}'`),
    ...instead
      .map(stems => stems.map(s => `'§${prefix}${s}'`).join('&'))
      .map((t, i) => (instead[i]!.length > 1 ? `(${t})` : t)),
    ...beginnings.map(b => begun(prefix, b)),
  ])
/**
 * With the near words in the place of those that are unknown, and beside those that are known. An unknown word that
 * nothing resembles is left out, unless it is alone.
 * `joined` are the same words with two of them written as one.
 */
export const soughtNear = (
  near: readonly Near[],
  joined: readonly (readonly string[])[],
  words: readonly string[],
): Sought | null => {
  const usable = near.filter(n => !n.unknown || n.instead.length || n.beginnings.length)
  const all = [
    ...(usable.length && (usable.length < near.length || usable.some(n => n.instead.length || n.beginnings.length))
      ? [
          (prefixes: readonly string[]) =>
            usable
              .filter(n => prefixes.length === 1 || !tooShort(n.word, near.length))
              .map((n, i) =>
                anyOf([
                  ...prefixes.map(p => nearTerm(p, n, n.unknown ? [] : [n.word.stem])),
                  ...(prefixes.length > 1
                    ? [
                        wideTerm(
                          n.word,
                          i,
                          near.map(({ word }) => word),
                        ),
                      ]
                    : []),
                ]),
              )
              .join('&'),
        ]
      : []),
    ...joined.map(
      list => (prefixes: readonly string[]) =>
        prefixes.length > 1 ? soughtWords(list).map(wideTerm).join('&') : whole(soughtWords(list)),
    ),
  ]
  if (all.length === 0) return null
  const either = (prefixes: readonly string[]) => all.map(q => `(${q(prefixes)})`).join('|')
  return { whole: either(['']), wide: either(['', '+']), names: [], length: words.join(' ').length }
}
