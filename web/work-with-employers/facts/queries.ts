import { queryOptions } from '@tanstack/react-query'
import type { Reply } from '../../../contract/route.ts'
import { type FactName, listFacts, readFactHistory } from '../../../contract/work-with-employers/facts.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export type Fact = Reply<typeof listFacts>['items'][number]
export type FactValue = Fact['said'][number]

export const factsQuery = (siret: string) =>
  queryOptions({
    queryKey: ['facts', siret],
    queryFn: ({ signal }) => call(listFacts, { params: { siret }, signal }),
    retry: false,
  })
export const factHistoryQuery = (siret: string, field: FactName) =>
  queryOptions({
    queryKey: ['facts', siret, field],
    queryFn: ({ signal }) => call(readFactHistory, { params: { siret, field }, signal }),
  })
export const factsChanged = () => queryClient.invalidateQueries({ queryKey: ['facts'] })
