import type { rightsKinds, rightsOutcomes, rightsStates } from '../../../contract/oversight/rights-requests.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'
import { extendableUntil } from './deadlines.ts'

export type StepKind = 'identity' | 'extension' | 'answer' | 'recipients'
type Outcome = (typeof rightsOutcomes)[number]
export interface Noted {
  readonly kind: (typeof rightsKinds)[number]
  readonly receivedOn: string
  readonly steps: readonly {
    readonly kind: StepKind
    readonly happenedOn: string
    readonly outcome: Outcome | null
  }[]
}
const stepOf = ({ steps }: Pick<Noted, 'steps'>, kind: StepKind) => steps.find(step => step.kind === kind)

/**
 * Of these, recipients of the data are told once the request is granted (article 19 of the GDPR): an objection that is
 * granted erases (article 17.1 c). The clause `closed` of states.queries.ts says the same.
 */
export const kindsToTell = ['rectification', 'erasure', 'restriction', 'objection'] as const
const isToTell = ({ kind, steps }: Noted): boolean => {
  const answer = stepOf({ steps }, 'answer')
  return answer !== undefined && answer.outcome !== 'refused' && (kindsToTell as readonly string[]).includes(kind)
}
/** Granted, and its recipients neither told nor said to be none. */
export const leftToTell = (request: Noted): boolean => isToTell(request) && !stepOf(request, 'recipients')

/** Closed once answered, its recipients told where they must be. */
export const stateOf = (request: Noted): (typeof rightsStates)[number] =>
  stepOf(request, 'answer') && !leftToTell(request) ? 'closed' : 'open'

/** What may still be noted. An answer is always there until it is given: without identity, it may only be a refusal. */
export const stepsLeft = (request: Noted): StepKind[] => {
  if (stepOf(request, 'answer')) return leftToTell(request) ? ['recipients'] : []
  return (['identity', 'extension', 'answer'] as const).filter(kind => !stepOf(request, kind))
}

interface Step {
  readonly kind: StepKind
  readonly happenedOn: string
  readonly outcome: Outcome | null
}
/**
 * Why a step of that day may not be noted; null: it may. Days are YYYY-MM-DD, of Paris. The SQL twin is
 * ctx.rights_step_in_turn. It leaves to the rule alone the days of today, of the receipt and of the first month.
 */
export const refusedStep = (request: Noted, { kind, happenedOn, outcome }: Step, today: string): RefusalCode | null => {
  if (stepOf(request, kind)) return 'rights-request/already-noted'
  const [identity, answer] = [stepOf(request, 'identity'), stepOf(request, 'answer')]
  if (kind === 'recipients' ? !isToTell(request) : answer !== undefined)
    return kind === 'recipients' ? 'rights-request/nothing-to-tell' : 'rights-request/answered'
  // Nothing is given by a refusal: an identity that cannot be verified may be its very reason (article 11.2).
  if (kind === 'answer' && outcome !== 'refused' && !identity) return 'rights-request/identity-first'
  if (happenedOn > today) return 'rights-request/day-in-future'
  if (happenedOn < request.receivedOn) return 'rights-request/day-before'
  if (kind === 'answer' && outcome !== 'refused' && happenedOn < identity!.happenedOn)
    return 'rights-request/day-before'
  return kind === 'extension' && happenedOn > extendableUntil(request.receivedOn)
    ? 'rights-request/first-month-over'
    : null
}
