/** Views that one person is written to about. */
export const mostWatched = 20
/** Of a longer list nobody reads what is new: its filters are to be narrowed. */
export const mostLines = 1000

export interface Reading {
  readonly version: number
  readonly lines: readonly number[]
}
/**
 * What is kept of a reading, and what was not there at the last one. A view that was changed since starts anew: nothing
 * of it is new. Who is not to be contacted (EST-10) becomes news once the mark ends.
 */
export const readAgain = (
  last: Reading,
  now: Reading,
  notToContact: ReadonlySet<number>,
): { lines: readonly number[]; fresh: readonly number[] } => {
  if (last.version !== now.version) return { lines: now.lines, fresh: [] }
  const seen = new Set(last.lines)
  const lines = now.lines.filter(line => seen.has(line) || !notToContact.has(line))
  return { lines, fresh: lines.filter(line => !seen.has(line)) }
}
