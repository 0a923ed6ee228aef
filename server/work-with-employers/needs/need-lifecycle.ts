import type { RefusalCode } from '../../../contract/refusals.ts'
import {
  hiringKinds,
  type NeedKind,
  type NeedState,
  type needActs,
  standingNeedStates,
} from '../../../contract/work-with-employers/needs.ts'

export type NeedAct = (typeof needActs)[number]
export interface LivingNeed {
  readonly kind: NeedKind
  readonly state: NeedState
  readonly posts: number | null
  readonly hired: number
}

export const endsWithHires = (kind: NeedKind): boolean => (hiringKinds as readonly string[]).includes(kind)
export const stands = (state: NeedState): boolean => (standingNeedStates as readonly string[]).includes(state)

const standing = standingNeedStates
const ended = ['pourvu', 'pourvu-autrement', 'abandonne'] as const
/** The whole life of a need: from which states each act goes, and to which. */
const moves: Record<
  NeedAct,
  { readonly from: readonly NeedState[]; readonly to: (need: LivingNeed) => NeedState | null }
> = {
  take: { from: ['ouvert'], to: () => 'pris-en-charge' },
  'give-back': { from: ['pris-en-charge', 'partiellement-pourvu'], to: () => 'ouvert' },
  unreachable: { from: ['pris-en-charge'], to: () => 'ouvert' },
  hire: {
    from: ['pris-en-charge', 'partiellement-pourvu'],
    to: ({ kind, posts, hired }) =>
      endsWithHires(kind) ? (posts !== null && hired >= posts ? 'pourvu' : 'partiellement-pourvu') : null,
  },
  answer: { from: ['pris-en-charge'], to: ({ kind }) => (endsWithHires(kind) ? null : 'pourvu') },
  'fill-otherwise': { from: standing, to: () => 'pourvu-autrement' },
  abandon: { from: standing, to: () => 'abandonne' },
  reopen: { from: ended, to: () => 'ouvert' },
}

/** `hired` counts those of the act; null: not from there. The SQL twin is need_state_after. */
export const stateAfter = (need: LivingNeed, act: NeedAct): NeedState | null => {
  const { from, to } = moves[act]
  return from.includes(need.state) ? to(need) : null
}

/** Why act_on_need, propose_need and settle_need_proposal do nothing. */
const reasons = [
  'not-found',
  'need/taken',
  'need/not-from-there',
  'need/more-hires-than-posts',
  'need/not-open',
  'need/already-proposed',
  'need/declined-already',
  'need/structure-elsewhere',
  'need/proposal-answered',
] as const satisfies readonly RefusalCode[]
/** What the database answered: nothing, or why not. */
export const reasonOf = (outcome: string): (typeof reasons)[number] | undefined => {
  const reason = reasons.find(code => code === outcome)
  if (outcome && !reason) throw new Error(`an outcome without words: ${outcome}`)
  return reason
}
