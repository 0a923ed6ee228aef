import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

/**
 * The SQL twins are the policies documents.publish, annex_4_versions.publish, annex_4_tools.publish_withdraws and
 * awareness_policies.decide.
 */
export const mayPublish = (viewer: Viewer): Verdict => holdsRole(viewer, 'administrateur') || 'access/role-required'
/** The SQL twin is the policy tool_states.record. */
export const mayRecordState = (viewer: Viewer): Verdict =>
  holdsRole(viewer, 'administrateur', 'support') || 'access/role-required'

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

/** The SQL twin is the policy equipment_validations.record. */
export const mayRecordEquipment = (viewer: Viewer): Verdict =>
  holdsRole(viewer, 'rssi', 'correspondant-si', 'rgc') || 'equipment/recorders-only'

/** The SQL twin is the policy access_requesters.designate. */
export const mayDesignate = (viewer: Viewer): Verdict =>
  holdsRole(viewer, 'signataire') || 'access-request/signatory-only'
/** Only who the structure designated (convention, art. 3.2): no other quality replaces it. */
export const mayRequestAccess = (viewer: Viewer, designated: { readonly accountId: string } | undefined): Verdict =>
  designated?.accountId === viewer.accountId || 'access-request/designated-only'
