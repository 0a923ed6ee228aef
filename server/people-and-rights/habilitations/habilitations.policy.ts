import { tools } from '../../../contract/route.ts'
import type { Verdict } from '../../platform/action.ts'
import { holds, holdsRole, type Viewer } from '../../platform/viewer.ts'
import type { Managed } from './person-rules.ts'

/**
 * The account manager's tool: its account managers'; and where they are themselves decided for, their signatory's
 * (RGC-5, ACC-4).
 */
export const mayManage = (viewer: Viewer): Verdict => holdsRole(viewer, 'rgc', 'signataire') || 'access/role-required'
/** Everyone of the structure, and not its account managers alone. */
export const seesEveryone = (viewer: Viewer): boolean => holdsRole(viewer, 'rgc')
/** Who has access to what, exports of it: nothing that a signatory decides. */
export const mayReadAccess = (viewer: Viewer): Verdict => seesEveryone(viewer) || 'access/role-required'

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

/** For oneself, or for a colleague whose work one leads (ACC-3). The SQL twin is the policy grant_requests.ask. */
export const mayAsk = (viewer: Viewer, person: Pick<Managed, 'id' | 'organisationId'>): Verdict => {
  if (person.organisationId !== viewer.organisationId) return 'account/unknown'
  return (
    person.id === viewer.accountId ||
    tools.some(tool => holds(viewer, tool, 'responsable')) ||
    'request-for-other/leads-only'
  )
}

interface Asked extends Omit<Managed, 'id'> {
  readonly accountId: string
  readonly askedById: string
}
const personOf = ({ accountId: id, organisationId, isManager, otherManagers }: Asked): Managed => ({
  id,
  organisationId,
  isManager,
  otherManagers,
})
/** A stranger's request does not exist; one that is seen is decided by who decides for its person. */
export const mayDecideRequest = (viewer: Viewer, request: Asked): Verdict => {
  const decides = mayDecide(viewer, personOf(request))
  return decides === 'access/role-required' ? 'grant/not-yours-to-decide' : decides
}
export const mayWithdraw = (viewer: Viewer, request: Asked): Verdict =>
  request.askedById === viewer.accountId || 'grant-request/asker-only'
export const decisionsOn = (
  viewer: Viewer,
  request: Asked & { readonly decision: string | null },
): ('decide' | 'withdraw')[] =>
  request.decision !== null
    ? []
    : [
        ...(mayDecideRequest(viewer, request) === true ? ['decide' as const] : []),
        ...(mayWithdraw(viewer, request) === true ? ['withdraw' as const] : []),
      ]
