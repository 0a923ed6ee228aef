import { queryOptions } from '@tanstack/react-query'
import { listAddressChanges } from '../../../contract/people-and-rights/addresses.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'

export type AddressChange = Reply<typeof listAddressChanges>['items'][number]

/** Those that wait, the longest first: one's own, and those of one's structure for who decides there. */
export const addressChangesQuery = queryOptions({
  queryKey: ['rights', 'address-changes'],
  queryFn: ({ signal }) => call(listAddressChanges, { query: { limit: 200 }, signal }),
})
