import { useSyncExternalStore } from 'react'

const wide = matchMedia('(min-width: 62em)')
const listen = (changed: () => void) => {
  wide.addEventListener('change', changed)
  return () => wide.removeEventListener('change', changed)
}
/** From 992 px: there is room for a panel beside a list. */
export const useWide = () => useSyncExternalStore(listen, () => wide.matches)
