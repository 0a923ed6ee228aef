import { useEffect, useState } from 'react'
import type { FormKeeping } from './form-keeping.tsx'

let loaded: typeof FormKeeping | undefined
/** The part that keeps what is typed: it comes after the page, asked again while the network is away. */
export const useKeepingPart = (wanted: boolean) => {
  const [part, setPart] = useState(() => loaded)
  useEffect(() => {
    if (part || !wanted) return
    let gone = false
    const load = () =>
      void import('./form-keeping.tsx').then(
        module => {
          loaded = module.FormKeeping
          if (!gone) setPart(() => module.FormKeeping)
        },
        () => !gone && setTimeout(load, 4000),
      )
    load()
    return () => {
      gone = true
    }
  }, [part, wanted])
  return part
}
