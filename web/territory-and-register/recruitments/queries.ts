import { queryOptions } from '@tanstack/react-query'
import {
  getCompanyRecruitment,
  getRecruitment,
  getRecruitmentSummary,
} from '../../../contract/territory-and-register/recruitments.ts'
import { call } from '../../platform/api.ts'

export const recruitmentQuery = (siret: string) =>
  queryOptions({
    queryKey: ['recruitments', 'one', siret],
    queryFn: ({ signal }) => call(getRecruitment, { params: { siret }, signal }),
  })
export const recruitmentSummaryQuery = (siret: string) =>
  queryOptions({
    queryKey: ['recruitments', 'summary', siret],
    queryFn: ({ signal }) => call(getRecruitmentSummary, { params: { siret }, signal }),
    staleTime: 300_000,
    retry: false,
  })
export const companyRecruitmentQuery = (siren: string) =>
  queryOptions({
    queryKey: ['recruitments', 'company', siren],
    queryFn: ({ signal }) => call(getCompanyRecruitment, { params: { siren }, signal }),
  })
