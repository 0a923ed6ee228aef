import { phoneBegun } from '../../territory-and-register/establishments/noted-rules.ts'
import { wordsOf } from '../../territory-and-register/establishments/search-terms.ts'

export interface SoughtPeople {
  /** Of names of campaigns and colleagues. */
  readonly names: readonly string[]
  /** Of names and phones of correspondents: none when what was typed is too short to tell people apart. */
  readonly persons: readonly string[]
}

/** Shorter, a beginning would show people whom nobody looks for. */
const shortest = 3
const most = 6

export const soughtPeople = (typed: string): SoughtPeople => {
  if (/^\s*\+?\d[\d\s.]*$/.test(typed)) {
    const phone = phoneBegun(typed)
    return { names: [typed.replace(/^\s*\+33/, '0').replace(/\D/g, '')], persons: phone ? [phone] : [] }
  }
  const words = wordsOf(typed).slice(0, most)
  return { names: words, persons: words.some(word => word.length >= shortest) ? words : [] }
}
