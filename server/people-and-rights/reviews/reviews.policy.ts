import type { Verdict } from '../../platform/action.ts'
import { holdsRole, isOfficer, isOfficerOf, type Viewer } from '../../platform/viewer.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import type { Managed } from '../accounts/person-rules.ts'

/**
 * Account managers and the signatory read their structure's review. The operator's administrators read
 * every one, its security officers those of their region or every one.
 * The SQL twins are the policies access_reviews.read and access_review_lines.read.
 */
export const mayReadReview = (viewer: Viewer, organisationId: string): boolean =>
  isOfficerOf(viewer, organisationId) ||
  holdsRole(viewer, 'administrateur') ||
  (holdsRole(viewer, 'rgc', 'signataire') && organisationId === viewer.organisationId)

/**
 * Where reviews stand: also for a regional direction or a security officer of a region, of its partners.
 * The SQL twin is ctx.reviews_due.
 */
export const mayFollowReviews = (viewer: Viewer): Verdict =>
  isOfficer(viewer) ||
  holdsRole(viewer, 'rgc', 'signataire', 'administrateur', 'direction-regionale') ||
  'access/role-required'

/**
 * Nobody decides of their own line: an account manager's waits for another or, failing one, for the signatory (ACC-4).
 */
export const mayDecideLine = (viewer: Viewer, organisationId: string, person: Managed): Verdict => {
  if (organisationId !== viewer.organisationId) return 'access/role-required'
  const verdict = mayDecide(viewer, person)
  return verdict === 'not-found' ? 'grant/not-yours-to-decide' : verdict // a signatory reads every line of a review
}

/** The people for whom a line waits, when the viewer may not decide it. */
export const waitsFor = (person: Managed): 'other-manager' | 'signatory' | null =>
  person.isManager ? (person.otherManagers > 0 ? 'other-manager' : 'signatory') : null
