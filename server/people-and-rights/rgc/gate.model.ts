/**
 * Executable specification: production runs the SQL (ctx.rgc_missing, ctx.stands_on_deed); gate.test.ts proves them
 * equal.
 */
import type { RgcTerm } from '../../../contract/people-and-rights/rgc.ts'
import { type DeedFacts, deedState } from './deadlines.ts'

export interface StandingDeed extends DeedFacts {
  readonly organisationId: string
  readonly memberIds: readonly string[]
}
interface Span {
  readonly from: Date
  readonly until: Date | null
}

/** Conditions of the tool of a partner's account manager (RGC-4). */
export interface GateFacts {
  readonly accountId: string
  readonly organisationId: string
  /** The conventions of their structure, each while it is in force. */
  readonly conventions: readonly Span[]
  /** All those of their structure. */
  readonly deeds: readonly StandingDeed[]
  readonly certificatesAt: readonly Date[]
  readonly conditionsAccepted: (at: Date) => boolean
  /** The cuts of the account, or of its management of accounts. */
  readonly cuts: readonly Span[]
  /** Enrolled here, or proven at least once at the identity provider. */
  readonly secondFactor: boolean
}

const within = ({ from, until }: Span, at: Date) => from <= at && (until === null || until > at)

/**
 * Named by a deed in force, and by every deed sent since: the partner has not let them go. The SQL twin is
 * ctx.stands_on_deed.
 */
export const standsOnDeed = (
  { accountId, organisationId, deeds }: Pick<GateFacts, 'accountId' | 'organisationId' | 'deeds'>,
  at: Date,
): boolean => {
  const sent = deeds.filter(d => d.organisationId === organisationId && d.sentAt !== null && d.sentAt <= at)
  return sent.some(
    deed =>
      deed.memberIds.includes(accountId) &&
      deedState(deed, at) === 'en-vigueur' &&
      sent.every(later => later.sentAt! <= deed.sentAt! || later.memberIds.includes(accountId)),
  )
}

/** The conditions still missing before the tool opens, in the order to obtain them. The SQL twin is ctx.rgc_missing. */
export const missingToManage = (facts: GateFacts, at: Date): RgcTerm[] => {
  const conditions: [RgcTerm, boolean][] = [
    ['convention', !facts.conventions.some(c => within(c, at))],
    ['deed', !standsOnDeed(facts, at)],
    ['certificate', !facts.certificatesAt.some(recorded => recorded <= at)],
    ['cgu', !facts.conditionsAccepted(at)],
    ['second-factor', !facts.secondFactor],
    ['block', facts.cuts.some(c => within(c, at))],
  ]
  return conditions.filter(([, lacks]) => lacks).map(([term]) => term)
}
