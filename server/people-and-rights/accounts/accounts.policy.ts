import type { Verdict } from '../../platform/action.ts'
import { holdsRole, isOfficerOf, type Viewer } from '../../platform/viewer.ts'
import type { Managed } from './person-rules.ts'

/**
 * The account manager's tool opens to the structure's account managers. Where they are decided for, it opens to their
 * signatory (RGC-5, ACC-4).
 */
export const mayManage = (viewer: Viewer): Verdict => holdsRole(viewer, 'rgc', 'signataire') || 'access/role-required'
/** The viewer decides for everyone of the structure, not for its account managers alone. */
export const seesEveryone = (viewer: Viewer): boolean => holdsRole(viewer, 'rgc')

/** A signatory sees account managers, and everyone once no account manager can act (RGC-5, ACC-10). */
export const maySee = (viewer: Viewer, person: Managed): Verdict => {
  const manages = mayManage(viewer)
  if (manages !== true) return manages
  const isShown = seesEveryone(viewer) || person.isManager || person.id === viewer.accountId
  if (!isShown && person.otherManagers > 0) return 'not-found'
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
  return (person.isManager && person.otherManagers === 0) || 'grant/not-yours-to-decide' // a signatory
}

/**
 * Acts in the place of account managers, once none can for that person (ACC-10): the structure's signatory, or the
 * security officer of a structure that is not their own. The SQL twin is ctx.stands_in.
 */
export const mayStandIn = (
  viewer: Viewer,
  person: Pick<Managed, 'id' | 'organisationId' | 'otherManagers'>,
): Verdict => {
  if (person.id === viewer.accountId) return 'grant/own'
  const own = person.organisationId === viewer.organisationId
  if (own && !holdsRole(viewer, 'signataire'))
    return isOfficerOf(viewer, person.organisationId) ? 'necessity/own-structure' : 'access/role-required'
  if (!own && !isOfficerOf(viewer, person.organisationId)) return 'not-found'
  return person.otherManagers === 0 || 'necessity/manager-can'
}
