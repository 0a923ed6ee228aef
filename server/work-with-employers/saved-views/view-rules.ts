import type { Static } from 'typebox'
import type { SavedView } from '../../../contract/work-with-employers/saved-views.ts'

export type ViewedList = Static<typeof SavedView>['list']
export type Sharing = Static<typeof SavedView>['sharedWith']
/** What rights on a view rest on. */
export interface ViewFacts {
  readonly ownerId: string
  readonly organisationId: string
  readonly sharedWith: Sharing
}
/** Views that one person keeps. */
export const mostViews = 100

/** A view of targets is of a campaign, no other is; only such a one is shared with its members. */
export const refusedView = (
  list: ViewedList,
  campaignId: string | null,
  sharedWith: Sharing,
): 'view/campaign-expected' | undefined =>
  (list === 'targets') === (campaignId !== null) && (sharedWith !== 'campaign' || campaignId !== null)
    ? undefined
    : 'view/campaign-expected'
