import { queryOptions } from '@tanstack/react-query'
import { listMyRights, listTools } from '../../../contract/agreement/tools.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export const toolsQuery = queryOptions({
  queryKey: ['tools', 'list'],
  queryFn: ({ signal }) => call(listTools, { signal }),
})
export const rightsQuery = queryOptions({
  queryKey: ['tools', 'rights'],
  queryFn: ({ signal }) => call(listMyRights, { signal }),
})
export const toolsChanged = () => queryClient.invalidateQueries({ queryKey: ['tools'] })
