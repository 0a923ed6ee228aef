import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

const stopsOf = (body: Element | null | undefined) => [
  ...(body?.querySelectorAll<HTMLElement>('[data-row-stop]') ?? []),
]
/** Gives the focus back to what had it; once it went away with its row, to the row that took its place, or to the title. */
export const placeOf = (element: Element | null) => {
  const body = element?.closest('tbody')
  const at = stopsOf(body).findIndex(stop => stop.closest('tr')?.contains(element))
  return () => {
    const stops = body?.isConnected ? stopsOf(body) : []
    const kept =
      element instanceof HTMLElement && element.isConnected
        ? element
        : ((at < 0 ? undefined : stops[Math.min(at, stops.length - 1)]) ?? document.querySelector('h1'))
    kept?.focus()
  }
}

/** Whoever acts on a row that leaves the list goes on from there, by the keyboard. */
export const useKeptPlace = (body: RefObject<HTMLElement | null>, rows: readonly unknown[]) => {
  const back = useRef<(() => void) | null>(null)
  useEffect(() => {
    const follow = ({ target }: Event) => {
      const on = (target as Element).closest('a, button, label, input')
      if (on && body.current?.contains(on)) back.current = placeOf(on)
      else if (!on?.closest('dialog')) back.current = null
    }
    document.addEventListener('focusin', follow)
    document.addEventListener('pointerdown', follow)
    return () => {
      document.removeEventListener('focusin', follow)
      document.removeEventListener('pointerdown', follow)
    }
  }, [body])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the rows is looked at
  useLayoutEffect(() => {
    if (back.current && document.activeElement === document.body) back.current()
  }, [rows])
}
