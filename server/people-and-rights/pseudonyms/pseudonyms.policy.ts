import type { Verdict } from '../../platform/action.ts'
import { holdsRole, isOfficer, isOfficerOf, type Viewer } from '../../platform/viewer.ts'

/** The account managers of the structure, and the security officer who answers for it, read who left (ACC-6). */
export const mayAskWho = (viewer: Viewer): Verdict =>
  holdsRole(viewer, 'rgc') || isOfficer(viewer) || 'access/role-required'

/** The SQL twin is ctx.departed_behind. */
export const mayReadIdentity = (viewer: Viewer, left: { readonly organisationId: string }): boolean =>
  (holdsRole(viewer, 'rgc') && left.organisationId === viewer.organisationId) ||
  isOfficerOf(viewer, left.organisationId)
