/** A day that routes accept: reckoning forward or back keeps it within four figures. Half a year typed is none. */
export const isDayInReach = (text: string): boolean =>
  /^(19|2\d)\d\d-\d\d-\d\d$/.test(text) && new Date(text).toJSON()?.startsWith(text)

/** The day that comes so many days after `day` (YYYY-MM-DD, of the calendar); before it where `count` is negative. */
export const addDays = (day: string, count: number): string => {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + count)
  return date.toISOString().slice(0, 10)
}

/** A day so many calendar months later: the same-numbered day, or the month's last when there is none. */
export const addMonths = (day: string, months: number): string => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const target = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate()
  target.setUTCDate(Math.min(date, last))
  return target.toISOString().slice(0, 10)
}
