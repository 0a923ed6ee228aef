import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'
import type { Managed } from './person-rules.ts'

/**
 * The account manager's tool opens to the structure's account managers. Where they are decided for, it opens to their
 * signatory (RGC-5, ACC-4).
 */
export const mayManage = (viewer: Viewer): Verdict => holdsRole(viewer, 'rgc', 'signataire') || 'access/role-required'
/** The viewer decides for everyone of the structure, not for its account managers alone. */
export const seesEveryone = (viewer: Viewer): boolean => holdsRole(viewer, 'rgc')

export const maySee = (viewer: Viewer, person: Pick<Managed, 'id' | 'organisationId' | 'isManager'>): Verdict => {
  const manages = mayManage(viewer)
  if (manages !== true) return manages
  if (!seesEveryone(viewer) && !person.isManager && person.id !== viewer.accountId) return 'not-found'
  return person.organisationId === viewer.organisationId || 'not-found'
}

/**
 * An account manager of the same organisation decides for a person (ACC-4), never for oneself.
 * For an account manager, another one decides or, failing any in effect, the signatory. The SQL twin is
 * ctx.decidable_accounts.
 */
export const mayDecide = (viewer: Viewer, person: Managed): Verdict => {
  const sees = maySee(viewer, person)
  if (sees !== true) return sees
  if (person.id === viewer.accountId) return 'grant/own'
  if (holdsRole(viewer, 'rgc')) return true
  return person.otherManagers === 0 || 'grant/not-yours-to-decide' // a signatory, who sees account managers alone
}
