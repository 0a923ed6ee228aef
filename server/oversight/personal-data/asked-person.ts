import type { Db } from '../../platform/database.ts'
import { isUuid } from '../../platform/ids.ts'
import { e164 } from '../../platform/phone.ts'
import { type FoundPerson, personsByEmail, personsById, personsByPhone } from './person.queries.ts'

/** How one line of what is typed was answered; what was typed is never said again. */
export type Answered =
  | { readonly outcome: 'found'; readonly person: FoundPerson }
  | { readonly outcome: 'several'; readonly persons: readonly FoundPerson[] }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'unreadable' }

const personsOf = (db: Db, typed: string): Promise<FoundPerson[]> | undefined => {
  if (/^[^\s@]+@[^\s@]+$/.test(typed)) return personsByEmail(db, typed.toLowerCase())
  if (isUuid(typed)) return personsById(db, typed)
  const phone = e164(typed)
  return phone === undefined ? undefined : personsByPhone(db, phone)
}

/** A number, an address or a phone: one person, or none. Several are never taken together: they may be homonyms. */
export const askedPerson = async (db: Db, typed: string): Promise<Answered> => {
  const persons = await personsOf(db, typed)
  if (persons === undefined) return { outcome: 'unreadable' }
  const [person, ...others] = [...new Map(persons.map(one => [one.id, one])).values()]
  if (!person) return { outcome: 'unknown' }
  return others.length > 0 ? { outcome: 'several', persons: [person, ...others] } : { outcome: 'found', person }
}
