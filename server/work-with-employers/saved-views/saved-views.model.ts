import type { Viewer } from '../../platform/viewer.ts'
import type { ViewFacts } from './view-rules.ts'

/** Who sees a view, when that person sees its campaign or not. The SQL twin is the policy saved_views.read. */
export const mayReadView = (
  viewer: Viewer,
  { ownerId, organisationId, sharedWith }: ViewFacts,
  seesCampaign: boolean,
): boolean =>
  ownerId === viewer.accountId ||
  (sharedWith === 'organisation' && organisationId === viewer.organisationId) ||
  (sharedWith === 'campaign' && seesCampaign)
