/**
 * The order in which one walks through targets while one of them is open. Recording moves a target in the list: the
 * order stays, and what is read since comes at its end.
 */
export const walkOrder = (before: readonly string[], listed: readonly string[]): readonly string[] => {
  const known = new Set(before)
  const added = listed.filter(siret => !known.has(siret))
  return added.length ? [...before, ...added] : before
}

export interface Walk {
  /** From 1. */
  readonly rank: number
  readonly previous: string | undefined
  readonly next: string | undefined
}
export const walkAt = (order: readonly string[], siret: string): Walk => {
  const at = order.indexOf(siret)
  return { rank: at + 1, previous: order[at - 1], next: at < 0 ? undefined : order[at + 1] }
}
