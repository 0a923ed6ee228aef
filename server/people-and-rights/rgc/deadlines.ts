import type { deedStates } from '../../../contract/people-and-rights/rgc.ts'
import { addDays, addMonths, endOfDay } from '../../platform/time.ts'

export const daysToDeclare = 8
/**
 * A departure or a change of function is known at once. An unforeseen absence is known when its two months have passed.
 * That is at 24:00 of their last day (annex 1, 1.4).
 */
export type RgcEvent =
  | { readonly kind: 'depart' | 'changement-de-fonction'; readonly lastDay: string; readonly knownOn: string }
  | { readonly kind: 'absence'; readonly absentFrom: string; readonly foreseenOn: string | null }
export const knownOn = (event: RgcEvent): string =>
  event.kind !== 'absence' ? event.knownOn : (event.foreseenOn ?? addMonths(event.absentFrom, 2))
/** The last day on which the CSSI may be told in time. */
export const declareBy = (event: RgcEvent): string => addDays(knownOn(event), daysToDeclare)
export type ReminderStep = 'known' | 'three-days' | 'last-day' | 'late'
export const isLate = (event: RgcEvent, declaredAt: Date): boolean => declaredAt >= endOfDay(declareBy(event))
/** Only an absence that outlasts two months is to be declared; one whose end nobody knows is. */
export const isLongAbsence = (absentFrom: string, backOn: string | null): boolean =>
  backOn === null || addDays(backOn, -1) > addMonths(absentFrom, 2)
/**
 * When the rights of an account manager end: with the last day in the function, never before it was declared (RGC-6).
 */
export const rightsEnd = (event: RgcEvent, declaredAt: Date): Date => {
  const last = endOfDay(event.kind === 'absence' ? addDays(event.absentFrom, -1) : event.lastDay)
  return last > declaredAt ? last : declaredAt
}
/**
 * A month of silence is acceptance (annex 1, 1.1), counted from the CSSI's receipt. The day of receipt is not counted.
 * The last day lasts to 24:00 in Paris. A shorter month ends it on its own last day. The SQL twin is
 * ctx.month_of_silence.
 */
export const silenceAccepts = (receivedOn: string): Date => endOfDay(addMonths(receivedOn, 1))

/** What becomes of a deed is read from its facts at each instant: no job need have run. */
export interface DeedFacts {
  readonly sentAt: Date | null
  readonly abandonedAt: Date | null
  /**
   * Proposed after a refusal: in force once accepted, or at this instant by silence. Null for any other, in force as
   * soon as the CSSI has it.
   */
  readonly silenceAcceptsAt: Date | null
  readonly decision: { readonly kind: 'acceptation' | 'refus'; readonly at: Date } | null
  /** By the structure, of a paper that the operator entered. */
  readonly contestedAt?: Date | null
}
export type DeedState = Exclude<(typeof deedStates)[number], 'termine'>
export const isContested = ({ contestedAt }: DeedFacts, at: Date): boolean => contestedAt != null && contestedAt <= at
/** What a deed has come to at an instant. The SQL twin is ctx.deed_in_force. */
export const deedState = (deed: DeedFacts, at: Date): DeedState => {
  const { sentAt, abandonedAt, silenceAcceptsAt, decision } = deed
  if (sentAt === null || sentAt > at) return abandonedAt !== null && abandonedAt <= at ? 'abandonne' : 'a-signer'
  if (isContested(deed, at)) return 'conteste'
  const decided = decision !== null && decision.at <= at ? decision.kind : null
  if (decided === 'refus') return 'refuse'
  return decided === 'acceptation' || silenceAcceptsAt === null || silenceAcceptsAt <= at ? 'en-vigueur' : 'en-attente'
}
/** Refusing and accepting end with acceptance, said or silent. The SQL twin is the policy rgc_decisions.decide. */
export const isDecidable = (deed: DeedFacts, at: Date): boolean =>
  deed.sentAt !== null &&
  deed.sentAt <= at &&
  !isContested(deed, at) &&
  deed.decision === null &&
  (deed.silenceAcceptsAt === null || deed.silenceAcceptsAt > at)
