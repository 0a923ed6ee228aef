export interface Days {
  readonly from: string
  readonly to: string
}
export interface Parts {
  /** First days of the first and of the last month that lie whole in the period; null when none does. */
  readonly months: { readonly first: string; readonly last: string } | null
  /** What is left of it, before and after. */
  readonly days: readonly Days[]
}

const shift = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const firstOf = (day: string) => `${day.slice(0, 7)}-01`
/** The first day of the month after. */
const monthAfter = (day: string) => firstOf(shift(firstOf(day), 31))

/**
 * A period as whole months and the days around them: together they are the period, each day once. A period that reaches
 * `today` holds the month whole: nothing was done on the days to come.
 */
export const wholeMonths = ({ from, to: asked }: Days, today?: string): Parts => {
  const to = today !== undefined && asked >= today ? shift(monthAfter(asked), -1) : asked
  const first = from.endsWith('-01') ? from : monthAfter(from)
  const after = shift(to, 1).endsWith('-01') ? shift(to, 1) : firstOf(to)
  if (first >= after) return { months: null, days: [{ from, to: asked }] }
  const edges = [
    { from, to: shift(first, -1) },
    { from: after, to },
  ]
  return { months: { first, last: firstOf(shift(after, -1)) }, days: edges.filter(edge => edge.from <= edge.to) }
}
