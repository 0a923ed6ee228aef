import { useEffect, useState } from 'react'

/** What it was when it last stayed the same for that long. */
export const useRested = (text: string, delayMs: number) => {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), delayMs)
    return () => clearTimeout(timer)
  }, [text, delayMs])
  return rested
}
