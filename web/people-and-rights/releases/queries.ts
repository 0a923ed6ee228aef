import { queryOptions } from '@tanstack/react-query'
import { countAddressReleases, type listAddressReleases } from '../../../contract/people-and-rights/releases.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'

export type Release = Reply<typeof listAddressReleases>['items'][number]
/** Those to answer, as the former structure, and those to decide, as security officer. */
export const releasesWaitingQuery = queryOptions({
  queryKey: ['rights', 'releases', 'waiting'],
  queryFn: ({ signal }) => call(countAddressReleases, { signal }),
})
