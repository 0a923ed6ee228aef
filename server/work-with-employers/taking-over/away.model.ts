import type { awayReasons } from '../../../contract/work-with-employers/taking-over.ts'

export type AwayReason = (typeof awayReasons)[number]
export interface HolderFacts {
  /** The operator has no convention with itself. */
  readonly ofOperator: boolean
  readonly conventionInForce: boolean
  readonly status: 'active' | 'suspended' | 'blocked' | 'deleted'
  /** For each right of campagnes to work with employers that they hold today: what keeps it from opening. */
  readonly held: readonly (readonly string[])[]
  readonly absences: readonly { readonly startsOn: string; readonly endsOn: string }[]
}

/** What the person settles alone, by accepting a text or renewing their awareness; or the operator, by publishing. */
export const theirsToSettle: readonly string[] = [
  'cgu',
  'cgu-unpublished',
  'confidentialite',
  'confidentialite-unpublished',
  'securite',
  'securite-unpublished',
  'awareness',
  'cpu',
  'cpu-unpublished',
  'annex-4-unpublished',
]

/** Why someone does not do their work; null: they do. The SQL twin is ctx.why_away. */
export const whyAway = (holder: HolderFacts, today: string): AwayReason | null => {
  if (!holder.ofOperator && !holder.conventionInForce) return 'convention-over'
  if (holder.status === 'deleted') return 'departed'
  if (!holder.held.some(missing => missing.every(term => theirsToSettle.includes(term)))) return 'no-access'
  return holder.absences.some(({ startsOn, endsOn }) => startsOn <= today && today <= endsOn) ? 'absent' : null
}

export interface PilotFacts {
  /** The operator has no convention with itself. */
  readonly ofOperator: boolean
  readonly conventionInForce: boolean
  /** For each right to pilot over the whole of a campaign that its people hold today: what keeps it from opening. */
  readonly held: readonly (readonly string[])[]
}
/**
 * Why a structure can pilot a campaign no more; null: someone of it can, or can again by what they settle alone. An absence
 * takes no pilot away: it has a last day. The SQL twin is ctx.why_unpiloted.
 */
export const whyUnpiloted = ({
  ofOperator,
  conventionInForce,
  held,
}: PilotFacts): 'convention-over' | 'no-pilot' | null => {
  if (!ofOperator && !conventionInForce) return 'convention-over'
  return held.some(missing => missing.every(term => theirsToSettle.includes(term))) ? null : 'no-pilot'
}
