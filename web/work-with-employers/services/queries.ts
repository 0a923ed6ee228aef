import { queryOptions } from '@tanstack/react-query'
import type { Reply } from '../../../contract/route.ts'
import type { listHistory } from '../../../contract/work-with-employers/notes.ts'
import { listRecruitmentServices, listServices } from '../../../contract/work-with-employers/services/services.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export type Services = Reply<typeof listServices>
export type Service = Services['items'][number]
export type ServiceLine = NonNullable<Reply<typeof listHistory>['items'][number]['service']>

export const servicesQuery = (siret: string) =>
  queryOptions({
    queryKey: ['services', 'card', siret],
    queryFn: ({ signal }) => call(listServices, { params: { siret }, signal }),
    retry: false,
  })
export const recruitmentServicesQuery = (siret: string) =>
  queryOptions({
    queryKey: ['services', 'recruitment', siret],
    queryFn: ({ signal }) => call(listRecruitmentServices, { params: { siret }, signal }),
    retry: false,
  })
/** The history tells them too. */
export const servicesChanged = () =>
  Promise.all(['services', 'history'].map(key => queryClient.invalidateQueries({ queryKey: [key] })))
