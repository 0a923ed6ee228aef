/*
 * Hires that an establishment may make in the next six months: a level, a season, and how far both may be wrong.
 * The formulas, and what they cannot say, are in docs/forecast.md. Months are counted from year 0.
 */

/** Hires of a month; `null` where no file brought it. */
export type Past = readonly (number | null)[]
/** What a group of activity hired in each month of a year, beside its mean month: 1 is the mean. */
export interface GroupSeason {
  readonly year: number
  readonly index: readonly number[]
}
export interface ExpectedMonth {
  readonly month: number
  readonly expected: number
  readonly low: number
  readonly high: number
}
export interface Fit {
  readonly level: number
  readonly season: readonly number[]
  /** How much more the hires vary than chance alone would have them; 1 is chance. */
  readonly spread: number
  /** How far the level moves in a year, squared, beside itself. */
  readonly drift: number
  /** Hires that the level was learnt from, and those behind each month of the season: the fewer, the wider. */
  readonly behindLevel: number
  readonly behindSeason: readonly number[]
}

export const horizon = 6
/** Years of its own past that are read, at most. */
export const yearsRead = 5
/** A month of the group's season weighs as much as from two to fifty hires of the establishment. */
const loosest = [2, 50] as const
const groupYears = 3
/** A month weighs half as much as the one nine months after it in the level. */
const halfLife = 9
/** Eight months in ten are expected within the interval. */
export const share = 0.8

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
const twelve = <T>(each: (month: number) => T): T[] => Array.from({ length: 12 }, (_, month) => each(month))
/** Makes the mean of the twelve 1. */
const scaled = (season: readonly number[]) => season.map(one => (12 * one) / sum(season))

/** The mean of the last three years of the group that were over at `last`; flat where none is told. */
export const groupSeasonAt = (seasons: readonly GroupSeason[], last: number): number[] => {
  const over = seasons.filter(({ year }) => year * 12 + 11 <= last).toSorted((a, b) => b.year - a.year)
  const used = over.slice(0, groupYears)
  return used.length === 0
    ? twelve(() => 1)
    : scaled(twelve(month => Math.max(1 / 8, sum(used.map(({ index }) => index[month]!)) / used.length)))
}

interface Known {
  readonly month: number
  readonly age: number
  readonly hires: number
}
/** The known months of the last whole years, `last` being the month of the end of `past`. */
const knownOf = (past: Past, last: number): Known[] => {
  const kept = Math.min(yearsRead, Math.floor(past.length / 12)) * 12
  return past.slice(past.length - kept).flatMap((hires, at) => {
    const age = kept - 1 - at
    return hires === null ? [] : [{ month: (last - age) % 12, age, hires }]
  })
}

/** Years back from the last month: each has its level, in hires of a mean month of this season. */
const yearsOf = (known: readonly Known[], season: readonly number[]) =>
  [...Map.groupBy(known, ({ age }) => Math.floor(age / 12)).values()].map(months => ({
    months,
    level: sum(months.map(one => one.hires)) / sum(months.map(one => season[one.month]!)),
  }))

/**
 * The own season, drawn towards the group's where it is little known: a gamma prior on each month, met by its counts. The
 * prior is as tight as the twelve months are near the group's, beyond what chance moves them.
 */
const seasonOf = (known: readonly Known[], group: readonly number[], spread: number) => {
  const [counted, usual] = [twelve(() => 0), twelve(() => 0)]
  for (const { months, level } of yearsOf(known, group))
    for (const { month, hires } of months) {
      counted[month]! += hires
      usual[month]! += level * group[month]!
    }
  const apart = twelve(month => (usual[month] ? (counted[month]! - usual[month]!) ** 2 - spread * usual[month]! : 0))
  const squares = sum(usual.map(one => one ** 2))
  const tightness = Math.min(loosest[1], Math.max(loosest[0], squares / Math.max(sum(apart), squares / loosest[1])))
  const weight = tightness * spread
  return {
    season: scaled(twelve(month => (group[month]! * (weight + counted[month]!)) / (weight + usual[month]!))),
    behind: twelve(month => weight + counted[month]!),
  }
}
const levelOf = (known: readonly Known[], season: readonly number[]) => {
  const weights = known.map(({ age }) => 2 ** (-age / halfLife))
  const behind = sum(known.map(({ hires }, at) => weights[at]! * hires))
  return { level: behind / sum(known.map(({ month }, at) => weights[at]! * season[month]!)), behind }
}

/** Two passes: the second knows how much the first left unexplained. `null` where no month known has a hire. */
export const fitOf = (past: Past, last: number, seasons: readonly GroupSeason[]): Fit | null => {
  const known = knownOf(past, last)
  if (sum(known.map(({ hires }) => hires)) === 0) return null
  const group = groupSeasonAt(seasons, last)
  const first = seasonOf(known, group, 1)
  const spread = spreadOf(known, first.season)
  const { season, behind: behindSeason } = seasonOf(known, group, spread)
  const { level, behind: behindLevel } = levelOf(known, season)
  return { level, season, spread, drift: driftOf(known, season, spread), behindLevel, behindSeason }
}
/** Pearson's statistic by degree of freedom, year by year; twelve are taken by the season. */
const spreadOf = (known: readonly Known[], season: readonly number[]): number => {
  const left = yearsOf(known, season).flatMap(({ months, level }) =>
    months.map(({ month, hires }) => {
      const expected = Math.max(level * season[month]!, 0.1)
      return (hires - expected) ** 2 / expected
    }),
  )
  return Math.max(1, sum(left) / Math.max(known.length - 12, 12))
}
/** How much the level moves from a year to the next, squared, beside its mean: the level of tomorrow may too. */
const driftOf = (known: readonly Known[], season: readonly number[], spread: number): number => {
  const levels = yearsOf(known, season).map(({ level }) => level)
  const mean = sum(levels) / levels.length
  const moves = levels.slice(1).map((level, at) => ((level - levels[at]!) / mean) ** 2)
  const chance = (2 * spread) / (12 * mean)
  return moves.length ? Math.max(0, sum(moves) / moves.length - chance) : 0
}

/** The next months after `last`, each with its interval; the interval of a sum is not the sum of intervals. */
export const expectedOf = (fit: Fit, last: number, within = share): ExpectedMonth[] =>
  Array.from({ length: horizon }, (_, ahead) => ({
    month: last + 1 + ahead,
    ...told(momentsOf(fit, [(last + 1 + ahead) % 12]), within),
  }))
/** The sum of the next months: an error on the level is shared by all of them. */
export const expectedSum = (fit: Fit, last: number, months: number, within = share) =>
  told(
    momentsOf(
      fit,
      Array.from({ length: months }, (_, ahead) => (last + 1 + ahead) % 12),
    ),
    within,
  )

const momentsOf = ({ level, season, spread, drift, behindLevel, behindSeason }: Fit, months: readonly number[]) => {
  const means = months.map(month => level * season[month]!)
  const mean = sum(means)
  const ofSeason = sum(means.map((one, at) => one ** 2 / behindSeason[months[at]!]!))
  return { mean, variance: spread * (mean + mean ** 2 / behindLevel + ofSeason) + drift * mean ** 2 }
}
const told = ({ mean, variance }: { mean: number; variance: number }, within: number) => {
  const expected = Math.round(mean)
  const at = (part: number) => quantileOf(mean, variance, part)
  return {
    expected,
    low: Math.min(expected, at((1 - within) / 2)),
    high: Math.max(expected, at((1 + within) / 2)),
  }
}

/** The count that a negative binomial of this mean and variance stays under, that part of the time. */
export const quantileOf = (mean: number, variance: number, part: number): number => {
  const shape = mean ** 2 / Math.max(variance - mean, mean / 1e6)
  let chance = (shape / (shape + mean)) ** shape
  if (mean > 300 || chance < 1e-250) return Math.max(0, Math.round(mean + normalQuantile(part) * Math.sqrt(variance)))
  let [count, under] = [0, chance]
  for (; under < part && count < 100_000; under += chance) {
    chance *= ((shape + count) / (count + 1)) * (mean / (shape + mean))
    count++
  }
  return count
}
/** Abramowitz and Stegun, 26.2.23: within 0.0005. */
const normalQuantile = (part: number): number => {
  const t = Math.sqrt(-2 * Math.log(Math.min(part, 1 - part)))
  const far =
    t - (2.515517 + 0.802853 * t + 0.010328 * t ** 2) / (1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3)
  return part < 0.5 ? -far : far
}
