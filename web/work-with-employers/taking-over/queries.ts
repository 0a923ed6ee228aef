import { queryOptions } from '@tanstack/react-query'
import { listWorkToTakeOver } from '../../../contract/work-with-employers/taking-over.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export const waitingWorkQuery = queryOptions({
  queryKey: ['work-to-take-over'],
  queryFn: ({ signal }) => call(listWorkToTakeOver, { signal }),
  refetchOnMount: 'always',
})

/** That some of it waits, and no more. */
export const workWaitsQuery = queryOptions({
  queryKey: ['work-to-take-over', 'waits'],
  queryFn: ({ signal }) => call(listWorkToTakeOver, { query: { recipients: false }, signal }),
  refetchOnMount: 'always',
})

/** Work passed: whatever lists targets, actions or campaigns is read anew. */
export const workPassed = () => queryClient.invalidateQueries()
