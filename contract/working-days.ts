import { addDays } from './days.ts'

const two = (part: number) => String(part).padStart(2, '0')
const dayOf = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`

/**
 * Working days: from Monday to Friday, public holidays left out. Days are YYYY-MM-DD. `holidaysOf` says those of a year,
 * each at midnight where it runs: the server and the pages take it from the same library, which this folder imports not.
 */
export const workingDays = (holidaysOf: (year: number) => readonly Date[]) => {
  const known = new Map<string, ReadonlySet<string>>()
  const isHoliday = (day: string): boolean => {
    const year = day.slice(0, 4)
    const days = known.get(year) ?? new Set(holidaysOf(Number(year)).map(dayOf))
    known.set(year, days)
    return days.has(day)
  }
  const isWorkingDay = (day: string): boolean => new Date(`${day}T12:00:00Z`).getUTCDay() % 6 !== 0 && !isHoliday(day)
  /** That day, or the first working one after it. */
  const workingDayFrom = (day: string): string => (isWorkingDay(day) ? day : workingDayFrom(addDays(day, 1)))
  /** The day that comes so many working days after. */
  const workingDaysAfter = (day: string, count: number): string =>
    count > 0 ? workingDaysAfter(workingDayFrom(addDays(day, 1)), count - 1) : day
  return { isWorkingDay, workingDayFrom, workingDaysAfter }
}
