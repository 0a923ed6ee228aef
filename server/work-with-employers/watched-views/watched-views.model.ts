import type { Viewer } from '../../platform/viewer.ts'

/** Each their own, to read and to stop. The SQL twins are the policies view_watches.own and view_watches.stop. */
export const mayReadWatch = ({ accountId }: Viewer, watch: { readonly accountId: string }): boolean =>
  watch.accountId === accountId
