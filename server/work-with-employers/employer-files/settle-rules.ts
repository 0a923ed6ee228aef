import type {
  contactOutcomes,
  noteOutcomes,
  personOutcomes,
} from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { likelySame } from '../correspondents/alike-rules.ts'
import { type Identifier, identifiersOf, without } from '../correspondents/objection-rules.ts'
import { hasName, type PastContact, type ReadRow, type Value } from './row-rules.ts'

export interface Known {
  readonly id: string
  readonly retired: boolean
  readonly values: readonly Value[]
  /** What a file brought once and somebody set aside. */
  readonly aside?: readonly Value[]
}
/** What is there at one establishment before a row: whom one knows, the contacts and the notes of one's own structure. */
export interface Standing {
  readonly siret: number
  readonly people: readonly Known[]
  readonly contacts: ReadonlySet<string>
  readonly notes: ReadonlySet<string>
}
export interface NewValue extends Value {
  readonly id: string
}
export interface Settled {
  readonly person: (typeof personOutcomes)[number] | null
  readonly exchange: (typeof contactOutcomes)[number] | null
  readonly undated: (typeof noteOutcomes)[number] | null
  /** The person of the row, known or new; null without one. */
  readonly personId: string | null
  readonly values: readonly NewValue[]
  /** Null when it is there already. */
  readonly contact: PastContact | null
  /** Null when it is there already, or when annex 4 closes notes. */
  readonly note: string | null
}

/** Two contacts of one structure with one employer, the same day by the same channel, are one. */
export const contactKey = ({ occurredOn, channel }: { readonly occurredOn: string; readonly channel: string }) =>
  `${occurredOn} ${channel}`
/** Two notes of one structure on one employer that say the same words are one. */
export const noteKey = (notes: string) => notes.trim().replace(/\s+/g, ' ').toLowerCase()
export const identifierKey = ({ kind, what }: Identifier) => `${kind} ${what}`

const says = (values: readonly Value[], { field, value }: Value) =>
  values.some(other =>
    field === 'phone' || field === 'otherPhone'
      ? (other.field === 'phone' || other.field === 'otherPhone') && other.value === value
      : other.field === field && other.value.toLowerCase() === value.toLowerCase(),
  )
const knownAs = (values: readonly Value[], people: readonly Known[]): Known | undefined => {
  const same = people.filter(one => likelySame(one.values, values) || values.every(value => says(one.values, value)))
  return same.find(({ retired }) => !retired) ?? same[0]
}
/** Names are how the person was recognised: a file does not spell them otherwise. */
const names = ['civility', 'familyName', 'givenName']
/** What the file adds to someone known: what is there is neither taken away nor doubled, what was set aside is not back. */
const missing = (values: readonly Value[], person: Known): readonly Value[] =>
  values.filter(
    value =>
      !says(person.values, value) &&
      !says(person.aside ?? [], value) &&
      !(names.includes(value.field) && person.values.some(({ field }) => field === value.field)),
  )

type OfPerson = Pick<Settled, 'person' | 'personId' | 'values'>
const nobody: OfPerson = { person: null, personId: null, values: [] }

const settlePerson = (
  values: readonly Value[],
  { siret, people }: Standing,
  objected: ReadonlySet<string>,
  newId: () => string,
): OfPerson => {
  if (values.length === 0) return nobody
  const known = knownAs(values, people)
  const fresh = without(identifiersOf(values, siret), known ? identifiersOf(known.values, siret) : [])
  if (fresh.some(identifier => objected.has(identifierKey(identifier)))) return { ...nobody, person: 'objected' }
  const withIds = (some: readonly Value[]) => some.map(({ field, value }) => ({ id: newId(), field, value }))
  if (known) {
    const more = known.retired ? [] : missing(values, known)
    return { person: more.length ? 'completed' : 'known', personId: known.id, values: withIds(more) }
  }
  if (!hasName(values)) return { ...nobody, person: 'nameless' }
  return { person: 'added', personId: newId(), values: withIds(values) }
}

const undatedOf = (note: string | null, { notes }: Standing, open: boolean): Settled['undated'] => {
  if (note === null) return null
  if (!open) return 'closed'
  return notes.has(noteKey(note)) ? 'known' : 'added'
}

/**
 * What a row makes at its establishment, and how it stands for the next row. Nothing is written here. `opened`: whether annex
 * 4 opens « interlocuteurs » and « notes »; else the row brings nobody, or no note (AGR-12).
 */
export const settleRow = (
  { person: values, contact, note }: ReadRow,
  standing: Standing,
  objected: ReadonlySet<string>,
  newId: () => string,
  opened = { interlocuteurs: true, notes: true },
): { readonly settled: Settled; readonly after: Standing } => {
  const ofPerson: OfPerson =
    opened.interlocuteurs || values.length === 0
      ? settlePerson(values, standing, objected, newId)
      : { ...nobody, person: 'closed' }
  const undated = undatedOf(note, standing, opened.notes)
  const there = contact !== null && standing.contacts.has(contactKey(contact))
  const settled: Settled = {
    ...ofPerson,
    exchange: contact === null ? null : there ? 'known' : 'added',
    undated,
    contact: there ? null : contact,
    note: undated === 'added' ? note : null,
  }
  const { personId, person } = ofPerson
  const people =
    person === 'added'
      ? [...standing.people, { id: personId!, retired: false, values: ofPerson.values }]
      : standing.people.map(one =>
          one.id === personId ? { ...one, values: [...one.values, ...ofPerson.values] } : one,
        )
  const contacts = contact && !there ? new Set([...standing.contacts, contactKey(contact)]) : standing.contacts
  const notes = settled.note ? new Set([...standing.notes, noteKey(settled.note)]) : standing.notes
  return { settled, after: { ...standing, people, contacts, notes } }
}
