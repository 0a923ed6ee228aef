import { tools } from '../../../contract/route.ts'
import type { Verdict } from '../../platform/action.ts'
import { holds, type Viewer } from '../../platform/viewer.ts'
import { mayDecide, seesEveryone } from '../accounts/accounts.policy.ts'
import type { Managed } from '../accounts/person-rules.ts'

/** Reads and exports who has access to what. A signatory decides nothing there. */
export const mayReadAccess = (viewer: Viewer): Verdict => seesEveryone(viewer) || 'access/role-required'

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
/** A request out of sight answers 404. Whoever decides for its person decides a request in sight. */
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
