import { queryOptions } from '@tanstack/react-query'
import { listAnomalies, listSupplied } from '../../contract/anomalies.ts'
import { getHabilitationsHome, getPerson, getStructure, listPerimeters } from '../../contract/habilitations.ts'
import { call } from '../platform/api.ts'
import { queryClient } from '../platform/query.ts'

export const homeQuery = queryOptions({ queryKey: ['habilitations', 'home'], queryFn: ({ signal }) => call(getHabilitationsHome, { signal }) })
/** How many anomalies are open in one's structure, in `total`. */
export const openAnomaliesQuery = queryOptions({ queryKey: ['habilitations', 'anomalies', 'count'], queryFn: ({ signal }) => call(listAnomalies, { query: { limit: 1, total: true }, signal }), refetchOnMount: 'always' })
export const suppliedAnomaliesQuery = queryOptions({ queryKey: ['habilitations', 'anomalies', 'supplied', 'count'], queryFn: ({ signal }) => call(listSupplied, { query: { limit: 1, total: true }, signal }), refetchOnMount: 'always' })
/** What is an anomaly has its own page; this is what is not one yet. */
export const notYetAnomalies: readonly string[] = ['soon-inactive', 'no-grant']
export const personQuery = (accountId: string) => queryOptions({ queryKey: ['habilitations', 'person', accountId], queryFn: ({ signal }) => call(getPerson, { params: { accountId }, signal }) })
export const structureQuery = queryOptions({ queryKey: ['habilitations', 'structure'], queryFn: ({ signal }) => call(getStructure, { signal }) })
export const perimetersQuery = queryOptions({ queryKey: ['habilitations', 'perimeters'], queryFn: ({ signal }) => call(listPerimeters, { signal }) })
/** What one writes shows in the lists, in the counts and on the person's page. */
export const habilitationsChanged = () => queryClient.invalidateQueries({ queryKey: ['habilitations'] })
