import { queryOptions } from '@tanstack/react-query'
import type { Reply } from '../../../contract/route.ts'
import { listReferents } from '../../../contract/work-with-employers/referents.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export type Known = Reply<typeof listReferents>
export type Referent = Known['current'][number]

export const referentsQuery = (siret: string) =>
  queryOptions({
    queryKey: ['referents', siret],
    queryFn: ({ signal }) => call(listReferents, { params: { siret }, signal }),
    retry: false,
  })
export const keepReferents = (siret: string, now: Known) => {
  queryClient.setQueryData(referentsQuery(siret).queryKey, now)
  void queryClient.invalidateQueries({ queryKey: ['history'] })
}
/** Refused, another changed them meanwhile. */
export const referentsChanged = (siret: string) =>
  queryClient.invalidateQueries({ queryKey: referentsQuery(siret).queryKey })
