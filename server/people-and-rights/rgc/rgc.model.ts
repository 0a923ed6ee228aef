/**
 * Executable specification: production runs the SQL (ctx.deeds_naming_me, policies read of rgc_deeds, rgc_birth_dates,
 * rgc_certificates, rgc_events, rgc_presences and rgc_revocations); rgc.parity.test.ts proves them equal.
 */
import { holdsRole, isOfficerOf, type Viewer } from '../../platform/viewer.ts'
import { type OfDeed, proposes } from './rgc.policy.ts'

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
 * What one lives through as an account manager: certificates, departures, answers, revocations. The SQL twins are the
 * policies rgc_certificates.read, rgc_events.read, rgc_presences.read and rgc_revocations.read.
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
