import { addDays } from '../../platform/format.ts'

export type Span = 'semaine' | 'mois'
const isDay = (text: string) =>
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text) &&
  new Date(`${text}T12:00:00Z`).toISOString().startsWith(text)
/** From an address: a day of the calendar, or today. */
export const dayIn = (text: string | undefined, today: string) => (text && isDay(text) ? text : today)
const weekday = (day: string) => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7
export const mondayOf = (day: string) => addDays(day, -weekday(day))

/** The weeks, Monday first, that hold the week or the month of a day. */
export const weeksOf = (span: Span, day: string): readonly (readonly string[])[] => {
  const first = mondayOf(span === 'semaine' ? day : `${day.slice(0, 7)}-01`)
  const weeks: string[][] = []
  for (
    let monday = first;
    weeks.length === 0 || (span === 'mois' && monday.slice(0, 7) <= day.slice(0, 7));
    monday = addDays(monday, 7)
  )
    weeks.push(Array.from({ length: 7 }, (_, shift) => addDays(monday, shift)))
  return weeks
}
/** The same view one week or one month further; from a month, its first day. */
export const shifted = (span: Span, day: string, by: 1 | -1) => {
  if (span === 'semaine') return addDays(mondayOf(day), 7 * by)
  const first = `${day.slice(0, 7)}-01`
  return `${addDays(first, by === 1 ? 31 : -1).slice(0, 7)}-01`
}
