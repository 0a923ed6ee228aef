import type { Viewer } from '../../platform/viewer.ts'

/** One's own, and nobody else's, whatever the rights. The SQL twin is the policy drafts.own. */
export const mayReadDraft = (viewer: Viewer, draft: { readonly accountId: string }): boolean =>
  viewer.state === 'active' && draft.accountId === viewer.accountId
