import type { AnomalyKind, anomalyActs } from '../../../contract/people-and-rights/anomalies.ts'
import type { Verdict } from '../../platform/action.ts'
import { holdsRole, isOfficerOf, type Viewer } from '../../platform/viewer.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import type { Managed } from '../accounts/person-rules.ts'

/**
 * A structure's anomalies are read by its account managers; those of a partner by its
 * security officer too. The SQL twins are the policies access_anomalies.read and supplied_anomalies.read.
 */
export const mayReadAnomalies = (viewer: Viewer, organisationId: string): Verdict =>
  isOfficerOf(viewer, organisationId) ||
  (holdsRole(viewer, 'rgc') && organisationId === viewer.organisationId) ||
  'access/role-required'

type Act = (typeof anomalyActs)[number]
/** The acts that correct each kind, the likeliest first. */
const correctedBy: Readonly<Record<AnomalyKind, readonly Act[]>> = {
  'should-be-suspended': ['suspend', 'lift', 'depart'],
  'contract-over': ['edit', 'depart', 'suspend'],
  'never-seen': ['suspend', 'depart'],
  'not-seen': ['suspend', 'depart'],
  'no-grant': ['grant', 'depart'],
  'never-used': ['end'],
  unused: ['end'],
  'beyond-function': ['change', 'end', 'edit'],
  'beyond-territories': ['change', 'end'],
}
export const actsOn = (viewer: Viewer, kind: AnomalyKind, person: Managed): readonly Act[] =>
  mayDecide(viewer, person) === true ? correctedBy[kind] : []

/**
 * Anomalies that the operator supplied are read like the rest. The structure's account managers say them corrected.
 * The SQL twin is the policy supplied_anomalies.correct.
 */
export const mayCorrectSupplied = (viewer: Viewer, organisationId: string): Verdict =>
  (holdsRole(viewer, 'rgc') && organisationId === viewer.organisationId) || 'not-found'

/** What the service cannot show is supplied by the partner's security officer. The SQL twin is supplied_anomalies.record. */
export const maySupply = (viewer: Viewer, organisationId: string): Verdict =>
  isOfficerOf(viewer, organisationId) || 'access/role-required'
