import { addDays, addMonths } from '../../contract/days.ts'

export { addDays, addMonths }

const paris = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Paris',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The calendar day of an instant in Europe/Paris, as YYYY-MM-DD. */
export const parisDay = (instant: Date): string => paris.format(instant)

/** A day of the calendar that PostgreSQL knows too: it has no year 0. */
export const isDay = (text: string): boolean =>
  /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text

/** The instant at which a day ends in Paris: 24:00, whatever the hour of the year. */
export const endOfDay = (day: string): Date => {
  const summer = new Date(Date.parse(`${addDays(day, 1)}T00:00:00Z`) - 2 * 3_600_000)
  return parisDay(summer) > day ? summer : new Date(summer.getTime() + 3_600_000) // Paris is two hours ahead, or one
}

export const systemClock = (): Date => new Date()

/** Two clocks (the service's, PostgreSQL's, the sealer's) may be so many seconds apart. The SQL twin is ctx.clocks_apart. */
export const clocksApart = 600
