import type { Viewer } from '../../platform/viewer.ts'

/** Each their own, to read and to end. The SQL twins are the policies calendar_feeds.own and calendar_feeds.stop. */
export const mayReadFeed = ({ accountId }: Viewer, feed: { readonly accountId: string }): boolean =>
  feed.accountId === accountId
