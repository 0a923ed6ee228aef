/**
 * node bin/run.mjs bench/forecast.ts [series, 400]: the forecast of hires on generated series whose truth is known. Each
 * is cut; the six months after are forecast, and compared with the same month a year before and the mean of the last
 * twelve. « Told » are the series of which the card would tell something; the months after were seen by no choice.
 */
import { silences } from '../contract/territory-and-register/recruitments.ts'
import { forecastOf } from '../server/territory-and-register/recruitments/forecast-proof-rules.ts'
import { expectedOf, fitOf, horizon } from '../server/territory-and-register/recruitments/forecast-rules.ts'
import { groupSeasons, regimes, seriesOf } from '../server/territory-and-register/recruitments/testing-series.ts'

const each = Number(process.argv[2] ?? 400)
const years = 5
const first = 2021 * 12
/** Twice the log-likelihood lost beside the truth; a guess of none is worth a tenth of a hire. */
const deviance = (hires: number, guess: number) => {
  const mean = Math.max(guess, 0.1)
  return 2 * ((hires > 0 ? hires * Math.log(hires / mean) : 0) - (hires - mean))
}
interface Score {
  months: number
  errors: [number, number, number]
  deviances: [number, number, number]
  within: number
}
const noScore = (): Score => ({ months: 0, errors: [0, 0, 0], deviances: [0, 0, 0], within: 0 })
const add = (score: Score, hires: number, guesses: readonly number[], within: boolean) => {
  score.months++
  guesses.forEach((guess, at) => {
    score.errors[at]! += Math.abs(hires - guess)
    score.deviances[at]! += deviance(hires, guess)
  })
  if (within) score.within++
}
const line = (name: string, { months, errors, deviances, within }: Score) => {
  const means = (sums: readonly number[]) =>
    sums.map(sum => (sum / Math.max(1, months)).toFixed(2).padStart(7)).join('')
  console.log(
    `  ${name.padEnd(6)}${String(months).padStart(7)} months · MAE${means(errors)} · deviance${means(deviances)} · in the interval ${((100 * within) / Math.max(1, months)).toFixed(0)} %`,
  )
}

console.log(`${each} series of each kind, ${years} years known; guesses: forecast, same month, mean of twelve\n`)
let spent = 0
for (const [kind, regime] of regimes.entries())
  for (const withGroup of [true, false]) {
    const [all, told] = [noScore(), noScore()]
    const silent = new Map<string, number>()
    let [shown, better, announced, verified] = [0, 0, 0, 0]
    for (let n = 0; n < each; n++) {
      // Cut at any month of the year.
      const known = years * 12 - (n % 12)
      const series = seriesOf(regime, known + horizon, 1000 * (kind + 1) + n)
      const past = series.slice(0, known)
      const last = first + known - 1
      const seasons = withGroup ? groupSeasons(regime, [2021, 2022, 2023, 2024, 2025]) : []
      const start = performance.now()
      const forecast = forecastOf({ active: true, past }, last, seasons)
      spent += performance.now() - start
      const fit = fitOf(past, last, seasons)
      const ahead = fit ? expectedOf(fit, last) : []
      const mean = Math.round(past.slice(-12).reduce((a, b) => a + b, 0) / 12)
      const future = noScore()
      ahead.forEach((month, at) => {
        const hires = series[known + at]!
        const guesses = [month.expected, series[known + at - 12]!, mean]
        const within = month.low <= hires && hires <= month.high
        for (const score of forecast.silence === null ? [all, told, future] : [all]) add(score, hires, guesses, within)
      })
      if (forecast.silence) silent.set(forecast.silence, (silent.get(forecast.silence) ?? 0) + 1)
      else {
        shown++
        if (future.errors[0] <= Math.min(future.errors[1], future.errors[2])) better++
        announced += forecast.proof!.announced
        verified += forecast.proof!.verified
      }
    }
    console.log(`${regime.name}${withGroup ? ', season of the group told' : ', own season alone'}`)
    line('all', all)
    if (shown) line('told', told)
    console.log(
      `  told of ${((100 * shown) / each).toFixed(0)} %${shown ? `, at least as good as both over the next six months for ${((100 * better) / shown).toFixed(0)} % of these; high months announced ${announced}, verified ${verified}` : ''}; silent: ${silences.map(one => `${one} ${silent.get(one) ?? 0}`).join(', ')}`,
    )
  }
console.log(`\n${((1000 * spent) / (each * regimes.length * 2)).toFixed(0)} µs an establishment, one processor`)
