import { queryOptions } from '@tanstack/react-query'
import { listPerimeters } from '../../../contract/people-and-rights/grants.ts'
import { call } from '../../platform/api.ts'

export const perimetersQuery = queryOptions({
  queryKey: ['rights', 'perimeters'],
  queryFn: ({ signal }) => call(listPerimeters, { signal }),
})
