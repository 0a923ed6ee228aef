import { type HiringKind, hiringKinds } from '../../../contract/territory-and-register/recruitments.ts'

/* Months are « 2026-11 », and counted from year 0 where one is taken from another. */

export interface HiresOfMonth {
  readonly month: string
  readonly kind: HiringKind
  readonly hires: number
}

export interface KnownMonths {
  readonly asOf: string | null
  readonly receivedOn: string | null
  readonly months: readonly string[]
}

export interface ComparedYear {
  readonly year: number
  readonly territoryId: number
  readonly kind: 'national' | 'region' | 'departement' | 'epci' | 'clpe'
  readonly code: string
  readonly name: string
  readonly establishments: number
  readonly durable: number
  readonly other: number
}

type Counts = Record<HiringKind, number>
export const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
export const monthAt = (n: number): string =>
  `${String(Math.floor(n / 12)).padStart(4, '0')}-${String((n % 12) + 1).padStart(2, '0')}`

/** Farms, forestry and fishing: their employers declare to the MSA, or to the ENIM. */
export const declaresElsewhere = (naf: string | null): boolean => naf !== null && /^0[123]/.test(naf)
/** « 56.1 » */
export const groupOf = (naf: string | null): string | null => naf?.slice(0, 4) ?? null

/** The last month that files tell whole. The SQL twin is ctx.last_hiring_month. */
export const lastWholeMonth = (asOf: string): string => {
  const after = new Date(Date.parse(`${asOf}T00:00:00Z`) + 86_400_000).toISOString()
  return monthAt(numberOf(after) - 1)
}
/** From when the hires are read: thirty-six months, and the two last whole years. */
export const readFrom = (last: string): string =>
  monthAt(Math.min(numberOf(last) - 35, (Math.floor((numberOf(last) + 1) / 12) - 2) * 12))

const noHires = (): Counts => Object.fromEntries(hiringKinds.map(kind => [kind, 0])) as Counts
export const durableOf = (counts: Counts): number => counts.cdi + counts['cdd-long']
export const otherOf = (counts: Counts): number => counts['cdd-medium'] + counts['cdd-short'] + counts.ctt
const totalOf = (counts: Counts) => hiringKinds.reduce((sum, kind) => sum + counts[kind], 0)

export interface CountedMonth {
  readonly month: string
  readonly brought: boolean
  readonly total: number
  readonly counts: Counts
}
/** Each month from `first` to `last`; one that no file brought is no month without a hire. */
export const monthsBetween = (
  first: string,
  last: string,
  hires: readonly HiresOfMonth[],
  { months }: Pick<KnownMonths, 'months'>,
): CountedMonth[] => {
  const brought = new Set(months)
  const byMonth = Map.groupBy(hires, one => one.month)
  return Array.from({ length: numberOf(last) - numberOf(first) + 1 }, (_, n) => {
    const month = monthAt(numberOf(first) + n)
    const counts = noHires()
    for (const { kind, hires: number } of byMonth.get(month) ?? []) counts[kind] += number
    return { month, brought: brought.has(month), total: totalOf(counts), counts }
  })
}

export const periodOf = (months: readonly CountedMonth[]) => {
  const counts = noHires()
  for (const month of months) for (const kind of hiringKinds) counts[kind] += month.counts[kind]
  return {
    first: months[0]!.month,
    last: months.at(-1)!.month,
    missing: months.filter(month => !month.brought).length,
    total: totalOf(counts),
    counts,
    durable: durableOf(counts),
    other: otherOf(counts),
    workStudy: counts.apprentissage + counts.professionnalisation,
  }
}

/** The last twelve months and the twelve before, where files brought all of them. */
export const trendOf = (months: readonly CountedMonth[]): { last: number; before: number } | null => {
  const [last, before] = [months.slice(-12), months.slice(-24, -12)]
  if (before.length < 12 || [...last, ...before].some(month => !month.brought)) return null
  return { last: periodOf(last).total, before: periodOf(before).total }
}

/** The mean of each month of the year, once twenty-four months are known and each of the twelve among them. */
export const seasonalityOf = (months: readonly CountedMonth[]): { month: number; mean: number }[] | null => {
  const known = months.filter(month => month.brought)
  const byMonth = Map.groupBy(known, ({ month }) => Number(month.slice(5, 7)))
  if (known.length < 24 || byMonth.size < 12) return null
  return Array.from({ length: 12 }, (_, n) => {
    const same = byMonth.get(n + 1)!
    return { month: n + 1, mean: Math.round((10 * same.reduce((sum, { total }) => sum + total, 0)) / same.length) / 10 }
  })
}

/** What the last thirty-six of these months come to; nothing, where nothing is covered. */
export const toldOf = (months: readonly CountedMonth[]) => {
  const shown = months.slice(-36)
  return shown.length === 0
    ? { months: [], twelve: null, thirtySix: null, trend: null, seasonality: null }
    : {
        months: shown,
        twelve: periodOf(shown.slice(-12)),
        thirtySix: periodOf(shown),
        trend: trendOf(shown),
        seasonality: seasonalityOf(shown),
      }
}

/** The last year in which the group may be told, in the smallest territory; the year before it in the same one. */
export const comparisonOf = (cells: readonly ComparedYear[], months: readonly CountedMonth[]) => {
  const [cell] = cells
  if (!cell) return null
  const ownOf = (year: number) => months.filter(({ month }) => month.startsWith(`${year}-`))
  const own = ownOf(cell.year)
  if (own.length < 12) return null
  const before = cells.find(one => one.year === cell.year - 1 && one.territoryId === cell.territoryId)
  const past = ownOf(cell.year - 1)
  const { territoryId: id, kind, code, name } = cell
  const { durable, other } = periodOf(own)
  return {
    year: cell.year,
    territory: { id, kind, code, name },
    establishments: cell.establishments,
    group: { durable: cell.durable, other: cell.other },
    own: { durable, other },
    before:
      before && past.length === 12
        ? { group: before.durable + before.other, own: periodOf(past).durable + periodOf(past).other }
        : null,
  }
}
