import type { Verdict } from '../../platform/action.ts'
import { isOfficerOf, type Viewer } from '../../platform/viewer.ts'

interface Cut {
  readonly id: string
  readonly organisationId: string
}
/** The security officer of that structure, never of themself. The SQL twin is the policy account_blocks.block. */
export const mayBlock = (viewer: Viewer, account: Cut): Verdict => {
  if (!isOfficerOf(viewer, account.organisationId)) return 'access/role-required'
  return account.id !== viewer.accountId || 'security/never-oneself'
}
/** The same, with what they found: their own block waits for another. The SQL twin is the policy account_blocks.lift. */
export const mayLift = (viewer: Viewer, account: Cut): Verdict => {
  if (!isOfficerOf(viewer, account.organisationId)) return 'access/role-required'
  return account.id !== viewer.accountId || 'security/never-oneself'
}
