import { useAddress } from './navigation.ts'

/** What each column of a list is called, in the order they are shown, and those shown when nothing is chosen. */
export interface ListColumns<Id extends string> {
  readonly words: Readonly<Record<Id, string>>
  readonly usual: readonly NoInfer<Id>[]
}
/** No column but the name. */
const none = 'aucune'

/** What the address says of the columns (`colonnes`), in their own order; unknown ones are left aside. */
export const columnsOf = <Id extends string>({ words, usual }: ListColumns<Id>, said: string | undefined) =>
  said === undefined ? usual : idsOf(words).filter(one => said.split(',').includes(one))
/** What the address says of that choice: nothing for the usual one. */
export const saidOf = <Id extends string>({ usual }: ListColumns<Id>, chosen: readonly Id[]) =>
  chosen.length === usual.length && usual.every(one => chosen.includes(one)) ? undefined : chosen.join(',') || none
export const idsOf = <Id extends string>(words: Readonly<Record<Id, string>>) => Object.keys(words) as Id[]

/** The columns of a list, in the address of its page: a view keeps them as it keeps filters. */
export const useListColumns = <Id extends string>(columns: ListColumns<Id>) => {
  const [{ colonnes }, setAddress] = useAddress()
  return {
    chosen: columnsOf(columns, colonnes),
    choose: (next: readonly Id[]) => setAddress({ colonnes: saidOf(columns, next) }),
  }
}
