import { holds, type Viewer } from '../../platform/viewer.ts'
import { isOfExchange } from './draft-rules.ts'

/** One's own, and nobody else's, whatever the rights. The SQL twin is the policy drafts.own. */
export const mayReadDraft = (viewer: Viewer, draft: { readonly accountId: string }): boolean =>
  viewer.state === 'active' && draft.accountId === viewer.accountId

/** Only an advisor records exchanges, hence types them. Any other form says itself who may send it. */
export const mayType = (viewer: Viewer, kind: string): true | 'access/no-grant' =>
  !isOfExchange(kind) || holds(viewer, 'campagnes', 'conseiller') || 'access/no-grant'
