import type { blockCauses } from '../../../contract/oversight/security.ts'
import type { Verdict } from '../../platform/action.ts'
import { holdsRole, isOfficerOf, type Viewer } from '../../platform/viewer.ts'

interface Cut {
  readonly id: string
  readonly organisationId: string
}
/** The security officer of that structure, never of themself. The SQL twin is the policy account_blocks.block. */
export const mayBlock = (viewer: Viewer, account: Cut): Verdict => {
  if (!isOfficerOf(viewer, account.organisationId)) return 'access/role-required'
  return account.id !== viewer.accountId || 'security/never-oneself'
}
export interface Lifted extends Cut {
  readonly cause: (typeof blockCauses)[number]
  /** The account holds the role of security officer, of every region or of one. */
  readonly ofOfficer: boolean
}
/** An administrator undoes no act of a security officer: only what a rule of detection blocked of one. */
const detectedOnOfficer = (viewer: Viewer, { cause, ofOfficer }: Lifted) =>
  holdsRole(viewer, 'administrateur') && cause === 'suspect-use' && ofOfficer
/**
 * The same, with what they found: their own block waits for another. The SQL twin is the policy account_blocks.lift.
 */
export const mayLift = (viewer: Viewer, account: Lifted): Verdict => {
  if (!isOfficerOf(viewer, account.organisationId) && !detectedOnOfficer(viewer, account)) return 'access/role-required'
  return account.id !== viewer.accountId || 'security/never-oneself'
}
