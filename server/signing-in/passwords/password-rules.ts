import { commonPasswords, commonWords, frenchWords, series, walks } from './common-words-rules.ts'

/**
 * How strong a chosen password is (CNIL, délibération 2022-100 of 21 July 2022).
 * It asks for 80 bits, the level that rests on no other measure, although attempts are slowed down too
 * (throttle-rules.ts).
 * The computation is the CNIL's: characters × log2(alphabet), the alphabet being that of the classes used.
 * Classes: 26 small letters, 26 capitals, 10 digits, 37 others.
 * Hence 12 characters of the four classes (79.6, which the CNIL counts as 80), or 14 of letters and digits (83.4).
 * Or 17 small letters (79.9), or a phrase of 7 different words.
 * A part that guessing programs try whole counts as one character. Any other French word counts as two.
 * Such parts are a known word, a name, a year, a walk along the keyboard, a repetition.
 */
export type Weakness = 'password/too-short' | 'password/too-simple' | 'password/guessable' | 'password/personal'

const bitsWanted = 80
const charactersWanted = 12
const wordsWanted = 7

/** One form for one password, whichever way its accents were typed. */
export const normalized = (password: string): string => password.normalize('NFKC')

export const weaknessOf = (password: string, personal: readonly string[]): Weakness | null => {
  const text = normalized(password)
  const own = new Set(personal.flatMap(words => folded(words).split(/[^a-z0-9]+/)).filter(word => word.length >= 3))
  const words = new Set(
    folded(text)
      .split(/[^a-z]+/)
      .filter(word => word.length >= 3),
  )
  if (words.size >= wordsWanted) return isPhrase(words, own) ? null : 'password/guessable'
  const characters = [...text]
  if (characters.length < charactersWanted) return 'password/too-short'
  const bitsOfEach = Math.log2(alphabet(text))
  const enough = (counted: number) => Math.round(counted * bitsOfEach) >= bitsWanted
  if (!enough(characters.length)) return 'password/too-simple'
  const counted = countedCharacters(characters, own)
  if (enough(counted)) return null
  return counted < countedCharacters(characters, new Set()) ? 'password/personal' : 'password/guessable'
}

/** Seven words, those of one series (days, months, numbers) or of the person's own name being one. */
const isPhrase = (words: ReadonlySet<string>, own: ReadonlySet<string>) => {
  const kinds = [...words].map(word => (own.has(word) ? 'own' : String(series.findIndex(s => s.includes(word)))))
  return kinds.filter((kind, i) => kind === '-1' || kinds.indexOf(kind) === i).length >= wordsWanted
}

const alphabet = (text: string) =>
  (/\p{Ll}/u.test(text) ? 26 : 0) +
  (/\p{Lu}/u.test(text) ? 26 : 0) +
  (/\p{Nd}/u.test(text) ? 10 : 0) +
  (/[^\p{Ll}\p{Lu}\p{Nd}]/u.test(text) ? 37 : 0)

/** Small letters without accents, one for each character. */
const fold = (character: string) => character.toLowerCase().normalize('NFD')[0]!
const folded = (text: string) => [...text].map(fold).join('')
const disguises: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  '@': 'a',
  $: 's',
  '€': 'e',
  '!': 'i',
  '£': 'l',
}
const undisguised = (text: string) => [...text].map(c => disguises[c] ?? c).join('')

const countedCharacters = (characters: readonly string[], own: ReadonlySet<string>): number => {
  const plain = characters.map(fold).join('')
  const bare = undisguised(plain)
  let counted = 0
  for (let at = 0; at < plain.length; ) {
    const { length, counts } = guessedAtOnce(plain, bare, at, own)
    at += length
    counted += counts
  }
  return counted
}

/** How many characters, from here on, one guess gives, and for how many they count: the longest, at least the one. */
const guessedAtOnce = (
  plain: string,
  bare: string,
  at: number,
  own: ReadonlySet<string>,
): { readonly length: number; readonly counts: number } => {
  for (let length = Math.min(plain.length - at, 40); length >= 3; length--) {
    const part = plain.slice(at, at + length)
    const word = bare.slice(at, at + length)
    if (
      commonWords.has(part) ||
      commonWords.has(word) ||
      commonPasswords().has(part) ||
      commonPasswords().has(word) ||
      own.has(part) ||
      own.has(word) ||
      isYear(part) ||
      isRun(part) ||
      walks.some(w => w.includes(part)) ||
      plain.slice(0, at).includes(part)
    )
      return { length, counts: 1 }
    if (frenchWords().has(part) || frenchWords().has(word)) return { length, counts: 2 }
  }
  return { length: 1, counts: 1 }
}
const isYear = (part: string) => /^(19|20)\d\d$/.test(part)
/** The same character again, or each one step after the last. */
const isRun = (part: string) => {
  const step = part.charCodeAt(1) - part.charCodeAt(0)
  if (Math.abs(step) > 1) return false
  for (let i = 2; i < part.length; i++) if (part.charCodeAt(i) - part.charCodeAt(i - 1) !== step) return false
  return true
}
