import { queryOptions } from '@tanstack/react-query'
import type { Reply } from '../../../contract/route.ts'
import { getCompanyRelations, type relationLists } from '../../../contract/work-with-employers/company.ts'
import { call } from '../../platform/api.ts'

export type Relations = Reply<typeof getCompanyRelations>
export type Held = Relations['held'][number]
export type HeldElsewhere = Relations['heldElsewhere'][number]
export type RelationList = (typeof relationLists)[number]

export const companyRelationsQuery = (siret: string) =>
  queryOptions({
    queryKey: ['company-relations', siret],
    queryFn: ({ signal }) => call(getCompanyRelations, { params: { siret }, signal }),
  })
