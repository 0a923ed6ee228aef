import type {
  notAskedReasons,
  ratings,
  satisfactionStates,
} from '../../../contract/work-with-employers/needs/satisfaction.ts'
import { addDays, parisDay } from '../../platform/time.ts'

/** Leaves who closed the need the time to correct it, or to have nothing asked. */
export const daysBeforeAsking = 3
/** Later, the employer has forgotten: nothing is asked of what was closed before. */
export const daysToAsk = 30
export const daysToAnswer = 30
/** One question a season at most: an employer who says many needs is not asked after each. */
export const daysApart = 90
/** As long as the same person is not asked again: the link still refuses, and the address is still known. */
export const daysOfLink = daysApart
export const monthsOfComment = 12
/** Fewer answers than this say what each employer thinks: their sum is told to who reads them alone. */
export const leastTold = 5

export interface Survey {
  readonly notAsked: (typeof notAskedReasons)[number] | null
  readonly settledAt: Date
  readonly expiresAt: Date | null
  readonly answeredAt: Date | null
  readonly rating: (typeof ratings)[number] | null
  readonly comment: string | null
}
export interface Asked {
  readonly closedAt: Date | null
  /** Whether who spoke of the need is still there, with an e-mail. */
  readonly reachable: boolean
  readonly survey: Survey | null
}
export type SatisfactionState = (typeof satisfactionStates)[number]

/** From this day, in Paris, the question may leave. */
export const askedFrom = (closedAt: Date): string => addDays(parisDay(closedAt), daysBeforeAsking)

/** Null: the need stands, and was never asked about. */
export const satisfactionState = ({ closedAt, reachable, survey }: Asked, now: Date): SatisfactionState | null => {
  if (survey) {
    if (survey.notAsked) return 'not-asked'
    if (survey.answeredAt) return 'answered'
    return survey.expiresAt! <= now ? 'expired' : 'asked'
  }
  if (!closedAt) return null
  if (parisDay(now) > addDays(parisDay(closedAt), daysToAsk)) return 'lapsed'
  return reachable ? 'to-ask' : 'nobody'
}
