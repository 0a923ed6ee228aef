import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { findStructures, getRgc, listDeeds } from '../../../contract/people-and-rights/rgc.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export const rgcQuery = queryOptions({
  queryKey: ['rgc'],
  queryFn: ({ signal }) => call(getRgc, { signal }),
  refetchOnMount: 'always',
})
/** Deeds of the structures whose name holds these words; of all, without any. */
export const oversightOf = (q: string) =>
  queryOptions({
    queryKey: ['rgc', 'oversight', q],
    queryFn: ({ signal }) => call(listDeeds, { query: q ? { q } : {}, signal }),
    refetchOnMount: 'always',
    placeholderData: keepPreviousData,
  })
/** The structures of this name, whose papers the reader enters; what the reader entered, whatever the name. */
export const structuresOf = (q: string) =>
  queryOptions({
    queryKey: ['rgc', 'structures', q],
    queryFn: ({ signal }) => call(findStructures, { query: q ? { q } : {}, signal }),
    placeholderData: keepPreviousData,
  })
export const oversightQuery = oversightOf('')
/** Signing, revoking, declaring change who has which role: what is read under it is read again. */
export const rgcChanged = () => queryClient.invalidateQueries()
