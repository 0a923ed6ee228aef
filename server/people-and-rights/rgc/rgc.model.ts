/**
 * Executable specification: production runs the SQL (ctx.deeds_naming_me, ctx.rgc_event_reminders, ctx.follows_refusal,
 * ctx.rgc_obstacle, policies read of rgc_deeds, rgc_birth_dates, rgc_certificates, rgc_events,
 * rgc_presences and rgc_revocations); rgc.parity.test.ts, rgc.test.ts, gate.test.ts, own-answers.test.ts and
 * obstacles.test.ts prove them equal.
 */
import { addDays } from '../../platform/time.ts'
import { holdsRole, isOfficerOf, type Viewer } from '../../platform/viewer.ts'
import { type Attached, isPermanentStaff } from '../accounts/person-rules.ts'
import { type DeedFacts, deedState, isContested, type ReminderStep } from './deadlines.ts'
import type { Obstacle } from './deed-rules.ts'
import { hasEntered, type OfDeed, type OfEvent, proposes } from './rgc.policy.ts'

/**
 * A deed: who oversees, who may propose, who is named. The SQL twins are ctx.deeds_naming_me and the policy
 * rgc_deeds.read.
 */
export const mayReadDeed = (viewer: Viewer, deed: OfDeed): boolean =>
  viewer.state === 'active' &&
  (isOfficerOf(viewer, deed.organisationId) ||
    holdsRole(viewer, 'administrateur') ||
    (proposes(viewer) && deed.organisationId === viewer.organisationId) ||
    deed.signatoryId === viewer.accountId ||
    deed.memberIds.includes(viewer.accountId))
/** A date of birth: the CSSI and the person. The SQL twin is the policy rgc_birth_dates.read. */
export const mayReadBirthDate = (
  viewer: Viewer,
  row: { readonly accountId: string; readonly organisationId: string },
): boolean =>
  viewer.state === 'active' && (isOfficerOf(viewer, row.organisationId) || row.accountId === viewer.accountId)
/**
 * What one lives through as an account manager: certificates, answers, revocations. The SQL twins are the policies
 * rgc_certificates.read, rgc_presences.read and rgc_revocations.read.
 */
export const mayReadOwn = (
  viewer: Viewer,
  row: { readonly accountId: string; readonly organisationId: string },
): boolean =>
  viewer.state === 'active' &&
  (isOfficerOf(viewer, row.organisationId) ||
    holdsRole(viewer, 'administrateur') ||
    row.accountId === viewer.accountId ||
    (proposes(viewer) && row.organisationId === viewer.organisationId))

/** A departure: as the rest, or as what one entered for the operator. The SQL twin is the policy rgc_events.read. */
export const mayReadEvent = (viewer: Viewer, event: OfEvent): boolean =>
  viewer.state === 'active' && (mayReadOwn(viewer, event) || hasEntered(viewer, event))

/** What is reminded of the limit on a day. The SQL twin is ctx.rgc_event_reminders. */
export const reminderOf = (limit: string, today: string): ReminderStep =>
  today > limit ? 'late' : today === limit ? 'last-day' : today >= addDays(limit, -3) ? 'three-days' : 'known'

/**
 * Whether the last deed sent before, of the same convention, is refused or still waits: the operator then has a month
 * (RGC-3). The SQL twin is ctx.follows_refusal.
 */
export const followsRefusal = (sentBefore: readonly DeedFacts[], at: Date): boolean => {
  const last = sentBefore
    .filter(d => d.sentAt !== null && d.sentAt <= at && !isContested(d, at))
    .toSorted((a, b) => b.sentAt!.getTime() - a.sentAt!.getTime())[0]
  return last !== undefined && deedState(last, at) !== 'en-vigueur'
}

export interface ObstacleFacts {
  /** Null: an account of another structure. */
  readonly attached: Attached | null
  /** Of this person, by their account or by their name and date of birth, in that structure. */
  readonly refusals: readonly { readonly lifted: boolean }[]
  readonly revocations: readonly { readonly withdrawn: boolean; readonly lifted: boolean }[]
}

/** Why a structure may not name this person account manager (RGC-2, RGC-3, RGC-7). The SQL twin is ctx.rgc_obstacle. */
export const obstacleTo = ({ attached, refusals, revocations }: ObstacleFacts): Obstacle | null => {
  if (attached === null || !isPermanentStaff(attached)) return 'staff'
  if (refusals.some(r => !r.lifted)) return 'refused'
  return revocations.some(r => !r.withdrawn && !r.lifted) ? 'revoked' : null
}
