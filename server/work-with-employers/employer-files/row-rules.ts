import type { Static } from 'typebox'
import { emailPattern } from '../../../contract/common.ts'
import type { FileRow, leftRowReasons } from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { channels, results } from '../../../contract/work-with-employers/exchanges.ts'
import { e164 } from '../../platform/phone.ts'
import { isDay } from '../../platform/time.ts'
import { whenWrong } from '../exchanges/exchange-rules.ts'

export type Said = Omit<Static<typeof FileRow>, 'line'>
export type LeftReason = (typeof leftRowReasons)[number]
type Result = (typeof results)[number]
export interface PastContact {
  readonly occurredOn: string
  readonly channel: string
  readonly result: Result
  readonly notes: string | null
}
export interface Value {
  readonly field: string
  readonly value: string
}
export interface ReadRow {
  readonly person: readonly Value[]
  readonly contact: PastContact | null
  /** Said without a date: it tells of no contact. */
  readonly note: string | null
}

const texts = ['civility', 'familyName', 'givenName', 'role'] as const
const phones = ['phone', 'otherPhone'] as const
const oneLine = (text: string) => text.trim().replace(/\s+/g, ' ')
const email = new RegExp(emailPattern)

const personOf = (said: Said): readonly Value[] | LeftReason => {
  const values: Value[] = texts.flatMap(field => (said[field] ? [{ field, value: oneLine(said[field]) }] : []))
  if (said.email) {
    if (!email.test(said.email.trim())) return 'email-unreadable'
    values.push({ field: 'email', value: said.email.trim() })
  }
  for (const field of phones) {
    if (!said[field]) continue
    const number = e164(said[field])
    if (number === undefined) return 'phone-unreadable'
    if (!values.some(({ value }) => value === number)) values.push({ field, value: number })
  }
  return values
}

const isChannel = (text: string | undefined): text is (typeof channels)[number] =>
  (channels as readonly string[]).includes(text ?? '')
const isResult = (text: string | undefined): text is Result => (results as readonly string[]).includes(text ?? '')
const dayReasons = { 'exchange/in-future': 'day-to-come', 'exchange/too-old': 'too-old' } as const

/** A row that says a day tells of a contact: it then says how and with what result. */
const contactOf = (said: Said, today: string): PastContact | null | LeftReason => {
  const day = said.day?.trim()
  if (!day) return null
  if (!isDay(day)) return 'day-unreadable'
  const wrong = whenWrong(day, today)
  if (wrong) return dayReasons[wrong]
  if (!isChannel(said.channel)) return 'channel-unknown'
  if (!isResult(said.result)) return 'result-unknown'
  return { occurredOn: day, channel: said.channel, result: said.result, notes: said.notes?.trim() ?? null }
}

export const hasName = (values: readonly Value[]): boolean =>
  values.some(({ field }) => field === 'familyName' || field === 'givenName' || field === 'role')

/** What a row of a recognised employer says, or why nothing of it is taken. */
export const readRow = (said: Said, today: string): ReadRow | LeftReason => {
  const person = personOf(said)
  if (typeof person === 'string') return person
  const contact = contactOf(said, today)
  if (typeof contact === 'string') return contact
  const note = contact ? null : said.notes?.trim() || null
  if (!contact && !note) {
    if (person.length === 0) return 'nothing'
    if (!hasName(person)) return 'nobody'
  }
  return { person, contact, note }
}
