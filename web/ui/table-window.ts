import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type FocusEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** Up to here every row is drawn: nothing is gained by less, and the browser's own search finds them all. */
const most = 100
export const usualHeight = 60
export const denseHeight = 40

export interface DrawnRow {
  readonly index: number /** Height of the rows not drawn between the one before and this one. */
  readonly above: number
}

/** A printed list is whole. */
const usePrinting = () => {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true))
    const after = () => setPrinting(false)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return printing
}

/** How far down the page the rows begin; it moves when what is above them opens or closes. */
const useTop = (body: RefObject<HTMLElement | null>, enabled: boolean) => {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    if (!enabled) return
    const read = () => setTop(Math.round((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY))
    const observer = new ResizeObserver(read)
    read()
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [body, enabled])
  return top
}

/** A card of a phone keeps its margin: it counts in the room that it takes. */
const heightOf = (row: Element) =>
  Math.round(row.getBoundingClientRect().height + (Number.parseFloat(getComputedStyle(row).marginBottom) || 0))

/**
 * Most browsers keep the reading position by themselves when rows are taller or shorter than thought.
 * Doing it by hand too would undo a movement under way.
 */
const browserAnchors = CSS.supports('overflow-anchor', 'auto')

/**
 * The rows in sight with some above and below, and the focused row with its two neighbours.
 * So Tab, j and k go from row to row as if all were drawn.
 */
export const useRowsInSight = (ids: readonly string[], body: RefObject<HTMLElement | null>, usual: number) => {
  const printing = usePrinting()
  const partial = ids.length > most && !printing
  const top = useTop(body, partial)
  const [focused, setFocused] = useState<string | null>(null)
  const at = focused === null ? -1 : ids.indexOf(focused)
  const rangeExtractor = useCallback(
    (range: Range) => {
      const inSight = defaultRangeExtractor(range)
      const kept = at === -1 ? [] : [at - 1, at, at + 1].filter(index => index >= 0 && index < range.count)
      return kept.length ? [...new Set([...inSight, ...kept])].sort((a, b) => a - b) : inSight
    },
    [at],
  )
  const virtualizer = useWindowVirtualizer<HTMLElement>({
    count: ids.length,
    enabled: partial,
    estimateSize: () => usual,
    overscan: 6,
    scrollMargin: top,
    rangeExtractor,
    measureElement: heightOf,
    useFlushSync: false,
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    getItemKey: useCallback((index: number) => ids[index]!, [ids]),
  })
  if (browserAnchors) virtualizer.shouldAdjustScrollPositionOnItemSizeChange = () => false
  const onFocus = ({ target }: FocusEvent) =>
    setFocused(ids[Number((target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset['index'])] ?? null)
  if (!partial)
    return {
      drawn: ids.map((_, index): DrawnRow => ({ index, above: 0 })),
      below: 0,
      partial,
      measure: undefined,
      onFocus,
    }
  let reached = top
  const drawn = virtualizer.getVirtualItems().map(({ index, start, end }): DrawnRow => {
    const above = start - reached
    reached = end
    return { index, above }
  })
  return {
    drawn,
    below: top + virtualizer.getTotalSize() - reached,
    partial,
    measure: virtualizer.measureElement,
    onFocus,
  }
}

/**
 * Columns keep the widths of the first rows drawn, until the columns or their room change. Otherwise they would move on
 * scrolling.
 */
export const useSteadyWidths = (
  table: RefObject<HTMLTableElement | null>,
  enabled: boolean,
  columns: string,
): readonly number[] | undefined => {
  const [room, setRoom] = useState(0)
  const [kept, setKept] = useState<{ for: string; widths: readonly number[] } | undefined>()
  const wanted = `${columns}|${room}`
  useLayoutEffect(() => {
    const parent = table.current?.parentElement
    if (!enabled || !parent) return
    const observer = new ResizeObserver(() => setRoom(Math.round(parent.clientWidth)))
    observer.observe(parent)
    return () => observer.disconnect()
  }, [table, enabled])
  useLayoutEffect(() => {
    if (!enabled || !room || kept?.for === wanted || !table.current?.tBodies[0]?.rows.length) return
    const inCards = getComputedStyle(table.current).display === 'block'
    setKept({
      for: wanted,
      widths: inCards
        ? []
        : [...table.current.querySelectorAll('thead th')].map(head => head.getBoundingClientRect().width),
    })
  }, [enabled, room, wanted, kept?.for, table])
  return enabled && kept?.for === wanted ? kept.widths : undefined
}
