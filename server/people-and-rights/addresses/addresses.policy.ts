import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

export interface Change {
  readonly organisationId: string
  readonly accountId: string
  readonly askedById: string
  readonly newDomain: boolean
}

/**
 * Stops a change: the person, the structure's account managers and its signatory, who asked for it included. The SQL
 * twins are ctx.refusable_addresses and the policy address_changes.read.
 */
export const mayRefuse = (viewer: Viewer, { organisationId, accountId }: Change): Verdict =>
  (organisationId === viewer.organisationId &&
    (accountId === viewer.accountId || holdsRole(viewer, 'rgc', 'signataire'))) ||
  'not-found'

/**
 * Confirms a change: another than who asked, so that nobody takes an account over by its address (ACC-16). The person
 * alone is not enough for a domain that the structure does not know. The SQL twin is ctx.confirmable_addresses.
 */
export const mayConfirm = (viewer: Viewer, change: Change): Verdict => {
  const isShown = mayRefuse(viewer, change)
  if (isShown !== true) return isShown
  if (change.askedById === viewer.accountId) return 'address/own'
  return !(change.accountId === viewer.accountId && change.newDomain) || 'address/second-person'
}
