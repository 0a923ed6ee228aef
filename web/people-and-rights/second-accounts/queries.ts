import { queryOptions } from '@tanstack/react-query'
import { listSecondAccounts } from '../../../contract/people-and-rights/second-accounts.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'

export type SecondAccount = Reply<typeof listSecondAccounts>['items'][number]
/** Asked of oneself: what waits for one's answer. */
export const ownSecondAccountsQuery = queryOptions({
  queryKey: ['rights', 'second-accounts', 'own'],
  queryFn: ({ signal }) => call(listSecondAccounts, { query: { limit: 200 }, signal }),
})
