import type { Verdict } from '../platform/action.ts'
import { holdsRole, type Viewer } from '../platform/viewer.ts'
import type { Managed } from './person-rules.ts'

/** The account manager's tool: the partner's own, and its signatory where a manager is to be decided for (RGC-5). */
export const mayManage = (viewer: Viewer): Verdict => holdsRole(viewer, 'rgc', 'signataire') || 'access/role-required'

export const maySee = (viewer: Viewer, person: Pick<Managed, 'organisationId'>): Verdict => {
  const manages = mayManage(viewer)
  return manages !== true ? manages : person.organisationId === viewer.organisationId || 'not-found'
}

/**
 * Who decides for a person (ACC-4): an account manager of their organisation; for an account manager, another one or, failing any in effect, the signatory. Never oneself.
 * The SQL twin is ctx.decidable_accounts.
 */
export const mayDecide = (viewer: Viewer, person: Managed): Verdict => {
  const sees = maySee(viewer, person)
  if (sees !== true) return sees
  if (person.id === viewer.accountId) return 'grant/own'
  if (holdsRole(viewer, 'rgc')) return true
  return holdsRole(viewer, 'signataire') && person.isManager && person.otherManagers === 0 || 'grant/not-yours-to-decide'
}
