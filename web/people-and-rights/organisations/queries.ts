import { queryOptions } from '@tanstack/react-query'
import { getStructure } from '../../../contract/people-and-rights/organisations.ts'
import { call } from '../../platform/api.ts'

export const structureQuery = queryOptions({
  queryKey: ['rights', 'structure'],
  queryFn: ({ signal }) => call(getStructure, { signal }),
})
