/** The five facts that are kept of a declaration. Days are counted from 1 January 2000, as PostgreSQL does. */
export interface Hiring {
  siret: number
  hiredOn: number
  declaredOn: number
  contract: number
  durationDays: number
}
/** What PostgreSQL calls '-infinity': the file does not say the day. */
export const noDay = -(2 ** 31)

const digitAt = (buffer: Buffer, at: number): number => {
  const digit = buffer[at]! - 48
  return digit >= 0 && digit <= 9 ? digit : Number.NaN
}
const [CAPITAL_N, DASH, DOT, COLON, SPACE, T] = [0x4e, 0x2d, 0x2e, 0x3a, 0x20, 0x54]
/** Empty, or « NULL » as the files of 2016 to 2019 write it. */
const isAbsent = (buffer: Buffer, start: number, end: number): boolean =>
  start === end ||
  (end - start === 4 && buffer[start] === CAPITAL_N && buffer.toString('latin1', start, end) === 'NULL')

/** Days since 1 January 2000 of a day of the calendar. */
export const dayNumber = (year: number, month: number, day: number): number => {
  const years = month > 2 ? year : year - 1
  const era = Math.floor(years / 400)
  const ofEra = years - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 730_425
}
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const lengthOf = (year: number, month: number): number =>
  month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : lengths[month - 1]!

/** « 2019-10-28 », alone or followed by a time; NaN when it is no day. */
export const dayAt = (buffer: Buffer, start: number, end: number): number => {
  if (end - start < 10 || end - start > 26 || buffer[start + 4] !== DASH || buffer[start + 7] !== DASH)
    return Number.NaN
  if (end - start > 10 && !isTime(buffer, start + 10, end)) return Number.NaN
  const year =
    digitAt(buffer, start) * 1000 +
    digitAt(buffer, start + 1) * 100 +
    digitAt(buffer, start + 2) * 10 +
    digitAt(buffer, start + 3)
  const month = digitAt(buffer, start + 5) * 10 + digitAt(buffer, start + 6)
  const day = digitAt(buffer, start + 8) * 10 + digitAt(buffer, start + 9)
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= lengthOf(year, month)
    ? dayNumber(year, month, day)
    : Number.NaN
}
/** « 08:30:00 » after a space or a T, with or without its fraction. */
const isTime = (buffer: Buffer, start: number, end: number): boolean => {
  if (end - start < 9 || (buffer[start] !== SPACE && buffer[start] !== T)) return false
  for (let i = start + 1; i < end; i++) {
    const at = i - start
    const wanted = at === 3 || at === 6 ? COLON : at === 9 ? DOT : undefined
    if (wanted === undefined ? Number.isNaN(digitAt(buffer, i)) : buffer[i] !== wanted) return false
  }
  return end - start !== 10
}
/** The month of a day that was read, counted from year 0. */
export const monthAt = (buffer: Buffer, start: number): number =>
  (digitAt(buffer, start) * 1000 +
    digitAt(buffer, start + 1) * 100 +
    digitAt(buffer, start + 2) * 10 +
    digitAt(buffer, start + 3)) *
    12 +
  digitAt(buffer, start + 5) * 10 +
  digitAt(buffer, start + 6) -
  1

/** The number, or why there is none: the same verdict as `isSiret`, read from the bytes. */
export const siretAt = (buffer: Buffer, start: number, end: number): number | string => {
  if (isAbsent(buffer, start, end)) return 'no-siret'
  if (end - start !== 14) return 'not-14-digits'
  let [siret, luhn, sum] = [0, 0, 0]
  for (let i = start; i < end; i++) {
    const digit = digitAt(buffer, i)
    siret = siret * 10 + digit
    sum += digit
    const counted = (i - start) % 2 === 0 ? digit * 2 : digit
    luhn += counted > 9 ? counted - 9 : counted
  }
  if (Number.isNaN(siret)) return 'not-14-digits'
  if (siret === 0) return 'no-siret'
  const ofLaPoste = Math.floor(siret / 100_000) === 356_000_000
  return luhn % 10 === 0 || (ofLaPoste && sum % 5 === 0) ? siret : 'wrong-siret-key'
}

const contracts = new Map([
  ['1', 1],
  ['2', 2],
  ['3', 3],
  ['11', 11],
  ['12', 12],
])
const openEnded = 2
const longest = 9999

/** The columns that are read. The others are never looked at. */
export const columns = [
  'kc_siret',
  'kd_dateembauche',
  'dc_typecontrat_id',
  'nbrjourtravaille',
  'dd_datefincdd',
  'kd_datecreation',
] as const

export interface Bounds {
  /** The last day of hire that is believed. */
  readonly last: number
  /** Months whose lines are dropped, as `monthAt` counts them: a line more could be one that is counted already. */
  readonly dropped: ReadonlySet<number>
}
type Read = (buffer: Buffer, starts: Int32Array, ends: Int32Array) => string | undefined

/** Reads a sound line into `hiring`; answers why it is set aside, if it is. */
export const readerOf = (header: readonly string[], bounds: Bounds, hiring: Hiring): Read => {
  const [siretColumn, hiredColumn, contractColumn, daysColumn, endColumn, declaredColumn] = columns.map(name =>
    header.indexOf(name),
  ) as [number, number, number, number, number, number]

  const duration: Read = (buffer, starts, ends) => {
    const [start, end] = [starts[daysColumn]!, ends[daysColumn]!]
    hiring.durationDays = 0
    if (!isAbsent(buffer, start, end)) {
      const said = /^(\d{1,4})(?:\.0+)?$/.exec(buffer.toString('latin1', start, end))
      if (!said) return 'unreadable-duration'
      hiring.durationDays = Number(said[1])
    }
    if (hiring.durationDays > 0 || isAbsent(buffer, starts[endColumn]!, ends[endColumn]!)) return undefined
    const lastDay = dayAt(buffer, starts[endColumn]!, ends[endColumn]!)
    if (Number.isNaN(lastDay)) return 'unreadable-day'
    hiring.durationDays = lastDay - hiring.hiredOn + 1
    return hiring.durationDays < 1 || hiring.durationDays > longest ? 'unreadable-duration' : undefined
  }

  return (buffer, starts, ends) => {
    const siret = siretAt(buffer, starts[siretColumn]!, ends[siretColumn]!)
    if (typeof siret === 'string') return siret
    const hiredOn = dayAt(buffer, starts[hiredColumn]!, ends[hiredColumn]!)
    if (Number.isNaN(hiredOn)) return 'unreadable-day'
    if (hiredOn < 0) return 'hire-day-too-old'
    if (hiredOn > bounds.last) return 'hire-day-too-far'
    if (bounds.dropped.has(monthAt(buffer, starts[hiredColumn]!))) return 'dropped-month'
    const contract = contracts.get(buffer.toString('latin1', starts[contractColumn], ends[contractColumn]))
    if (contract === undefined) return 'unknown-contract'
    const [from, to] = [starts[declaredColumn]!, ends[declaredColumn]!]
    const declaredOn = isAbsent(buffer, from, to) ? noDay : dayAt(buffer, from, to)
    if (Number.isNaN(declaredOn)) return 'unreadable-day'
    Object.assign(hiring, { siret, hiredOn, contract, declaredOn, durationDays: 0 })
    return contract === openEnded ? undefined : duration(buffer, starts, ends)
  }
}
