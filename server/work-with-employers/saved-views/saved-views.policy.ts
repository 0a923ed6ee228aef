import type { Verdict } from '../../platform/action.ts'
import { holds, type Viewer } from '../../platform/viewer.ts'
import type { ViewFacts } from './view-rules.ts'

/** A view is its owner's to change. The SQL twin is the policy saved_views.change. */
export const mayChangeView = (viewer: Viewer, { ownerId }: ViewFacts): Verdict =>
  ownerId === viewer.accountId || 'view/not-yours'

/** What was shared is removed by a lead of its structure too. The SQL twin is the policy saved_views.remove. */
export const mayRemoveView = (viewer: Viewer, { ownerId, organisationId, sharedWith }: ViewFacts): Verdict =>
  ownerId === viewer.accountId ||
  (sharedWith !== 'nobody' && organisationId === viewer.organisationId && holds(viewer, 'campagnes', 'responsable')) ||
  'view/not-yours'
