import { queryOptions } from '@tanstack/react-query'
import {
  getHabilitationsHome,
  getPerson,
  getStructure,
  listPerimeters,
} from '../../../contract/people-and-rights/habilitations.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export const homeQuery = queryOptions({
  queryKey: ['habilitations', 'home'],
  queryFn: ({ signal }) => call(getHabilitationsHome, { signal }),
})
export const personQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['habilitations', 'person', accountId],
    queryFn: ({ signal }) => call(getPerson, { params: { accountId }, signal }),
  })
export const structureQuery = queryOptions({
  queryKey: ['habilitations', 'structure'],
  queryFn: ({ signal }) => call(getStructure, { signal }),
})
export const perimetersQuery = queryOptions({
  queryKey: ['habilitations', 'perimeters'],
  queryFn: ({ signal }) => call(listPerimeters, { signal }),
})
/** What one writes shows in the lists, in the counts and on the person's page. */
export const habilitationsChanged = () => queryClient.invalidateQueries({ queryKey: ['habilitations'] })
