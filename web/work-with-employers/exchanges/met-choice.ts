import { type Correspondent, firstOf, metWords } from '../correspondents/words.ts'

const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase()

/** Whom the whole line names, when it names one person alone. */
export const namedBy = (typed: string, people: readonly Correspondent[]): Correspondent | undefined => {
  const named = people.filter(person => same(typed, metWords(person)))
  return named.length === 1 ? named[0] : undefined
}
/** Those of whom the line says the surname: it may be one of them. */
export const maybeMet = (typed: string, people: readonly Correspondent[]): readonly Correspondent[] =>
  people.filter(person => {
    const surname = firstOf(person, 'familyName').toLowerCase()
    return same(typed, metWords(person)) || (surname !== '' && typed.toLowerCase().includes(surname))
  })
