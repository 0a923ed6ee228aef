import { queryOptions } from '@tanstack/react-query'
import { getRightsRequest, listRightsCorrections } from '../../../contract/oversight/rights-requests.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'
import type { RightsRequest } from './words.ts'

export const rightsRequestQuery = (requestId: string) =>
  queryOptions({
    queryKey: ['rights-requests', 'one', requestId],
    queryFn: ({ signal }) => call(getRightsRequest, { params: { requestId }, signal }),
  })
/** By the version that they led to: another one is read once a correction is recorded. */
export const correctionsQuery = (requestId: string, version: number) =>
  queryOptions({
    queryKey: ['rights-requests', 'corrections', requestId, version],
    queryFn: ({ signal }) => call(listRightsCorrections, { params: { requestId }, signal }),
  })
/** A request that one reads no more leaves nothing of the person here. */
export const forgetRequest = async (requestId: string) => {
  queryClient.removeQueries({ queryKey: ['rights-requests', 'one', requestId] })
  queryClient.removeQueries({ queryKey: ['rights-requests', 'corrections', requestId] })
  await queryClient.invalidateQueries({ queryKey: ['rights-requests', 'list'] })
}
/** What a write answered is the request as it stands; the lists are read again. */
export const keepRequest = async (request: RightsRequest) => {
  queryClient.setQueryData(rightsRequestQuery(request.id).queryKey, request)
  await queryClient.invalidateQueries({ queryKey: ['rights-requests', 'list'] })
}
