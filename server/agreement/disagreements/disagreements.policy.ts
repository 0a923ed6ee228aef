import type { Verdict } from '../../platform/action.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { actsFor, type Bound, mayRead, reachOf } from '../conventions/conventions.policy.ts'
import type { Party } from '../conventions/deadlines.ts'

/**
 * Who reads the whole file of the convention. The SQL twins are the policies disagreements.read and
 * disagreement_steps.read.
 */
export const mayReadDisagreements = (viewer: Viewer, convention: Bound, staff: boolean): Verdict => {
  const verdict = mayRead(viewer, convention)
  return verdict !== true ? verdict : reachOf(viewer, convention, staff) === 'file' || 'disagreement/file-only'
}
/** Each party in its own name. The SQL twin is the policy disagreements.open. */
export const mayWriteDisagreement = (viewer: Viewer, convention: Bound): Verdict =>
  actsFor(viewer, convention) !== null || 'convention/not-a-party'
/** The same, and who raised it alone renounces it. The SQL twin is the policy disagreement_steps.record. */
export const mayRecordStep = (viewer: Viewer, convention: Bound, raisedBy: Party, kind: string): Verdict => {
  const verdict = mayWriteDisagreement(viewer, convention)
  return verdict !== true
    ? verdict
    : kind !== 'withdraw' || actsFor(viewer, convention) === raisedBy || 'disagreement/opener-only'
}
