import type { Static } from 'typebox'
import type { SavedView } from '../../../contract/work-with-employers/saved-views.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { mayChangeView, mayRemoveView } from './saved-views.policy.ts'
import type { ViewRow } from './saved-views.queries.ts'

/** A view as the contract shows it to this viewer. */
export const viewReply = (viewer: Viewer, view: ViewRow): Static<typeof SavedView> => ({
  id: view.id,
  list: view.list,
  name: view.name,
  campaign:
    view.campaignId === null || view.campaignName === null ? null : { id: view.campaignId, name: view.campaignName },
  address: view.address,
  sharedWith: view.sharedWith,
  owner:
    view.ownerName === null ? null : { id: view.ownerId, name: view.ownerName, organisationId: view.organisationId },
  own: view.ownerId === viewer.accountId,
  pinned: view.pinned,
  watchId: view.watchId,
  version: view.version,
  allowed: [
    ...(mayChangeView(viewer, view) === true ? (['change'] as const) : []),
    ...(mayRemoveView(viewer, view) === true ? (['remove'] as const) : []),
  ],
})
