import { useAddress } from './navigation.ts'

/** Each order of a list: what the address says of it (`tri`), and how it reads. Told in the order of the choice. */
export type Orders<Order extends string> = Readonly<Record<Order, { readonly said: string; readonly label: string }>>

/** The order that the address asks, `usual` when it says none it knows; the field that asks another. */
export const useListOrder = <Order extends string>(orders: Orders<Order>, usual: NoInfer<Order>) => {
  const [{ tri }, setAddress] = useAddress()
  const all = Object.keys(orders) as Order[]
  const ofSaid = (said: string | undefined): Order => all.find(one => orders[one].said === said) ?? usual
  const sort = ofSaid(tri)
  return {
    sort,
    field: {
      name: 'tri',
      label: 'Trier par',
      required: true,
      value: orders[sort].said,
      onChange: (said: string) => setAddress({ tri: ofSaid(said) === usual ? undefined : said }),
      options: all.map(one => ({ value: orders[one].said, label: orders[one].label })),
    },
  }
}

/** An order, or the same turned round: a dash says so, in the address as for the API. */
export type Turned<Order extends string> = Order | `-${Order}`
interface Turning<Order extends string> {
  /** What the address says of each order. */
  readonly said: Readonly<Record<Order, string>>
  /** The one when the address says none. */
  readonly usual: NoInfer<Order>
  /** Those whose useful way, which a head gives first, is the largest first. */
  readonly largestFirst: readonly NoInfer<Order>[]
}
/** The order that the address asks, either way; how to ask another; what the head of a column says and does. */
export const useTurnedOrder = <Order extends string>({ said, usual, largestFirst }: Turning<Order>) => {
  const [{ tri }, setAddress] = useAddress()
  const ways = (Object.keys(said) as Order[]).flatMap(
    one =>
      [
        [one, said[one]],
        [`-${one}`, `-${said[one]}`],
      ] as const,
  )
  const sort: Turned<Order> = ways.find(([, words]) => words === tri)?.[0] ?? usual
  const sortBy = (next: Turned<Order>) =>
    setAddress({ tri: next === usual ? undefined : ways.find(([one]) => one === next)?.[1] })
  return {
    sort,
    sortBy,
    /** Pressed again, a head turns the order round. */
    sortingBy: (by: Order) => {
      const on = sort === by || sort === `-${by}`
      const up = (sort === by) !== largestFirst.includes(by)
      return {
        way: on ? (up ? ('ascending' as const) : ('descending' as const)) : undefined,
        run: () => sortBy(sort === by ? `-${by}` : by),
      }
    },
  }
}
/** A field that says what the heads do, where they are out of sight. */
export const turnedField = <Order extends string>(
  labels: Readonly<Record<Turned<Order>, string>>,
  { sort, sortBy }: { readonly sort: Turned<Order>; readonly sortBy: (next: Turned<Order>) => void },
) => ({
  name: 'tri',
  label: 'Trier par',
  required: true,
  value: sort,
  onChange: (next: string) => sortBy(next as Turned<Order>),
  options: (Object.keys(labels) as Turned<Order>[]).map(value => ({ value, label: labels[value] })),
})
