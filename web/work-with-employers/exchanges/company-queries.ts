import { queryOptions } from '@tanstack/react-query'
import type { Reply } from '../../../contract/route.ts'
import { getCompanyRelations } from '../../../contract/work-with-employers/company.ts'
import { call } from '../../platform/api.ts'

export type Relations = Reply<typeof getCompanyRelations>
export type Held = Relations['held'][number]

export const companyRelationsQuery = (siret: string) =>
  queryOptions({
    queryKey: ['company-relations', siret],
    queryFn: ({ signal }) => call(getCompanyRelations, { params: { siret }, signal }),
  })
