import { Refused } from '../../platform/errors.ts'
import type { Filter } from './filter.ts'
import { wholeMonths } from './whole-months.ts'

export const checkPeriod = ({ from, to }: { readonly from: string; readonly to: string }): void => {
  if (from > to) throw new Refused('indicator/period-reversed')
}

/** The day of the next month on which a month is frozen: late records are in by then. */
const freezingDay = 10

/** The first day on which a month may be frozen. The SQL twin is ctx.freezes_on. */
export const freezesOn = (month: string): string => {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))]
  return new Date(Date.UTC(year, number, freezingDay)).toISOString().slice(0, 10)
}

/** The month asked for, when it is one month whole and nothing narrows it: what is frozen. */
export const monthAsked = ({ from, to, organisation, territory, campaign }: Filter): string | null => {
  const { months, days } = wholeMonths({ from, to })
  const alone = months !== null && months.first === months.last && days.length === 0
  return alone && !organisation && !territory && !campaign ? months.first : null
}
