import { useEffect, useState } from 'react'

/** Words typed in a search field, kept in the address (`q`) once one pauses. */
export const useSearchWords = (
  q: string,
  set: (change: { q: string }) => void,
): readonly [string, (words: string) => void] => {
  const [words, setWords] = useState(q)
  useEffect(() => {
    const timer = setTimeout(() => words.trim() !== q && set({ q: words.trim() }), 300)
    return () => clearTimeout(timer)
  }, [words, q, set])
  return [words, setWords]
}
