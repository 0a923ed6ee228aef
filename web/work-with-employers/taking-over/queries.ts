import { queryOptions } from '@tanstack/react-query'
import { listWorkToTakeOver } from '../../../contract/work-with-employers/taking-over.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export const waitingWorkQuery = queryOptions({
  queryKey: ['work-to-take-over'],
  queryFn: ({ signal }) => call(listWorkToTakeOver, { signal }),
  refetchOnMount: 'always',
})

/** Work passed: whatever lists targets, actions or campaigns is read anew. */
export const workPassed = () => queryClient.invalidateQueries()
