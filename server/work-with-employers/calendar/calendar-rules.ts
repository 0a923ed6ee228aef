import { type nextActionKinds, nextActionLabels } from '../../../contract/work-with-employers/exchanges/exchanges.ts'
import { siretText } from '../../platform/siret.ts'

/** What was done stays as many days in the calendar. */
export const pastDays = 90
/** The latest ones, where somebody has more. */
export const mostEvents = 1_000

export interface PlannedEvent {
  readonly id: string
  readonly kind: (typeof nextActionKinds)[number]
  readonly dueOn: string
  /** `HH:MM` in Europe/Paris; null for any time of that day. */
  readonly dueAt: string | null
  /** The instant of that hour. */
  readonly startsAt: Date | null
  readonly done: boolean
  /** In the register. */
  readonly closed: boolean
  readonly notToContact: boolean
  readonly version: number
  readonly siret: number
  readonly name: string | null
  readonly street: string | null
  readonly postalCode: string | null
  readonly town: string | null
}
export interface CalendarEvent {
  readonly id: string
  /** Greater at each change, as RFC 5545 wants of SEQUENCE. */
  readonly version: number
  readonly title: string
  /** Where to go; nothing for what is done from one's desk. */
  readonly place: string | null
  /** A day of Paris, or an instant with its length in minutes. */
  readonly when: { readonly day: string } | { readonly at: Date; readonly minutes: number }
  readonly cardPath: string
}

/** No end is planned: an hour for what one goes to, a quarter for the rest. */
const minutesOf = (kind: PlannedEvent['kind']) => (isGone(kind) ? 60 : 15)
const isGone = (kind: PlannedEvent['kind']) => kind === 'visite' || kind === 'rendez-vous'

/** First in the title: a telephone shows little more of it (EST-10, CAM-14). */
const before = ({ done, closed, notToContact }: PlannedEvent): string =>
  done ? 'Fait : ' : closed ? 'Fermé : ' : notToContact ? 'Ne pas contacter : ' : ''

/**
 * What a calendar shows of a next action: what, at which employer, when and where to go. Never whom one meets, nor what
 * was said (docs/decisions/0032).
 */
export const eventOf = (row: PlannedEvent): CalendarEvent => {
  const siret = siretText(row.siret)
  const town = [row.postalCode, row.town].filter(Boolean).join(' ')
  const address = [row.street, town].filter(Boolean).join(', ')
  return {
    id: row.id,
    version: row.version,
    title: `${before(row)}${nextActionLabels[row.kind]}, ${row.name ?? `établissement ${siret}`}`,
    place: isGone(row.kind) && address ? address : null,
    when: row.startsAt ? { at: row.startsAt, minutes: minutesOf(row.kind) } : { day: row.dueOn },
    cardPath: `/etablissements/${siret}`,
  }
}
