interface Exchange {
  readonly id: string
  readonly occurredOn: string
}
interface Note {
  readonly id: string
  readonly notedOn: string
}
interface Campaign {
  readonly id: string
  readonly day: string
}
/** One line of the history: an exchange, a note, a need, or what a campaign did. */
export interface HistoryLine<X, N, D, C> {
  readonly day: string
  readonly id: string
  readonly exchange: X | null
  readonly note: N | null
  readonly need: D | null
  readonly campaign: C | null
}
const nothing = { exchange: null, note: null, need: null, campaign: null }

/** All on one line, the latest day first; of one day, the latest written: as each list is in SQL. */
export const merged = <X extends Exchange, N extends Note, D extends Note, C extends Campaign>(
  exchanges: readonly X[],
  notes: readonly N[],
  needs: readonly D[],
  campaigns: readonly C[],
): HistoryLine<X, N, D, C>[] => {
  const lines: HistoryLine<X, N, D, C>[] = [
    ...exchanges.map(exchange => ({ ...nothing, day: exchange.occurredOn, id: exchange.id, exchange })),
    ...notes.map(note => ({ ...nothing, day: note.notedOn, id: note.id, note })),
    ...needs.map(need => ({ ...nothing, day: need.notedOn, id: need.id, need })),
    ...campaigns.map(campaign => ({ ...nothing, day: campaign.day, id: campaign.id, campaign })),
  ]
  const key = ({ day, id }: HistoryLine<X, N, D, C>) => `${day} ${id}`
  return lines.toSorted((one, other) => (key(one) < key(other) ? 1 : -1))
}

/** Each once, in the order of names. */
export const byName = <T extends { readonly id: string; readonly name: string }>(named: readonly T[]): T[] =>
  [...new Map(named.map(one => [one.id, one])).values()].toSorted((a, b) => a.name.localeCompare(b.name, 'fr'))
