import { queryOptions } from '@tanstack/react-query'
import type { Reply } from '../../../contract/route.ts'
import { getEstablishment } from '../../../contract/territory-and-register/establishments.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'

const cardKey = (siret: string) => ['establishments', 'one', siret] as const
/** Of the card one arrives on: asked before its page is there to ask for it. */
let arriving: { readonly siret: string; readonly card: Promise<Reply<typeof getEstablishment>> } | undefined
export const beginCard = (siret: string): void => {
  const card = call(getEstablishment, { params: { siret }, plain: true })
  card.catch(() => {})
  arriving = { siret, card }
}
/** Once, and asked again if it was refused: whoever asks then is told why, or proves who they are. */
const arrived = async (siret: string) => {
  const begun = arriving?.siret === siret ? arriving.card : undefined
  arriving = undefined
  return begun?.catch(() => undefined)
}
/** A card fetched ahead is shown at once, and read again: the figures of use count the opening of a card. */
export const cardQuery = (siret: string) =>
  queryOptions({
    queryKey: cardKey(siret),
    queryFn: async ({ signal }) => (await arrived(siret)) ?? call(getEstablishment, { params: { siret }, signal }),
    refetchOnMount: 'always',
  })
/** Someone is about to open it. Not counted as opened. */
export const prefetchCard = (siret: string) =>
  void queryClient.prefetchQuery({
    queryKey: cardKey(siret),
    queryFn: ({ signal }) => call(getEstablishment, { params: { siret }, signal, ahead: true }),
    staleTime: 60_000,
    retry: false,
  })
