import { queryOptions } from '@tanstack/react-query'
import type { Reply } from '../../../contract/route.ts'
import { listRoundStops } from '../../../contract/work-with-employers/rounds.ts'
import { call } from '../../platform/api.ts'
import type { Asked } from './round-address.ts'
import { type Round, roundOf } from './round-order.ts'

export type Stops = Reply<typeof listRoundStops>
export type Stop = Stops['items'][number]

export const stopsQuery = ({ sirets, day }: Asked) =>
  queryOptions({
    queryKey: ['rounds', sirets ?? 'visits', day],
    queryFn: ({ signal }) =>
      call(listRoundStops, { query: { ...(sirets ? { sirets: sirets.join(',') } : {}), day }, signal }),
    refetchOnMount: 'always',
  })

/** A meeting of that day has its hour; an action of another day binds nothing. */
export const hourOn = ({ action }: Stop, day: string): string | null => (action?.dueOn === day ? action.dueAt : null)

/** The stops in the order one goes: those that can be placed, then the others. */
export const inOrder = (
  items: readonly Stop[],
  day: string,
  start: Parameters<typeof roundOf>[1],
): { placed: readonly Stop[]; unplaced: readonly Stop[]; km: Round['km'] } => {
  const stops = new Map(items.map(stop => [stop.establishment.siret, stop]))
  const { placed, unplaced, km } = roundOf(
    items.map(stop => ({ id: stop.establishment.siret, position: stop.position, at: hourOn(stop, day) })),
    start,
  )
  const found = (ids: readonly string[]) => ids.flatMap(id => stops.get(id) ?? [])
  return { placed: found(placed), unplaced: found(unplaced), km }
}
