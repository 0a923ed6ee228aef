import { operatorRoles } from '../../../contract/people-and-rights/roles.ts'
import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'
import type { Held, Taker } from './role-rules.ts'

export const mayReadRoles = (viewer: Viewer): Verdict =>
  holdsRole(viewer, 'administrateur', 'cssi') || 'access/role-required'

/** An active agent of the operator, never oneself. The SQL twin is ctx.role_takers. */
export const mayGiveTo = (viewer: Viewer, taker: Taker): Verdict => {
  if (!holdsRole(viewer, 'administrateur')) return 'access/role-required'
  if (taker.organisationKind !== 'operateur' || taker.status !== 'active' || taker.attachment !== 'agent')
    return 'not-found'
  return taker.id !== viewer.accountId || 'role/own'
}

/** Given by hand in the operator, and never one's own. The SQL twin is ctx.endable_roles. */
export const mayEnd = (viewer: Viewer, { accountId, organisationKind, role }: Held): Verdict => {
  if (!holdsRole(viewer, 'administrateur')) return 'access/role-required'
  if (organisationKind !== 'operateur' || !operatorRoles.some(given => given === role)) return 'not-found'
  return accountId !== viewer.accountId || 'role/own'
}
