import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

/**
 * The SQL twins are the policies annex_4_versions.publish, annex_4_versions.cancel and
 * annex_4_tools.publish_withdraws.
 */
export const mayPublishAnnex = (viewer: Viewer): Verdict =>
  holdsRole(viewer, 'administrateur') || 'access/role-required'
/** The SQL twin is the policy tool_states.record. */
export const mayRecordState = (viewer: Viewer): Verdict =>
  holdsRole(viewer, 'administrateur', 'support') || 'access/role-required'

/** The SQL twin is the policy access_requesters.designate. */
export const mayDesignate = (viewer: Viewer): Verdict =>
  holdsRole(viewer, 'signataire') || 'access-request/signatory-only'
/** Only who the structure designated (convention, art. 3.2): no other quality replaces it. */
export const mayRequestAccess = (viewer: Viewer, designated: { readonly accountId: string } | undefined): Verdict =>
  designated?.accountId === viewer.accountId || 'access-request/designated-only'
/** The SQL twin is the policy access_requests.decide. */
export const mayDecideRequest = (viewer: Viewer): Verdict =>
  holdsRole(viewer, 'administrateur') || 'access/role-required'
