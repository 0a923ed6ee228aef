import { queryOptions } from '@tanstack/react-query'
import { getEstablishment } from '../../contract/establishments.ts'
import { call } from '../platform/api.ts'
import { queryClient } from '../platform/query.ts'

const cardKey = (siret: string) => ['establishments', 'one', siret] as const
/** What was fetched ahead is shown at once, and read again: opening a card is what the figures of use count. */
export const cardQuery = (siret: string) => queryOptions({ queryKey: cardKey(siret), queryFn: ({ signal }) => call(getEstablishment, { params: { siret }, signal }), refetchOnMount: 'always' })
/** Someone is about to open it. Not counted as opened. */
export const prefetchCard = (siret: string) => void queryClient.prefetchQuery({ queryKey: cardKey(siret), queryFn: ({ signal }) => call(getEstablishment, { params: { siret }, signal, ahead: true }), staleTime: 60_000, retry: false })
