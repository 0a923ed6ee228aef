import { queryOptions } from '@tanstack/react-query'
import type { Reply } from '../../../contract/route.ts'
import { listCommitmentKinds, listCommitments } from '../../../contract/work-with-employers/commitments.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

export type Commitments = Reply<typeof listCommitments>
export type Commitment = Commitments['items'][number]
export type Kind = Reply<typeof listCommitmentKinds>['items'][number]

export const commitmentsQuery = (siret: string) =>
  queryOptions({
    queryKey: ['commitments', siret],
    queryFn: ({ signal }) => call(listCommitments, { params: { siret }, signal }),
    retry: false,
  })
export const kindsQuery = queryOptions({
  queryKey: ['commitment-kinds'],
  queryFn: ({ signal }) => call(listCommitmentKinds, { signal }),
})

/** A round says what holds too. */
export const commitmentsChanged = () =>
  Promise.all(['commitments', 'rounds'].map(key => queryClient.invalidateQueries({ queryKey: [key] })))
/** Renamed, a kind is renamed wherever it is noted. */
export const kindsChanged = () =>
  Promise.all([queryClient.invalidateQueries({ queryKey: ['commitment-kinds'] }), commitmentsChanged()])
