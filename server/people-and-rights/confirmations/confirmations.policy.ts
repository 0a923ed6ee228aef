import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

export interface Waiting {
  readonly organisationId: string
  readonly accountId: string
  readonly askedById: string
}

/**
 * Another account manager of the structure confirms, or its signatory. Never the one who gave the grant or opened the
 * account.
 * Never the person it is for (ACC-4). The SQL twin is ctx.confirmable.
 */
export const maySettle = (viewer: Viewer, { organisationId, accountId, askedById }: Waiting): Verdict => {
  if (organisationId !== viewer.organisationId) return 'not-found'
  if (!holdsRole(viewer, 'rgc', 'signataire')) return 'access/role-required'
  return (accountId !== viewer.accountId && askedById !== viewer.accountId) || 'confirmation/own'
}
