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
  /** Of all of them, those of the limit and those beyond; how many are open, how many hired. */
  readonly allOf: number
  readonly allOpen: number
  readonly allHirers: number
  readonly allTotal: number
  readonly allDurable: number
  readonly allOther: number
}
/** Lines beyond the limit, at most. */
export const mostBeyond = 3
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
 * How many are lines, those that hired being first. Of a sum of two that hired, each would know the other by its own
 * hires, untold in the trail: both are then lines. So is a single one that is left.
 */
const linesTold = ({ allOf, allHirers }: Pick<HirerRow, 'allOf' | 'allHirers'>, most: number): number => {
  const first = Math.min(most, allOf)
  const lines = [1, 2].includes(allHirers - first) ? allHirers : first
  return allOf - lines === 1 ? allOf : lines
}

/** Of rows up to `mostBeyond` more than `most`: the lines told, and the sum of those that follow. */
export const hirersTold = (rows: readonly HirerRow[], most: number, counted: boolean) => {
  const { allOf = 0, allHirers = 0, allTotal = 0, allDurable = 0, allOther = 0 } = rows[0] ?? {}
  const told = rows.slice(0, linesTold({ allOf, allHirers }, most))
  const sumOf = (what: 'total' | 'durable' | 'other') => told.reduce((sum, row) => sum + row[what], 0)
  return {
    items: told.map(lineOf(counted)),
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
