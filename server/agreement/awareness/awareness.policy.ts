import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

type OfOrganisation = { readonly organisationId: string }
export const mayFollowAwareness = (viewer: Viewer): Verdict =>
  holdsRole(viewer, 'rgc', 'responsable-formation', 'rssi', 'cssi', 'administrateur') || 'awareness/readers-only'
/**
 * By another than the person: the security officer for all, the account manager and the training lead within their
 * structure. The SQL twin is the policy awareness_records.record.
 */
export const mayRecordAwareness = (viewer: Viewer, person?: { readonly id: string } & OfOrganisation): Verdict => {
  if (!holdsRole(viewer, 'cssi', 'rgc', 'responsable-formation')) return 'awareness/recorders-only'
  if (person === undefined) return true
  if (!holdsRole(viewer, 'cssi') && person.organisationId !== viewer.organisationId) return 'awareness/recorders-only'
  return person.id !== viewer.accountId || 'awareness/by-another'
}
/** The SQL twin is the policy awareness_policies.decide. */
export const maySetPolicy = (viewer: Viewer): Verdict => holdsRole(viewer, 'administrateur') || 'access/role-required'

/** The SQL twin is the policy equipment_validations.record. */
export const mayRecordEquipment = (viewer: Viewer): Verdict =>
  holdsRole(viewer, 'rssi', 'correspondant-si', 'rgc') || 'equipment/recorders-only'
