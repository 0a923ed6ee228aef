import getJoursFeries from '@socialgouv/jours-feries'
import { addDays } from './format.ts'

const two = (part: number) => String(part).padStart(2, '0')
const dayOf = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`

const known = new Map<string, ReadonlySet<string>>()
const holidaysOf = (year: string): ReadonlySet<string> => {
  const days = known.get(year) ?? new Set(Object.values(getJoursFeries(Number(year))).map(dayOf))
  known.set(year, days)
  return days
}

const weekday = (day: string) => new Date(`${day}T12:00:00Z`).getUTCDay()

/** From Monday to Friday, public holidays of metropolitan France left out. Those of a territory alone are not known. */
export const isWorkingDay = (day: string) => weekday(day) % 6 !== 0 && !holidaysOf(day.slice(0, 4)).has(day)

/** That day, or the first working one after it. */
export const workingDayFrom = (day: string): string => (isWorkingDay(day) ? day : workingDayFrom(addDays(day, 1)))
