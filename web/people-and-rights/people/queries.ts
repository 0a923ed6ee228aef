import { queryOptions } from '@tanstack/react-query'
import { getHabilitationsHome } from '../../../contract/people-and-rights/grants.ts'
import { getPerson } from '../../../contract/people-and-rights/people.ts'
import { call } from '../../platform/api.ts'

export const homeQuery = queryOptions({
  queryKey: ['rights', 'home'],
  queryFn: ({ signal }) => call(getHabilitationsHome, { signal }),
})
export const personQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['rights', 'person', accountId],
    queryFn: ({ signal }) => call(getPerson, { params: { accountId }, signal }),
  })
