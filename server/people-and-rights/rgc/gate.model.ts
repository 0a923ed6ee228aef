/**
 * Executable specification: production runs the SQL (ctx.rgc_missing, ctx.stands_on_deed); gate.test.ts proves them
 * equal.
 */
import type { RgcTerm } from '../../../contract/people-and-rights/rgc.ts'
import { type Attached, isPermanentStaff } from '../accounts/person-rules.ts'
import { type DeedFacts, deedState } from './deadlines.ts'

export interface StandingDeed extends DeedFacts {
  readonly organisationId: string
  readonly conventionId: string | null
  readonly memberIds: readonly string[]
}
interface Span {
  readonly from: Date
  readonly until: Date | null
}
interface Convention {
  readonly id: string
  /** Null: not in force yet. */
  readonly from: Date | null
  readonly until: Date | null
}

/** Conditions of the tool of a partner's account manager (RGC-4). */
export interface GateFacts {
  readonly accountId: string
  readonly organisationId: string
  readonly attached: Attached
  /** The conventions of their structure. */
  readonly conventions: readonly Convention[]
  /** All those of their structure. */
  readonly deeds: readonly StandingDeed[]
  readonly certificates: readonly { readonly at: Date; readonly conventionId: string | null }[]
  readonly conditionsPublished: (at: Date) => boolean
  readonly conditionsAccepted: (at: Date) => boolean
  /** The cuts of the account, or of its management of accounts. */
  readonly cuts: readonly Span[]
  /** Enrolled here, or proven at least once at the identity provider. */
  readonly secondFactor: boolean
}

const within = ({ from, until }: Span, at: Date) => from <= at && (until === null || until > at)

const inForce = ({ from, until }: Convention, at: Date) => from !== null && within({ from, until }, at)

/**
 * What belongs to a convention counts while it is in force, and before, as long as the structure has no other in force;
 * never after (AGR-7, RGC-10). The SQL twin is ctx.of_current_convention.
 */
export const isOfCurrentConvention = (
  conventionId: string | null,
  { conventions }: Pick<GateFacts, 'conventions'>,
  at: Date,
): boolean =>
  conventions.some(
    c =>
      c.id === conventionId &&
      (c.until === null || c.until > at) &&
      (inForce(c, at) || !conventions.some(o => inForce(o, at))),
  )

type Standing = Pick<GateFacts, 'accountId' | 'organisationId' | 'attached' | 'conventions' | 'deeds'>
/**
 * Of the permanent staff, named by a deed in force of the current convention, and by every one in force that was sent
 * since. The former stay until the next is accepted, and again once it is refused. The SQL twin is ctx.stands_on_deed.
 */
export const standsOnDeed = (facts: Standing, at: Date): boolean => {
  const { accountId, organisationId, attached, deeds } = facts
  if (!isPermanentStaff(attached)) return false
  const standing = deeds.filter(d => d.organisationId === organisationId && deedState(d, at) === 'en-vigueur')
  return standing.some(
    deed =>
      deed.memberIds.includes(accountId) &&
      isOfCurrentConvention(deed.conventionId, facts, at) &&
      standing.every(
        later =>
          later.conventionId !== deed.conventionId ||
          later.sentAt! <= deed.sentAt! ||
          later.memberIds.includes(accountId),
      ),
  )
}

/** The conditions still missing before the tool opens, in the order to obtain them. The SQL twin is ctx.rgc_missing. */
export const missingToManage = (facts: GateFacts, at: Date): RgcTerm[] => {
  const conditions: [RgcTerm, boolean][] = [
    ['convention', !facts.conventions.some(c => inForce(c, at))],
    ['staff', !isPermanentStaff(facts.attached)],
    ['deed', isPermanentStaff(facts.attached) && !standsOnDeed(facts, at)],
    ['certificate', !facts.certificates.some(c => c.at <= at && isOfCurrentConvention(c.conventionId, facts, at))],
    ['cgu-unpublished', !facts.conditionsPublished(at)],
    ['cgu', facts.conditionsPublished(at) && !facts.conditionsAccepted(at)],
    ['second-factor', !facts.secondFactor],
    ['block', facts.cuts.some(c => within(c, at))],
  ]
  return conditions.filter(([, lacks]) => lacks).map(([term]) => term)
}
