import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparedOf, forecastOf, monthsRead, pastOf, proofOf } from './forecast-proof-rules.ts'
import { groupSeasons, regimes, seriesOf } from './testing-series.ts'

const last = 2025 * 12 + 11
const regime = (name: string) => regimes.find(one => one.name === name)!
const hotel = seriesOf(regime('seasonal hotel'), 60, 3)
const seasons = groupSeasons(regime('seasonal hotel'), [2021, 2022, 2023, 2024, 2025])
const of = (past: readonly (number | null)[], active = true) => forecastOf({ active, past }, last, seasons)

test('REC-4: what is told of a seasonal hotel: six months, three together, and how often it was right', () => {
  const { silence, proof, months, three } = of(hotel)
  assert.equal(silence, null)
  assert.deepEqual(
    months.map(one => one.month),
    [1, 2, 3, 4, 5, 6].map(ahead => last + ahead),
  )
  assert.ok(three && three.low <= three.expected && three.expected <= three.high)
  assert.deepEqual([proof!.months, proof!.first, proof!.last], [24, last - 23, last])
  assert.ok(proof!.error <= 0.85 * Math.min(proof!.errorOfSameMonth, proof!.errorOfMean))
  assert.ok(proof!.verified <= proof!.announced && proof!.announced > 0 && proof!.within >= 15)
})

for (const { name, past, active = true, silence } of [
  { name: 'closed', past: hotel, active: false, silence: 'closed' },
  { name: 'without a past', past: [], silence: 'few-hires' },
  { name: 'that never hired', past: hotel.map(() => 0), silence: 'few-hires' },
  { name: 'that hires once in a while', past: hotel.map((_, n) => (n % 6 === 0 ? 1 : 0)), silence: 'few-hires' },
  { name: 'of less than three years', past: hotel.slice(-35), silence: 'short-past' },
  {
    name: 'whose first hire is of less than three years ago',
    past: hotel.map((n, at) => (at < 30 ? 0 : n)),
    silence: 'short-past',
  },
  {
    name: 'of which months are missing',
    past: hotel.map((n, at) => (at > 40 && at % 5 === 0 ? null : n)),
    silence: 'missing-months',
  },
  {
    name: 'whose last month is missing',
    past: hotel.map((n, at) => (at === 59 ? null : n)),
    silence: 'missing-months',
  },
  { name: 'steady, whose mean does as well', past: hotel.map(() => 3), silence: 'not-better' },
] as const)
  test(`REC-4: nothing is told of an establishment ${name}`, () => {
    const forecast = of(past, active)
    assert.deepEqual([forecast.silence, forecast.months, forecast.three], [silence, [], null])
  })

test('REC-4: each month is forecast from what was known before it, one to six months ahead', () => {
  const compared = comparedOf(hotel, last, seasons)
  assert.equal(compared.length, 24)
  for (const [at, one] of compared.entries()) {
    const origin = 36 + Math.floor(at / 6) * 6
    // Whatever comes after the origin changes nothing of what is told.
    const [told] = comparedOf(
      hotel.map((hires, n) => (n < origin ? hires : n === 36 + at ? hires : 77)),
      last,
      seasons,
    ).slice(at)
    assert.deepEqual([told!.expected, told!.low, told!.high, told!.mean], [one.expected, one.low, one.high, one.mean])
    assert.deepEqual([one.hires, one.sameMonth, one.month], [hotel[36 + at], hotel[24 + at], last - 23 + at])
  }
})

test('REC-4: a high month is half above the mean of the twelve before; announced, verified and unannounced are counted', () => {
  const month = (expected: number, hires: number) => ({
    month: last,
    expected,
    low: 1,
    high: 9,
    hires,
    sameMonth: 4,
    mean: 4,
  })
  const proof = proofOf([month(6, 6), month(6, 5), month(5, 8), month(2, 10), month(0, 0)])!
  assert.deepEqual([proof.announced, proof.verified, proof.unannounced, proof.within], [2, 1, 2, 3])
  assert.deepEqual([proof.error, proof.errorOfSameMonth, proof.errorOfMean], [2.4, 3.4, 3.4])
  assert.equal(proofOf([]), null)
  const none = { ...month(0, 0), mean: 0 }
  assert.deepEqual([proofOf([none])!.announced, proofOf([none])!.unannounced], [0, 0], 'none is never high')
})

test('REC-4: over generated series, what is told is right more often than both guesses, and noise is told nothing of', () => {
  const score = (name: string) => {
    let [told, own, sameMonth, mean] = [0, 0, 0, 0]
    for (let n = 0; n < 150; n++) {
      const series = seriesOf(regime(name), 66, n)
      const past = series.slice(0, 60)
      const forecast = forecastOf({ active: true, past }, last, groupSeasons(regime(name), [2022, 2023, 2024, 2025]))
      if (forecast.silence) continue
      told++
      const usual = Math.round(past.slice(-12).reduce((a, b) => a + b, 0) / 12)
      forecast.months.forEach(({ expected }, at) => {
        own += Math.abs(series[60 + at]! - expected)
        sameMonth += Math.abs(series[60 + at]! - series[48 + at]!)
        mean += Math.abs(series[60 + at]! - usual)
      })
    }
    return { told, better: own < sameMonth && own < mean }
  }
  for (const name of ['seasonal hotel', 'small campsite', 'school, at the start of term']) {
    const { told, better } = score(name)
    assert.ok(told > 50 && better, `${name}: ${told}`)
  }
  for (const name of ['steady shop', 'bursty temporary work', 'nearly none']) assert.ok(score(name).told < 12, name)
})

test('REC-4: the past is counted by month, all kinds together; a month that no file brought is unknown', () => {
  const brought = new Set(Array.from({ length: 200 }, (_, n) => last - n).filter(month => month !== last - 2))
  const past = pastOf(
    [
      { month: last, hires: 2 },
      { month: last, hires: 3 },
      { month: last - 3, hires: 4 },
    ],
    brought,
    last,
  )
  assert.equal(past.length, monthsRead)
  assert.deepEqual(past.slice(-4), [4, null, 0, 5])
})
