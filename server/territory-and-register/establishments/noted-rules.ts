import type { notedFields } from '../../../contract/territory-and-register/establishments.ts'
import { readTerms, soughtAsTyped } from './search-terms.ts'

export type NotedField = (typeof notedFields)[number]
/** As texts of scoped queries: all the words, and any of them. */
export interface NotedSought {
  readonly asked: string
  readonly some: string
}

/** Shorter, too many numbers begin so. */
const shortestPhone = 6
/** « 05 56 00 » and « +33 5 56 00 » are one phone being typed; undefined when it is none, or too short to tell. */
export const phoneBegun = (typed: string): string | undefined => {
  if (!/^\s*\+?\d[\d\s.]*$/.test(typed)) return undefined
  const digits = typed.replace(/^\s*\+33/, '0').replace(/\D/g, '')
  return digits.length >= shortestPhone && digits.length <= 10 ? digits : undefined
}

/** What is looked for in the words of partners: a phone as one dials it, or words. Undefined: nothing. */
export const notedSought = (typed: string): NotedSought | undefined => {
  const phone = phoneBegun(typed)
  if (phone) return { asked: `'§=p${phone}':*`, some: `'§=p${phone}':*` }
  const terms = readTerms(typed)
  const sought = terms.kind === 'words' ? soughtAsTyped(terms.words) : null
  return sought?.wide ? { asked: sought.wide, some: sought.some ?? sought.wide } : undefined
}
