interface Exchange {
  readonly id: string
  readonly occurredOn: string
}
interface Note {
  readonly id: string
  readonly notedOn: string
}
interface Service {
  readonly id: string
  readonly usedOn: string
}
interface Campaign {
  readonly id: string
  readonly day: string
}
interface Referent {
  readonly id: string
  readonly day: string
}
/** One line of the history: an exchange, a note, a need, a service used, what a campaign did, who was referent. */
export interface HistoryLine<X, N, D, S, C, R> {
  readonly day: string
  readonly id: string
  readonly exchange: X | null
  readonly note: N | null
  readonly need: D | null
  readonly service: S | null
  readonly campaign: C | null
  readonly referent: R | null
}
const nothing = { exchange: null, note: null, need: null, service: null, campaign: null, referent: null }

/** All on one line, the latest day first; of one day, the latest written: as each list is in SQL. */
export const merged = <
  X extends Exchange,
  N extends Note,
  D extends Note,
  S extends Service,
  C extends Campaign,
  R extends Referent,
>({
  exchanges,
  notes,
  needs,
  services,
  campaigns,
  referents,
}: {
  readonly exchanges: readonly X[]
  readonly notes: readonly N[]
  readonly needs: readonly D[]
  readonly services: readonly S[]
  readonly campaigns: readonly C[]
  readonly referents: readonly R[]
}): HistoryLine<X, N, D, S, C, R>[] => {
  const lines: HistoryLine<X, N, D, S, C, R>[] = [
    ...exchanges.map(exchange => ({ ...nothing, day: exchange.occurredOn, id: exchange.id, exchange })),
    ...notes.map(note => ({ ...nothing, day: note.notedOn, id: note.id, note })),
    ...needs.map(need => ({ ...nothing, day: need.notedOn, id: need.id, need })),
    ...services.map(service => ({ ...nothing, day: service.usedOn, id: service.id, service })),
    ...campaigns.map(campaign => ({ ...nothing, day: campaign.day, id: campaign.id, campaign })),
    ...referents.map(referent => ({ ...nothing, day: referent.day, id: referent.id, referent })),
  ]
  const key = ({ day, id }: HistoryLine<X, N, D, S, C, R>) => `${day} ${id}`
  return lines.toSorted((one, other) => (key(one) < key(other) ? 1 : -1))
}

/** Each once, in the order of names. */
export const byName = <T extends { readonly id: string; readonly name: string }>(named: readonly T[]): T[] =>
  [...new Map(named.map(one => [one.id, one])).values()].toSorted((a, b) => a.name.localeCompare(b.name, 'fr'))
