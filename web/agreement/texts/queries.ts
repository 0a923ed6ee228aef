import { queryOptions } from '@tanstack/react-query'
import { listConditions } from '../../../contract/agreement/texts.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export const conditionsQuery = queryOptions({
  queryKey: ['texts', 'conditions'],
  queryFn: ({ signal }) => call(listConditions, { signal }),
  refetchOnMount: 'always',
})
/** Rights may have come back, or gone: everything read under them is read again. */
export const rightsChanged = () => queryClient.invalidateQueries()
