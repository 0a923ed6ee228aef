import { queryOptions } from '@tanstack/react-query'
import { getRgc, listDeeds } from '../../../contract/people-and-rights/rgc.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export const rgcQuery = queryOptions({
  queryKey: ['rgc'],
  queryFn: ({ signal }) => call(getRgc, { signal }),
  refetchOnMount: 'always',
})
export const oversightQuery = queryOptions({
  queryKey: ['rgc', 'oversight'],
  queryFn: ({ signal }) => call(listDeeds, { signal }),
  refetchOnMount: 'always',
})
/** Signing, revoking, declaring change who has which role: what is read under it is read again. */
export const rgcChanged = () => queryClient.invalidateQueries()
