import { type Forecast, isHigh, meanOf } from './forecast-proof-rules.ts'
import type { Past } from './forecast-rules.ts'
import { monthAt } from './recruitment-rules.ts'

/** A mean error is told to a tenth of a hire: more figures would say more than is known. */
const tenth = (number: number) => Math.round(10 * number) / 10
/** Years of the same month that are shown as evidence. */
const shown = 3

/** The forecast as the card has it: each month with what the same month counted before. */
export const forecastCard = (forecast: Forecast, past: Past) => {
  const { silence, proof, months } = forecast
  const mean = meanOf(past) ?? 0
  return {
    silence,
    months: months.map(({ month, ...expected }, ahead) => ({
      month: monthAt(month),
      ...expected,
      isHigh: isHigh(expected.expected, mean),
      past: Array.from({ length: shown }, (_, year) => ({ back: 12 * (shown - year) })).flatMap(({ back }) => {
        const hires = past[past.length + ahead - back] ?? null
        return hires === null ? [] : [{ month: monthAt(month - back), hires }]
      }),
    })),
    three: nextThree(forecast),
    proof: proof && {
      ...proof,
      first: monthAt(proof.first),
      last: monthAt(proof.last),
      error: tenth(proof.error),
      errorOfSameMonth: tenth(proof.errorOfSameMonth),
      errorOfMean: tenth(proof.errorOfMean),
    },
  }
}
export const nextThree = ({ three, months }: Forecast) =>
  three && { ...three, first: monthAt(months[0]!.month), last: monthAt(months[2]!.month) }
