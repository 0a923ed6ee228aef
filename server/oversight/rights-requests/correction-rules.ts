import type { rightsChannels, rightsKinds, rightsWhose } from '../../../contract/oversight/rights-requests.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'
import type { StepKind } from './rights-request-rules.ts'

/** What is typed of a request when it is entered. */
export interface Entry {
  readonly kind: (typeof rightsKinds)[number]
  readonly whose: (typeof rightsWhose)[number]
  readonly person: string
  readonly channel: (typeof rightsChannels)[number]
  readonly receivedOn: string
}
export const entryOf = ({ kind, whose, person, channel, receivedOn }: Entry): Entry => ({
  kind,
  whose,
  person,
  channel,
  receivedOn,
})
/** The members that two entries do not say alike, in the order of the form. */
export const changedIn = (before: Entry, after: Entry): (keyof Entry)[] =>
  (Object.keys(entryOf(before)) as (keyof Entry)[]).filter(member => before[member] !== after[member])

interface Stands extends Entry {
  readonly steps: readonly { readonly kind: StepKind; readonly happenedOn: string }[]
}
/**
 * Why what was entered may not be corrected so; null: it may. Days are YYYY-MM-DD, of Paris. correct_rights_request
 * answers the same codes. The person stays once their identity is checked: another's data would be given on that check.
 * An extension that a corrected receipt puts past the first month stays noted, and lengthens
 * nothing (article 12.3 of the GDPR): the true day is worth more than a delay.
 */
export const refusedCorrection = (request: Stands, after: Entry, today: string): RefusalCode | null => {
  if (request.steps.some(step => step.kind === 'answer')) return 'rights-request/answered'
  if (changedIn(request, after).length === 0) return 'rights-request/unchanged'
  if (after.person !== request.person && request.steps.some(step => step.kind === 'identity'))
    return 'rights-request/identity-checked'
  if (after.receivedOn > today) return 'rights-request/day-in-future'
  return request.steps.some(step => step.happenedOn < after.receivedOn) ? 'rights-request/step-before' : null
}

interface Replaced extends Entry {
  readonly version: number
}
/** Each correction, the last first: what it replaced, and what it said instead, which the next one replaced in turn. */
export const withAfter = <Row extends Replaced>(rows: readonly Row[], now: Entry) => {
  const sorted = rows.toSorted((a, b) => b.version - a.version)
  return sorted.map((row, n) => ({ row, before: entryOf(row), after: entryOf(sorted[n - 1] ?? now) }))
}
