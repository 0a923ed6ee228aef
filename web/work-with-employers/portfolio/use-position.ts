import { useState } from 'react'
import type { Position } from './distance.ts'

/** Where one stands: asked on a press alone, kept in this page. */
export const usePosition = () => {
  const [here, setHere] = useState<Position | null>(null)
  const [state, setState] = useState<'asking' | 'refused' | null>(null)
  const ask = () => {
    if (!navigator.geolocation) return setState('refused')
    setState('asking')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState(null)
        setHere({ lat: coords.latitude, lon: coords.longitude })
      },
      () => setState('refused'),
      { maximumAge: 60_000, timeout: 15_000 },
    )
  }
  return { here, state, ask, forget: () => setHere(null) }
}
