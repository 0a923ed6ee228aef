import { seededRandom } from '../../testing/people.ts'
import type { GroupSeason } from './forecast-rules.ts'

/* Series of hires whose truth is known: a level, a season and a spread, drawn month by month. */

export interface Regime {
  readonly name: string
  readonly level: readonly [number, number]
  readonly season: readonly number[]
  /** How far the season of each establishment is from its group's. */
  readonly apart: number
  /** The variance of a month beside its mean: 1 is chance alone. */
  readonly spread: number
  /** What the level becomes in a year, at most one way or the other. */
  readonly drift: number
}
const flat = Array.from({ length: 12 }, () => 1)
const summer = [0.25, 0.25, 0.5, 1, 1.25, 2.25, 2.75, 1.75, 1, 0.5, 0.25, 0.25]
const school = [0.75, 0.75, 0.75, 0.75, 0.75, 1, 0.75, 1, 2.5, 1.25, 1, 0.75]
export const regimes: readonly Regime[] = [
  { name: 'seasonal hotel', level: [3, 12], season: summer, apart: 0.25, spread: 1.4, drift: 0.15 },
  { name: 'small campsite', level: [0.6, 2], season: summer, apart: 0.25, spread: 1.2, drift: 0.1 },
  { name: 'school, at the start of term', level: [2, 8], season: school, apart: 0.2, spread: 1.3, drift: 0.1 },
  { name: 'steady shop', level: [1, 4], season: flat, apart: 0.1, spread: 1.1, drift: 0.1 },
  { name: 'bursty temporary work', level: [20, 120], season: flat, apart: 0.15, spread: 18, drift: 0.5 },
  { name: 'nearly none', level: [0.03, 0.25], season: flat, apart: 0.1, spread: 1, drift: 0.1 },
]

const gaussian = (random: () => number) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
/** By Marsaglia and Tsang. */
const gamma = (random: () => number, shape: number): number => {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random()) ** (1 / shape)
  const d = shape - 1 / 3
  for (;;) {
    const x = gaussian(random)
    const v = (1 + x / Math.sqrt(9 * d)) ** 3
    if (v > 0 && Math.log(1 - random()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v
  }
}
const poisson = (random: () => number, mean: number): number => {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * gaussian(random)))
  let [count, left] = [0, Math.exp(-mean)]
  for (let at = random(); at > left && count < 1000; ) {
    at -= left
    count++
    left *= mean / count
  }
  return count
}
const drawn = (random: () => number, mean: number, spread: number) =>
  spread <= 1.001 ? poisson(random, mean) : poisson(random, (spread - 1) * gamma(random, mean / (spread - 1)))

/** Months of one establishment, the first a January. */
export const seriesOf = (regime: Regime, months: number, seed: number): number[] => {
  const random = seededRandom(seed)
  for (let n = 0; n < 5; n++) random()
  const [least, most] = regime.level
  const level = least + (most - least) * random()
  const trend = regime.drift * (2 * random() - 1)
  const season = regime.season.map(one => one * Math.exp(regime.apart * gaussian(random)))
  const mean = season.reduce((a, b) => a + b, 0) / 12
  return Array.from({ length: months }, (_, at) =>
    drawn(random, ((level * season[at % 12]!) / mean) * Math.exp((trend * (at - months / 2)) / 12), regime.spread),
  )
}
/** The season of the group, as it is told: in quarters of a mean month. */
export const groupSeasons = ({ season }: Regime, years: readonly number[]): GroupSeason[] =>
  years.map(year => ({ year, index: season.map(one => Math.round(4 * one) / 4) }))
