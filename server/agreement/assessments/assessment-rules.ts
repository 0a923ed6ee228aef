import { addMonths, parisDay } from '../../platform/time.ts'

/**
 * The day on which a partner's security is due: the one that the last assessment set.
 * The first is due a year after the convention took effect. Null: nothing is in effect.
 */
export const assessmentDueOn = (nextDueOn: string | null, since: Date | null): string | null =>
  nextDueOn ?? (since && addMonths(parisDay(since), 12))
export const isAssessmentLate = (dueOn: string | null, today: string): boolean => dueOn !== null && dueOn < today
/** Done already, and the next one within the year. */
export const datesHold = (assessedOn: string, nextDueOn: string, today: string): boolean =>
  assessedOn <= today && nextDueOn > assessedOn && nextDueOn <= addMonths(assessedOn, 12)
