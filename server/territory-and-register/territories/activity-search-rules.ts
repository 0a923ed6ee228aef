import { plain } from '../../platform/plain-words.ts'
import { tradeWords } from './trade-words.ts'

export interface Labelled {
  readonly nomenclature: string
  readonly code: string
  readonly label: string
}

const wordsOf = (text: string) =>
  plain(text)
    .replaceAll('œ', 'oe')
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
/** « coiffeurs » is « coiffeur ». */
const singular = (word: string) => (word.length > 3 ? word.replace(/[sx]$/, '') : word)

const small = new Set(['de', 'du', 'des', 'd', 'la', 'le', 'les', 'l', 'et', 'en', 'a', 'au', 'aux', 'un', 'une'])
type Reading = readonly string[]
/** What a typed word may be in a label: itself, then the words of each trade that it names or begins. */
const readingsOf = (word: string): readonly Reading[] => {
  const typed = singular(word)
  const trades = Object.keys(tradeWords).filter(trade => (typed.length > 3 ? trade.startsWith(typed) : trade === typed))
  return [[typed], ...trades.flatMap(trade => tradeWords[trade]!.map(said => said.split(' ')))]
}
/** 0 for a whole word, 1 for a beginning, undefined when the label has neither. */
const nearness = (words: readonly string[], wanted: string) =>
  words.some(word => singular(word) === wanted) ? 0 : words.some(word => word.startsWith(wanted)) ? 1 : undefined

/** The least of the readings of a word that a label answers; those of a trade come after the word itself. */
const scoreOf = (words: readonly string[], readings: readonly Reading[]): number | undefined => {
  const scores = readings.flatMap((parts, at) => {
    const all = parts.map(part => nearness(words, part))
    return all.every(score => score !== undefined) ? [Math.max(...all) + (at ? 2 : 0)] : []
  })
  return scores.length ? Math.min(...scores) : undefined
}

/**
 * Activities by the beginning of their code (« 10.71 », « 1071c ») or by words of their label or of a trade, in any
 * order. The nearest first, then the widest level.
 */
export const searchActivities = (all: readonly Labelled[], typed: string, most: number): readonly Labelled[] => {
  const code = typed.trim().toUpperCase().replaceAll('.', '')
  if (/^\d\d/.test(code)) return all.filter(one => one.code.replaceAll('.', '').startsWith(code)).slice(0, most)
  const wanted = wordsOf(typed)
    .filter(word => !small.has(word))
    .map(readingsOf)
  if (!wanted.length) return []
  return all
    .flatMap(one => {
      const words = wordsOf(one.label)
      const scores = wanted.map(readings => scoreOf(words, readings))
      return scores.every(score => score !== undefined)
        ? [{ one, score: scores.reduce((sum, score) => sum + score, 0) }]
        : []
    })
    .sort((a, b) => a.score - b.score || a.one.code.length - b.one.code.length || a.one.code.localeCompare(b.one.code))
    .slice(0, most)
    .map(({ one }) => one)
}
