import { siretText } from '../../platform/siret.ts'

export interface HirerRow {
  readonly siret: number
  readonly name: string | null
  readonly sign: string | null
  readonly town: string | null
  readonly active: boolean
  readonly headOffice: boolean
  readonly covered: boolean
  readonly total: number
  readonly durable: number
  readonly other: number
  /** Of all of them, those of the limit and those beyond. */
  readonly allOf: number
  readonly allOpen: number
  readonly allTotal: number
  readonly allDurable: number
  readonly allOther: number
}
const lineOf =
  (counted: boolean) =>
  ({ siret, name, sign, town, active, headOffice, covered, total, durable, other }: HirerRow) => ({
    siret: siretText(siret),
    name,
    sign,
    town,
    active,
    headOffice,
    covered,
    ...(covered && counted ? { total, durable, other } : { total: null, durable: null, other: null }),
  })

/**
 * Of rows up to one more than `most`: the lines told, and the sum of those that follow. A sum of one would be its line,
 * untold in the trail: one more is then a line.
 */
export const hirersTold = (rows: readonly HirerRow[], most: number, coverage: 'covered' | 'msa' | 'none') => {
  const { allOf = 0, allTotal = 0, allDurable = 0, allOther = 0 } = rows[0] ?? {}
  const told = allOf > most + 1 ? rows.slice(0, most) : rows
  const sumOf = (what: 'total' | 'durable' | 'other') => told.reduce((sum, row) => sum + row[what], 0)
  return {
    items: told.map(lineOf(coverage !== 'none')),
    others:
      allOf > told.length
        ? {
            establishments: allOf - told.length,
            total: allTotal - sumOf('total'),
            durable: allDurable - sumOf('durable'),
            other: allOther - sumOf('other'),
          }
        : null,
  }
}
