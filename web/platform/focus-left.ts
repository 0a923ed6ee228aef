import { useEffect, useRef } from 'react'

const toTitle = () => {
  if (document.activeElement === document.body) document.querySelector<HTMLElement>('h1')?.focus()
}

/** Gives the title the focus that a line or a dialog took away: now, or once `drawn` is drawn without it. */
export const useFocusLeft = (drawn: unknown) => {
  const left = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each drawing is looked at
  useEffect(() => {
    if (left.current) toTitle()
    left.current = false
  }, [drawn])
  return () => {
    left.current = true
    toTitle()
  }
}
