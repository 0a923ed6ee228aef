/* What a group of activity may be compared on, in a year: the specification of compare_hirings (functions/recruitments.sql). */

export const levels = ['epciId', 'clpeId', 'departementId', 'regionId'] as const
export interface Hirer {
  /** Of its company: establishments of one company are known together. */
  readonly siren: number
  readonly epciId: number | null
  readonly clpeId: number | null
  readonly departementId: number | null
  readonly regionId: number | null
  readonly durable: number
  readonly other: number
}
export interface Cell {
  readonly level: (typeof levels)[number]
  readonly territoryId: number
}

/**
 * Whether a sum says nothing of one company: at least six, so that five stay beside each; beside any other, none
 * makes more than 85 %. The SQL twin is hirings_tell_nobody.
 */
export const tellsNobody = (hires: readonly number[]): boolean => {
  const [first = 0, , ...rest] = hires.filter(n => n > 0).toSorted((a, b) => b - a)
  return rest.length >= 4 && 100 * first <= 85 * (first + rest.reduce((sum, n) => sum + n, 0))
}
/** The establishments of a company are one figure: whoever knows it knows them all. */
export const byCompany = (members: readonly Hirer[], part: 'durable' | 'other'): number[] =>
  [...Map.groupBy(members, m => m.siren).values()].map(own => own.reduce((sum, m) => sum + m[part], 0))
const bothTellNobody = (members: readonly Hirer[]) =>
  tellsNobody(byCompany(members, 'durable')) && tellsNobody(byCompany(members, 'other'))

/**
 * The cells told of one group in one year, from the smallest territory to the largest. One that holds told cells is told
 * when what is beside them tells nobody either, and when it cuts none of them. The SQL twin is compare_hirings.
 */
export const toldCells = (hirers: readonly Hirer[]): Cell[] => {
  const told: { cell: Cell; members: Set<Hirer> }[] = []
  for (const level of levels) {
    const finer = [...told]
    for (const [territoryId, members] of Map.groupBy(hirers, h => h[level])) {
      if (territoryId === null) continue
      const all = new Set(members)
      const met = finer.filter(one => members.some(m => one.members.has(m)))
      const beside = members.filter(m => !met.some(one => one.members.has(m)))
      if (
        bothTellNobody(members) &&
        (beside.length === 0 || bothTellNobody(beside)) &&
        met.every(one => one.members.isSubsetOf(all))
      )
        told.push({ cell: { level, territoryId }, members: all })
    }
  }
  return told.map(({ cell }) => cell)
}
