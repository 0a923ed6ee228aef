import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'
import type { Managed } from './person-rules.ts'

/**
 * The account manager's tool: its account managers'; and where they are themselves decided for, their signatory's
 * (RGC-5, ACC-4).
 */
export const mayManage = (viewer: Viewer): Verdict => holdsRole(viewer, 'rgc', 'signataire') || 'access/role-required'
/** Everyone of the structure, and not its account managers alone. */
export const seesEveryone = (viewer: Viewer): boolean => holdsRole(viewer, 'rgc')

export const maySee = (viewer: Viewer, person: Pick<Managed, 'id' | 'organisationId' | 'isManager'>): Verdict => {
  const manages = mayManage(viewer)
  if (manages !== true) return manages
  if (!seesEveryone(viewer) && !person.isManager && person.id !== viewer.accountId) return 'not-found'
  return person.organisationId === viewer.organisationId || 'not-found'
}

/**
 * Who decides for a person (ACC-4): an account manager of their organisation; for an account manager, another one or,
 * failing any in effect, the signatory. Never oneself. The SQL twin is ctx.decidable_accounts.
 */
export const mayDecide = (viewer: Viewer, person: Managed): Verdict => {
  const sees = maySee(viewer, person)
  if (sees !== true) return sees
  if (person.id === viewer.accountId) return 'grant/own'
  if (holdsRole(viewer, 'rgc')) return true
  return person.otherManagers === 0 || 'grant/not-yours-to-decide' // a signatory, who sees account managers alone
}
