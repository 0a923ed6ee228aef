import type { silences } from '../../../contract/territory-and-register/recruitments.ts'
import {
  type ExpectedMonth,
  expectedOf,
  expectedSum,
  fitOf,
  type GroupSeason,
  horizon,
  type Past,
  yearsRead,
} from './forecast-rules.ts'

/* Whether a forecast may be told of an establishment: its own past months are forecast from what was known before them. */

export type Silence = (typeof silences)[number]

export interface Proof {
  readonly first: number
  readonly last: number
  /** Months compared: each forecast from one to six months before. */
  readonly months: number
  /** Mean distance between what is told and what came, in hires a month. */
  readonly error: number
  readonly errorOfSameMonth: number
  readonly errorOfMean: number
  /** Months that fell within the interval. */
  readonly within: number
  /** Months told well above the mean of their last twelve, those of them that were, and those not told that were. */
  readonly announced: number
  readonly verified: number
  readonly unannounced: number
}
export interface Forecast {
  readonly silence: Silence | null
  readonly proof: Proof | null
  readonly months: readonly ExpectedMonth[]
  readonly three: Omit<ExpectedMonth, 'month'> | null
}

/** Known before the first forecast that is compared, and forecast again at most. */
const [learnt, longest] = [24, 24]
export const monthsRead = yearsRead * 12 + longest
const fewestHires = 12
/** A month is high from half above the mean of the twelve before the forecast, as the season of the card says it. */
export const isHigh = (hires: number, mean: number) => hires > 0 && hires >= 1.5 * mean
/** The interval is said to hold eight months in ten: under six, it would mislead. */
const fewestWithin = 0.6
/** It must be better by fifteen parts in a hundred: less is too often luck (bench/forecast.ts). */
const margin = 0.85

/** Of the last twelve months, those known. */
export const meanOf = (past: Past): number | null => {
  const year = past.slice(-12).filter(hires => hires !== null)
  return year.length ? year.reduce((a, b) => a + b, 0) / year.length : null
}
interface Compared extends ExpectedMonth {
  readonly hires: number
  readonly sameMonth: number
  readonly mean: number
}
/** Forecasts made at `origin`, beside what came, and the two that anyone would make. */
const comparedAt = (past: Past, last: number, back: number, seasons: readonly GroupSeason[]): Compared[] => {
  const before = past.slice(0, past.length - back)
  const fit = fitOf(before, last - back, seasons)
  const mean = meanOf(before)
  return (fit ? expectedOf(fit, last - back) : naught(last - back)).flatMap((told, ahead) => {
    const hires = past[before.length + ahead] ?? null
    const sameMonth = past[before.length + ahead - 12] ?? null
    return hires === null || sameMonth === null || mean === null ? [] : [{ ...told, hires, sameMonth, mean }]
  })
}
const naught = (last: number): ExpectedMonth[] =>
  Array.from({ length: horizon }, (_, ahead) => ({ month: last + 1 + ahead, expected: 0, low: 0, high: 0 }))

export const comparedOf = (past: Past, last: number, seasons: readonly GroupSeason[]): Compared[] => {
  const months = Math.min(longest, Math.floor((past.length - learnt) / horizon) * horizon)
  return Array.from({ length: Math.max(0, months / horizon) }, (_, step) => months - step * horizon).flatMap(back =>
    comparedAt(past, last, back, seasons),
  )
}
export const proofOf = (compared: readonly Compared[]): Proof | null => {
  if (compared.length === 0) return null
  const count = (which: (one: Compared) => boolean) => compared.filter(which).length
  const errorOf = (guess: (one: Compared) => number) =>
    compared.reduce((total, one) => total + Math.abs(one.hires - guess(one)), 0) / compared.length
  const isTold = ({ expected, mean }: Compared) => isHigh(expected, mean)
  const cameHigh = ({ hires, mean }: Compared) => isHigh(hires, mean)
  return {
    first: compared[0]!.month,
    last: compared.at(-1)!.month,
    months: compared.length,
    error: errorOf(one => one.expected),
    errorOfSameMonth: errorOf(one => one.sameMonth),
    errorOfMean: errorOf(one => Math.round(one.mean)),
    within: count(one => one.low <= one.hires && one.hires <= one.high),
    announced: count(isTold),
    verified: count(one => isTold(one) && cameHigh(one)),
    unannounced: count(one => !isTold(one) && cameHigh(one)),
  }
}

const silent = (silence: Silence, proof: Proof | null = null): Forecast => ({ silence, proof, months: [], three: null })
const beats = ({ months, error, errorOfSameMonth, errorOfMean, within }: Proof) =>
  error <= margin * errorOfSameMonth &&
  error <= margin * errorOfMean &&
  error < Math.min(errorOfSameMonth, errorOfMean) &&
  within >= fewestWithin * months

/** From the first month with a hire on; `last` is the last month that files tell whole. */
export const forecastOf = (
  { active, past: told }: { active: boolean; past: Past },
  last: number,
  seasons: readonly GroupSeason[],
): Forecast => {
  if (!active) return silent('closed')
  const read = told.slice(-monthsRead)
  const begun = read.findIndex(hires => hires !== null && hires > 0)
  const past = begun < 0 ? [] : read.slice(begun)
  if (past.length < learnt + 12) return silent(begun < 0 ? 'few-hires' : 'short-past')
  const recent = past.slice(-24)
  if (recent.filter(hires => hires === null).length > 2 || past.at(-1) === null) return silent('missing-months')
  if (recent.reduce<number>((total, hires) => total + (hires ?? 0), 0) < fewestHires) return silent('few-hires')
  const proof = proofOf(comparedOf(past, last, seasons))
  if (!proof || proof.months < 10) return silent('missing-months', proof)
  const fit = fitOf(past, last, seasons)
  if (!fit || !beats(proof)) return silent('not-better', proof)
  return { silence: null, proof, months: expectedOf(fit, last), three: expectedSum(fit, last, 3) }
}

/** Hires of each month up to the last one told whole, from as far back as is read; `null` where no file brought it. */
export const pastOf = (
  hires: readonly { readonly month: number; readonly hires: number }[],
  brought: ReadonlySet<number>,
  last: number,
): (number | null)[] => {
  const totals = new Map<number, number>()
  for (const { month, hires: more } of hires) totals.set(month, (totals.get(month) ?? 0) + more)
  return Array.from({ length: monthsRead }, (_, at) => {
    const month = last - monthsRead + 1 + at
    return brought.has(month) ? (totals.get(month) ?? 0) : null
  })
}
