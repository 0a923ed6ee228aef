/** A day that routes accept: reckoning forward or back keeps it within four figures. Half a year typed is none. */
export const isDayInReach = (text: string): boolean =>
  /^(19|2\d)\d\d-\d\d-\d\d$/.test(text) && new Date(text).toJSON()?.startsWith(text)

/** The day that comes so many days after `day` (YYYY-MM-DD, of the calendar); before it where `count` is negative. */
export const addDays = (day: string, count: number): string => {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + count)
  return date.toISOString().slice(0, 10)
}
