import { queryOptions } from '@tanstack/react-query'
import { listConditions, listMyRights, listTools } from '../../../contract/agreement/portal.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export const toolsQuery = queryOptions({
  queryKey: ['portal', 'tools'],
  queryFn: ({ signal }) => call(listTools, { signal }),
})
export const conditionsQuery = queryOptions({
  queryKey: ['portal', 'conditions'],
  queryFn: ({ signal }) => call(listConditions, { signal }),
  refetchOnMount: 'always',
})
export const rightsQuery = queryOptions({
  queryKey: ['portal', 'rights'],
  queryFn: ({ signal }) => call(listMyRights, { signal }),
})
/** Rights may have come back, or gone: everything read under them is read again. */
export const rightsChanged = () => queryClient.invalidateQueries()
export const portalChanged = () => queryClient.invalidateQueries({ queryKey: ['portal'] })
