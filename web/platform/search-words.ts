import { useEffect, useRef, useState } from 'react'

/** Words typed in a search field, kept in the address (`q`) once one pauses; changed there, they change in the field. */
export const useSearchWords = (
  q: string,
  set: (change: { q: string }) => void,
): readonly [string, (words: string) => void] => {
  const [words, setWords] = useState(q)
  const written = useRef(q)
  useEffect(() => {
    // Letters typed while our own words reach the address stay.
    if (q !== written.current) setWords(q)
    written.current = q
  }, [q])
  useEffect(() => {
    const timer = setTimeout(() => {
      if (words.trim() === q) return
      written.current = words.trim()
      set({ q: words.trim() })
    }, 300)
    return () => clearTimeout(timer)
  }, [words, q, set])
  return [words, setWords]
}
