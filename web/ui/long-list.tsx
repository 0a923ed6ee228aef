import { type ReactNode, useMemo, useRef } from 'react'
import { ListMore, type MorePages } from './list-more.tsx'
import { useRowsInSight } from './table-window.ts'

/** What each item puts on its own `<li>`. */
export interface ListItemProps {
  readonly ref: ((item: HTMLElement | null) => void) | undefined
  readonly 'data-index': number
  readonly 'aria-setsize'?: number
  readonly 'aria-posinset'?: number
}
interface Props<T> {
  readonly className: string
  readonly items: readonly T[]
  readonly keyOf: (item: T) => string
  /** How tall an item is, about, before it is drawn. */
  readonly usual: number
  readonly draw: (item: T, key: string, props: ListItemProps) => ReactNode
  readonly more?: MorePages | undefined
}

/** An ordered list of things to read. Past a hundred, only those in sight are drawn, as in a table. */
export const LongList = <T,>({ className, items, keyOf, usual, draw, more }: Props<T>) => {
  const list = useRef<HTMLOListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: how an item is named does not change while the items are the same
  const ids = useMemo(() => items.map(keyOf), [items])
  const { drawn, below, partial, measure, onFocus } = useRowsInSight(ids, list, usual)
  // Of a list not read to its end, the number is said when known.
  const size = !more ? items.length : more.left === undefined ? -1 : items.length + more.left
  return (
    <>
      <ol className={className} ref={list} onFocus={onFocus}>
        {drawn.flatMap(({ index, above }) => {
          const id = ids[index]!
          const counted = partial ? { 'aria-setsize': size, 'aria-posinset': index + 1 } : {}
          const item = draw(items[index]!, id, { ref: measure, 'data-index': index, ...counted })
          return above > 0 ? [<Gap key={`above ${id}`} height={above} />, item] : [item]
        })}
        {below > 0 && <Gap height={below} />}
      </ol>
      {more && <ListMore more={more} shown={items.length} />}
    </>
  )
}

/** The room of the items that are not drawn. */
const Gap = ({ height }: { height: number }) => <li aria-hidden="true" style={{ height }} />

/** For `memo`: whether a line of a long list is told the same, however often the list is drawn. */
export const sameLine = <P extends { readonly item: ListItemProps }>(
  { item: oldItem, ...old }: P,
  { item, ...now }: P,
): boolean => {
  const same = <T extends object>(one: T, other: T) =>
    Object.keys({ ...one, ...other }).every(name => one[name as keyof T] === other[name as keyof T])
  return same(old, now) && same(oldItem, item)
}
