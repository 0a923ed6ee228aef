import type { ServiceKind } from '../../../contract/territory-and-register/sought.ts'
import type { ServiceUse } from '../../../contract/work-with-employers/services/services.ts'
import { Refused } from '../../platform/errors.ts'
import { addMonths } from '../../platform/time.ts'

export interface Dated {
  readonly usedOn: string
  readonly endedOn: string | null
}
export const firstDay = '2000-01-01'
/** The operator's decision of April 2024 ended the AFPR, and the decree of 18 June gave its place to the POEI. */
export const afprEnd = '2024-07-01'

/** Days of Paris. */
export const areDaysPossible = ({ usedOn, endedOn }: Dated, today: string): boolean =>
  usedOn >= firstDay && usedOn <= today && (endedOn === null || endedOn >= usedOn)

export const checkDays = (dated: Dated, today: string): void => {
  if (!areDaysPossible(dated, today)) throw new Refused('operator-service/days')
}

/** A label of the past is entered nowhere; where a file brought it, its own day may be corrected within the past. */
export const checkKind = (kind: ServiceKind, usedOn: string, current?: ServiceKind): void => {
  if (kind === 'afpr' && (current !== 'afpr' || usedOn >= afprEnd)) throw new Refused('operator-service/past-label')
}

/** The day after which the last twelve months lie, and the twelve before. */
export const usagePeriods = (today: string): { readonly last: string; readonly before: string } => ({
  last: addMonths(today, -12),
  before: addMonths(today, -24),
})

/**
 * What the network calls a use (« recours »): an offer and the services around it, a profile put forward, training
 * before hire, a subsidised contract. An event for the public is none.
 * The SQL twin is services_users.
 */
export const isUse = (kind: ServiceKind): boolean => kind !== 'evenement'

/** Twelve months run to today and the twelve before them, by the days of what counts as used. */
export const usageOf = (
  used: readonly { readonly kind: ServiceKind; readonly usedOn: string }[],
  today: string,
): ServiceUse => {
  const { last, before } = usagePeriods(today)
  const days = used.filter(({ kind }) => isUse(kind)).map(({ usedOn }) => usedOn)
  const lately = days.some(day => day > last && day <= today)
  const earlier = days.some(day => day > before && day <= last)
  return lately ? (earlier ? 'faithful' : 'new') : earlier ? 'lost' : 'none'
}
