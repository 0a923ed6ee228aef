import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { announce } from '../ui/feedback.tsx'
import { formatCount } from './format.ts'

interface ListReply { readonly items: readonly unknown[]; readonly next: string | null; readonly total?: number | undefined }

/** A keyset list read page by page: `query` for `<Loaded>`, whose items are those of all the pages read, and `more` for `<DataTable>`. */
export const useList = <R extends ListReply>(queryKey: QueryKey, read: (after: string | undefined, signal: AbortSignal) => Promise<R>, { fresh = false, enabled = true } = {}) => {
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
  useEffect(() => {
    if (focusFrom.current === null || shown <= focusFrom.current) return
    document.querySelectorAll<HTMLElement>(':is(.cc-table, .cc-results) [data-row-stop]')[focusFrom.current]?.focus()
    focusFrom.current = null
  }, [shown])
  const onMore = async () => {
    focusFrom.current = shown
    const { data } = await query.fetchNextPage()
    announce(`${formatCount((data?.items.length ?? shown) - shown, 'ligne de plus', 'lignes de plus')}.`)
  }
  const total = query.data?.total
  return { query, more: query.hasNextPage ? { onMore: () => void onMore(), busy: query.isFetchingNextPage, left: total === undefined ? undefined : total - shown } : undefined }
}
