import { longestYears } from '../../../contract/work-with-employers/do-not-contact.ts'
import { Refused } from '../../platform/errors.ts'

export interface MarkDays {
  readonly startsOn: string
  readonly until: string
  readonly endedAt: Date | null
}

/** The last day that a mark made on this day may reach; the 29th of February gives the 28th. */
export const lastDayFrom = (day: string): string => {
  const then = `${Number(day.slice(0, 4)) + longestYears}${day.slice(4)}`
  return then.endsWith('-02-29') ? `${then.slice(0, 8)}28` : then
}

/** Days of Paris. The constraint do_not_contact_marks_days says the same. */
export const checkUntil = (until: string, today: string): void => {
  if (until < today) throw new Refused('do-not-contact/until-past')
  if (until > lastDayFrom(today)) throw new Refused('do-not-contact/until-too-far')
}

/** Its last day included. The SQL twin is not_to_contact_until. */
export const stands = ({ startsOn, until, endedAt }: MarkDays, today: string): boolean =>
  endedAt === null && startsOn <= today && today <= until
