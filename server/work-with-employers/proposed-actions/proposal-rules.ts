import type { RefusalCode } from '../../../contract/refusals.ts'
import { daysToAnswer } from '../../../contract/work-with-employers/proposed-actions.ts'
import { workingDaysAfter } from '../../platform/working-days.ts'

/** Why propose_action and settle_action_proposal do nothing. */
const reasons = [
  'next-action/owner-only',
  'next-action/already-done',
  'action-proposal/waiting',
  'action-proposal/structure-elsewhere',
  'action-proposal/answered',
  'action-proposal/lapsed',
  'not-found',
] as const satisfies readonly RefusalCode[]
/** What the database answered: nothing, or why not. */
export const reasonOf = (outcome: string): (typeof reasons)[number] | undefined => {
  const reason = reasons.find(code => code === outcome)
  if (outcome && !reason) throw new Error(`an outcome without words: ${outcome}`)
  return reason
}

/** How a person settles one. */
export type Outcome = 'accepted' | 'declined' | 'withdrawn'

/** The last day to answer what is proposed today. */
export const lapsesOn = (today: string): string => workingDaysAfter(today, daysToAnswer)
