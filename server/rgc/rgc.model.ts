/**
 * Executable specification: production runs the SQL (policies read of rgc_deeds, rgc_birth_dates and what one lives
 * through); rgc.parity.test.ts proves them equal.
 */
import { holdsRole, type Viewer } from '../platform/viewer.ts'
import { type OfDeed, proposes } from './rgc.policy.ts'

/** The policy `read` of rgc_deeds: who oversees, who may propose, who is named. */
export const mayReadDeed = (viewer: Viewer, deed: OfDeed): boolean =>
  viewer.state === 'active' &&
  (holdsRole(viewer, 'cssi', 'administrateur') ||
    (proposes(viewer) && deed.organisationId === viewer.organisationId) ||
    deed.signatoryId === viewer.accountId ||
    deed.memberIds.includes(viewer.accountId))
/** A date of birth: the CSSI and the person. */
export const mayReadBirthDate = (viewer: Viewer, accountId: string): boolean =>
  viewer.state === 'active' && (holdsRole(viewer, 'cssi') || accountId === viewer.accountId)
/** What one lives through as an account manager: certificates, departures, revocations. */
export const mayReadOwn = (
  viewer: Viewer,
  row: { readonly accountId: string; readonly organisationId: string },
): boolean =>
  viewer.state === 'active' &&
  (holdsRole(viewer, 'cssi', 'administrateur') ||
    row.accountId === viewer.accountId ||
    (proposes(viewer) && row.organisationId === viewer.organisationId))
