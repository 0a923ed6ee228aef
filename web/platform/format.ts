/**
 * French writing of days, times, figures and numbers. Days are 'YYYY-MM-DD' in Europe/Paris; instants are ISO strings.
 */
export { addDays, isDayInReach } from '../../contract/days.ts'

const NB = '\u00A0'
const paris = 'Europe/Paris'
const noon = (day: string) => new Date(`${day}T12:00:00Z`)

const dayLong = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
const monthLong = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const dayShort = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const parisDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: paris,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})
const parisTime = new Intl.DateTimeFormat('fr-FR', {
  timeZone: paris,
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
})
const decimal = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 })

const firstOfMonth = (text: string) => text.replace(/^1 /, '1er ')

export const dayOf = (instant: string | Date) => parisDay.format(new Date(instant))
export const today = () => dayOf(new Date())
export const formatDay = (day: string) => firstOfMonth(dayLong.format(noon(day)))
const dayOfWeek = new Intl.DateTimeFormat('fr-FR', { weekday: 'long', timeZone: 'UTC' })
/** « août 2025 », of a month or of a day. */
export const formatMonth = (month: string) => monthLong.format(noon(`${month.slice(0, 7)}-01`))
/** « lundi » */
export const formatWeekday = (day: string) => dayOfWeek.format(noon(day))
export const formatShortDay = (day: string) => firstOfMonth(dayShort.format(noon(day)))
/** From an instant, or from a clock time 'HH:MM'. */
export const formatTime = (instant: string) => {
  const [hours, minutes] = (/^\d\d:\d\d$/.test(instant) ? instant : parisTime.format(new Date(instant))).split(':')
  return `${Number(hours)}${NB}h${minutes === '00' ? '' : `${NB}${minutes}`}`
}
export const formatInstant = (instant: string) => `${formatDay(dayOf(instant))} à ${formatTime(instant)}`
export const formatNumber = (value: number) => decimal.format(value)
/** A share between 0 and 1. Never 100 % before all is done, never 0 % once something is. */
export const formatShare = (part: number, whole: number) => {
  if (!whole) return `0${NB}%`
  const percent = Math.round((part / whole) * 100)
  const honest = part < whole && percent === 100 ? 99 : part > 0 && percent === 0 ? 1 : percent
  return `${honest}${NB}%`
}
/** « 1 établissement », « 1 240 établissements » ; zero is singular in French. */
export const formatCount = (count: number, one: string, many = `${one}s`) =>
  `${formatNumber(count)}${NB}${Math.abs(count) < 2 ? one : many}`

/** Groups of a known shape, joined by unbreakable spaces; another shape is left as it is. */
const inGroups = (text: string, shape: RegExp) => shape.exec(text)?.slice(1).join(NB) ?? text
export const formatSiret = (siret: string) => inGroups(siret, /^(\d{3})(\d{3})(\d{3})(\d{5})$/)
export const formatSiren = (siren: string) => inGroups(siren, /^(\d{3})(\d{3})(\d{3})$/)
/** E.164 in; French numbers in pairs, others as they come. */
export const formatPhone = (e164: string) => {
  const [, national] = /^\+33(\d{9})$/.exec(e164) ?? []
  return national ? inGroups(`0${national}`, /^(..)(..)(..)(..)(..)$/) : e164
}

const dayNumber = (day: string) => Math.round(noon(day).getTime() / 86_400_000)
export const daysBetween = (from: string, to: string) => dayNumber(to) - dayNumber(from)

/** « hier », « il y a 12 jours », « dans 3 mois » ; months are counted on the calendar. */
export const formatRelativeDay = (day: string, now: string = today()) => {
  const days = daysBetween(now, day)
  if (days === 0) return 'aujourd’hui'
  if (days === -1) return 'hier'
  if (days === 1) return 'demain'
  const [first, last] = days < 0 ? [day, now] : [now, day]
  const months =
    (Number(last.slice(0, 4)) - Number(first.slice(0, 4))) * 12 +
    Number(last.slice(5, 7)) -
    Number(first.slice(5, 7)) -
    (last.slice(8) < first.slice(8) ? 1 : 0)
  const span =
    months >= 24
      ? formatCount(Math.floor(months / 12), 'an')
      : months >= 2
        ? `${formatNumber(months)}${NB}mois`
        : formatCount(Math.abs(days), 'jour')
  return days < 0 ? `il y a ${span}` : `dans ${span}`
}

/** « a », « a et b », « a, b et c ». */
export const formatList = (items: readonly string[]) =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} et ${items.at(-1)}`
