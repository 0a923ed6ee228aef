import type { Static } from 'typebox'
import { correctionDays } from '../../../contract/agreement/conventions.ts'
import type { declareRgcEvent } from '../../../contract/people-and-rights/rgc.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'
import type { Verdict } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import type { RgcEvent } from './deadlines.ts'

type Declared = Static<typeof declareRgcEvent.body>

/**
 * Each kind has its own dates alone. A known event was known today at the latest. An unforeseen absence has begun.
 * An event entered for the structure has its paper, the day it bears and the day it was received, once it was known.
 */
export const eventFault = (
  { kind, lastDay, knownOn, absentFrom, backOn, foreseenOn, receivedOn, signedOn, file }: Declared,
  today: string,
  received: boolean,
): RefusalCode | null => {
  if (received !== Boolean(receivedOn) || received !== Boolean(signedOn)) return 'rgc/event-dates'
  if (received !== Boolean(file)) return received ? 'rgc/paper-required' : 'rgc/event-dates'
  if (
    receivedOn &&
    (receivedOn > today || signedOn! > receivedOn || (knownOn ?? foreseenOn ?? receivedOn) > receivedOn)
  )
    return 'rgc/event-dates'
  const dated =
    kind === 'absence'
      ? absentFrom &&
        !lastDay &&
        !knownOn &&
        (!backOn || backOn > absentFrom) &&
        (foreseenOn ? foreseenOn <= today : absentFrom <= today)
      : lastDay && knownOn && knownOn <= today && !absentFrom && !backOn && !foreseenOn
  return dated ? null : 'rgc/event-dates'
}
/** A departure always ends the account; a change of function when it no longer needs one (ACC-6). */
export const endsAccount = ({ kind, endsAccount }: Declared): boolean =>
  kind === 'depart' || (kind === 'changement-de-fonction' && endsAccount === true)
/** Of a declaration without fault. */
export const eventOf = ({ kind, lastDay, knownOn, absentFrom, foreseenOn }: Declared): RgcEvent =>
  kind === 'absence'
    ? { kind, absentFrom: absentFrom!, foreseenOn: foreseenOn ?? null }
    : { kind, lastDay: lastDay!, knownOn: knownOn! }
/** Whether the days of a paper follow each other, up to today; what it tells was known when it was received. */
export const paperFault = (
  { signedOn, receivedOn }: { readonly signedOn: string; readonly receivedOn: string },
  today: string,
  knownOn: string | null = null,
): RefusalCode | null =>
  signedOn > receivedOn || receivedOn > today || (knownOn !== null && knownOn > receivedOn) ? 'rgc/paper-dates' : null
/**
 * A day of receipt that changes at once what a deed is worth (RGC-3), its month over where it was not or the reverse:
 * who tells it confirms the end of the month that follows from it (AGR-13). A refusal undoes what is written.
 */
export const mustConfirmEffect = (
  acceptsAt: { readonly before: Date | null; readonly after: Date | null },
  { monthEnds, confirms }: { readonly monthEnds: Date; readonly confirms: string | undefined },
  now: Date,
): void => {
  const isOver = (at: Date | null) => at !== null && at <= now
  if (isOver(acceptsAt.before) === isOver(acceptsAt.after)) return
  if (confirms === undefined || Date.parse(confirms) !== monthEnds.getTime())
    throw new Refused('rgc/confirm-acceptance', { facts: { acceptsAt: monthEnds.toISOString() } })
}
interface Days {
  readonly signedOn?: string | null | undefined
  readonly receivedOn?: string | undefined
}
/** The days of a paper that change, before and after; null: none does. */
export const correctedDays = (
  paper: Days,
  asked: Days,
): { readonly before: Partial<Record<PaperDay, string>>; readonly after: Partial<Record<PaperDay, string>> } | null => {
  const changed = paperDays.filter(day => asked[day] && asked[day] !== paper[day])
  const only = (from: Days) => Object.fromEntries(changed.flatMap(day => (from[day] ? [[day, from[day]]] : [])))
  return changed.length === 0 ? null : { before: only(paper), after: only(asked) }
}
/** Who entered a paper and when, then who corrected which of its days, the last first. */
export interface PaperTold {
  readonly by: string
  readonly at: Date
  readonly corrections: readonly { readonly after: Days; readonly by: string; readonly at: string }[]
}
/**
 * A day of a paper is corrected by someone else than who told it last, within the delay that runs from then (AGR-13).
 * The SQL twin is ctx.corrects.
 */
export const correctsPaperDay = (accountId: string, told: PaperTold, day: PaperDay, now: Date): Verdict => {
  const last = told.corrections.find(one => one.after[day]) ?? told
  return last.by === accountId
    ? 'rgc/second-person'
    : now.getTime() <= new Date(last.at).getTime() + correctionDays * 86_400_000 || 'rgc/correction-too-late'
}
export const correctsSomeDay = (accountId: string, told: PaperTold, now: Date): boolean =>
  paperDays.some(day => correctsPaperDay(accountId, told, day, now) === true)
const paperDays = ['signedOn', 'receivedOn'] as const
export type PaperDay = (typeof paperDays)[number]
