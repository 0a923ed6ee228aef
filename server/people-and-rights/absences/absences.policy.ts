import type { Verdict } from '../../platform/action.ts'
import { holds, holdsRole, type Viewer } from '../../platform/viewer.ts'

export interface Absentee {
  readonly accountId: string
  readonly organisationId: string
}

/**
 * An absence is said by oneself, by the account managers of the structure, by who leads colleagues there.
 * Reading, saying and withdrawing go together. The SQL twins are the policies absences.declare,
 * absences.read and absences.withdraw.
 */
export const mayDeclare = (viewer: Viewer, { accountId, organisationId }: Absentee): Verdict =>
  (organisationId === viewer.organisationId &&
    (accountId === viewer.accountId || holdsRole(viewer, 'rgc') || holds(viewer, 'campagnes', 'responsable'))) ||
  'absence/not-yours'
