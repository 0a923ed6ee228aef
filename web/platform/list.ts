import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { type RefObject, useLayoutEffect, useRef } from 'react'
import { announce } from './announce.ts'
import { formatCount } from './format.ts'

interface ListReply {
  readonly items: readonly unknown[]
  readonly next: string | null
  readonly total?: number | undefined
}

/** Past this, a list is narrowed down rather than read whole. */
const mostAtOnce = 10_000
/** Fewer come with the next page or two. */
const manyMore = 200

interface Options {
  readonly fresh?: boolean
  readonly enabled?: boolean
  /** Where its lines are drawn, when the page has other lists. */
  readonly within?: RefObject<HTMLElement | null>
}
/**
 * A keyset list read page by page: `query` for `<Loaded>`, whose items are those of all the pages read, and `more` for
 * `<DataTable>`.
 */
export const useList = <R extends ListReply>(
  queryKey: QueryKey,
  read: (after: string | undefined, signal: AbortSignal) => Promise<R>,
  { fresh = false, enabled = true, within }: Options = {},
) => {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next ?? undefined,
    select: ({ pages }): R => ({ ...pages[0]!, items: pages.flatMap(page => page.items) }),
    placeholderData: keepPreviousData,
    enabled,
    ...(fresh ? { refetchOnMount: 'always' as const } : {}),
  })
  const shown = query.data?.items.length ?? 0
  // The button goes away with the last page: the focus goes to the first line it brought, once that line is drawn.
  const focusFrom = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (focusFrom.current === null || shown <= focusFrom.current) return
    const at = focusFrom.current
    const find = () => {
      const place = within?.current ?? document
      // In a long list not all lines are drawn: the one that is wanted has its number.
      return (
        place.querySelector<HTMLElement>(`:is(.cc-table, .cc-history) [data-index="${at}"] [data-row-stop]`) ??
        place.querySelectorAll<HTMLElement>(':is(.cc-table, .cc-results) [data-row-stop]')[at]
      )
    }
    // It may be drawn a few frames later, once the list knows which of its lines are in sight.
    const reach = (frames: number) => {
      const line = find()
      if (line) line.focus()
      else if (frames > 0) requestAnimationFrame(() => reach(frames - 1))
    }
    reach(10)
    focusFrom.current = null
  }, [shown, within])
  // The list being read whole, as long as it is the same one.
  const current = useRef('')
  current.current = JSON.stringify(queryKey)
  const readOn = async (whole: boolean) => {
    focusFrom.current = shown
    const started = current.current
    let result = await query.fetchNextPage()
    while (whole && result.hasNextPage && !result.isError && current.current === started)
      result = await query.fetchNextPage()
    if (current.current === started)
      announce(`${formatCount((result.data?.items.length ?? shown) - shown, 'ligne de plus', 'lignes de plus')}.`)
  }
  const total = query.data?.total
  const left = total === undefined ? undefined : total - shown
  return {
    query,
    more: query.hasNextPage
      ? {
          onMore: () => void readOn(false),
          onAll: left !== undefined && left > manyMore && total! <= mostAtOnce ? () => void readOn(true) : undefined,
          busy: query.isFetchingNextPage,
          left,
        }
      : undefined,
  }
}
