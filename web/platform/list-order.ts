import { useAddress } from './navigation.ts'

/** Each order of a list: what the address says of it (`tri`), and how it reads. Told in the order of the choice. */
export type Orders<Order extends string> = Readonly<Record<Order, { readonly said: string; readonly label: string }>>

/** The order that the address asks, `usual` when it says none it knows; how to ask another; the field that does. */
export const useListOrder = <Order extends string>(orders: Orders<Order>, usual: NoInfer<Order>) => {
  const [{ tri }, setAddress] = useAddress()
  const all = Object.keys(orders) as Order[]
  const ofSaid = (said: string | undefined): Order => all.find(one => orders[one].said === said) ?? usual
  const sort = ofSaid(tri)
  const sortBy = (next: Order) => setAddress({ tri: next === usual ? undefined : orders[next].said })
  return {
    sort,
    sortBy,
    field: {
      name: 'tri',
      label: 'Trier par',
      required: true,
      value: orders[sort].said,
      onChange: (said: string) => sortBy(ofSaid(said)),
      options: all.map(one => ({ value: orders[one].said, label: orders[one].label })),
    },
  }
}
