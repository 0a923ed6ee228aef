/** Views that one person is written to about. */
export const mostWatched = 20
/** Of a longer list nobody reads what is new: its filters are to be narrowed. */
export const mostLines = 1000

export interface Reading {
  readonly version: number
  readonly lines: readonly number[]
}
/** What was not there at the last reading. A view that was changed since starts anew: nothing of it is new. */
export const freshIn = (last: Reading, now: Reading): readonly number[] => {
  if (last.version !== now.version) return []
  const seen = new Set(last.lines)
  return now.lines.filter(line => !seen.has(line))
}
