import { actsInItsName, type PartnerRole, partnerRoles } from '../../../contract/agreement/partner-roles.ts'
import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'
import type { Held, Taker } from './partner-role-rules.ts'

/** Who answers for a partner, or holds one of its roles. */
export const mayReadPartnerRoles = (viewer: Viewer): Verdict =>
  (viewer.organisationKind !== 'operateur' && holdsRole(viewer, 'signataire', 'rgc', ...partnerRoles)) ||
  'partner-role/readers-only'

/**
 * The signatory, whom the convention names, gives all; an account manager those that act in nobody's name. The SQL twin
 * is ctx.partner_roles_given.
 */
export const rolesGivenBy = (viewer: Viewer): readonly PartnerRole[] => {
  if (viewer.organisationKind === 'operateur') return []
  if (holdsRole(viewer, 'signataire')) return partnerRoles
  return holdsRole(viewer, 'rgc') ? partnerRoles.filter(role => role !== actsInItsName) : []
}
export const mayGive = (viewer: Viewer, role: PartnerRole): Verdict => {
  const given = rolesGivenBy(viewer)
  if (given.length === 0) return 'partner-role/givers-only'
  return given.includes(role) || 'partner-role/signatory-only'
}
/** An active account of one's structure, never oneself; its own agents alone act in its name. The SQL twin is ctx.partner_role_takers. */
export const mayGivePartnerRole = (viewer: Viewer, role: PartnerRole, taker: Taker): Verdict => {
  const verdict = mayGive(viewer, role)
  if (verdict !== true) return verdict
  if (taker.organisationId !== viewer.organisationId || taker.status !== 'active') return 'not-found'
  if (taker.id === viewer.accountId) return 'partner-role/own'
  return role !== actsInItsName || taker.attachment === 'agent' || 'partner-role/agents-only'
}
/** Such as one gives, in one's structure, never one's own. The SQL twin is ctx.endable_partner_roles. */
export const mayEndPartnerRole = (viewer: Viewer, { accountId, organisationId, role }: Held): Verdict => {
  if (organisationId !== viewer.organisationId) return 'not-found'
  const verdict = mayGive(viewer, role)
  return verdict !== true ? verdict : accountId !== viewer.accountId || 'partner-role/own'
}
