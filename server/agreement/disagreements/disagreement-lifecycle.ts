import type { disagreementStates, disagreementSteps } from '../../../contract/agreement/disagreements.ts'

export type State = (typeof disagreementStates)[number]
export type StepKind = (typeof disagreementSteps)[number]

/**
 * What may happen of a disagreement in each state, and where it leads; the rest is refused (AGR-14).
 * Our choice: an outcome noted by one party is told to the other, which may open the disagreement again. What was
 * renounced stays so: another one is opened.
 */
export const transitions: Readonly<Record<State, Partial<Record<StepKind, State>>>> = {
  open: { attempt: 'open', settle: 'settled', fail: 'failed', withdraw: 'withdrawn' },
  failed: { attempt: 'failed', settle: 'settled', decide: 'decided', withdraw: 'withdrawn' },
  settled: { reopen: 'open' },
  withdrawn: {},
  decided: { reopen: 'failed' },
}

/** The state that its steps lead to, the first first. */
export const stateOf = (steps: readonly { readonly kind: StepKind }[]): State =>
  steps.reduce<State>((state, { kind }) => transitions[state][kind] ?? state, 'open')

interface Known {
  readonly party: string
  readonly steps: readonly { readonly kind: StepKind }[]
}
/** Article 11: an amicable settlement is sought before any court. */
export const wasAttempted = ({ steps }: Pick<Known, 'steps'>): boolean => steps.some(({ kind }) => kind === 'attempt')
/** What this party may note now. */
export const stepsLeft = (side: string | null, one: Known): StepKind[] =>
  side === null
    ? []
    : (Object.keys(transitions[stateOf(one.steps)]) as StepKind[]).filter(
        kind => (kind !== 'withdraw' || one.party === side) && (kind !== 'fail' || wasAttempted(one)),
      )
/** The court named last, while the disagreement is before it or was decided by it. */
export const courtOf = (steps: readonly { readonly kind: StepKind; readonly court: string | null }[]): string | null =>
  ['failed', 'decided'].includes(stateOf(steps)) ? (steps.findLast(s => s.kind === 'fail')?.court ?? null) : null

/** After the step before, which was noted under the lock that this one waited for: the state follows their order. */
export const notedAt = (now: Date, steps: readonly { readonly recordedAt: Date }[]): Date =>
  new Date(Math.max(now.getTime(), ...steps.map(step => step.recordedAt.getTime() + 1)))
