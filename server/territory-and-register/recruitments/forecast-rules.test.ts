import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../testing/people.ts'
import { expectedOf, expectedSum, fitOf, type GroupSeason, groupSeasonAt, quantileOf } from './forecast-rules.ts'
import { groupSeasons, regimes, seriesOf } from './testing-series.ts'

const last = 2025 * 12 + 11
const summer = [0, 0, 0, 0, 6, 12, 18, 12, 6, 0, 0, 0]
const flat = Array.from({ length: 12 }, () => 2)
const yearsOf = (year: readonly number[], count: number) => Array.from({ length: count }, () => year).flat()
const at = (past: readonly (number | null)[], seasons: readonly GroupSeason[] = [], end = last) =>
  expectedOf(fitOf(past, end, seasons)!, end)
const random = seededRandom(404)
const drawn = Array.from({ length: 120 }, (_, n) => {
  const regime = regimes[n % regimes.length]!
  const past: (number | null)[] = seriesOf(regime, 24 + Math.floor(random() * 60), n)
  const holed = n % 3 === 0 ? past.map(hires => (random() < 0.1 ? null : hires)) : past
  return { past: holed, seasons: n % 2 ? groupSeasons(regime, [2022, 2023, 2024, 2025]) : [] }
}).filter(({ past, seasons }) => fitOf(past, last, seasons) !== null)

test('REC-4: an establishment that repeats its year is expected to repeat it', () => {
  assert.deepEqual(
    at(yearsOf(flat, 4)).map(one => one.expected),
    [2, 2, 2, 2, 2, 2],
  )
  const months = at(yearsOf(summer, 5), [], last - 7)
  assert.deepEqual(
    months.map(one => one.month % 12),
    [5, 6, 7, 8, 9, 10],
    'six months, from the one after the last',
  )
  const spring = at([...yearsOf(summer, 4), ...summer.slice(0, 4)], [], last - 8)
  assert.deepEqual(
    spring.map(({ expected }, ahead) => Math.abs(expected - summer[4 + ahead]!) <= 2),
    [true, true, true, true, true, true],
    JSON.stringify(spring),
  )
})

test('REC-4: the season of the group counts where the own past is thin, and gives way where it is not', () => {
  const index = [0.25, 0.25, 0.25, 0.5, 1, 2, 3, 2.5, 1, 0.5, 0.5, 0.25]
  const seasons = [2023, 2024, 2025].map(year => ({ year, index }))
  const july = (past: number[], of: GroupSeason[]) => {
    const { season } = fitOf(past, last, of)!
    return season[6]!
  }
  const thin = yearsOf([0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0], 3)
  assert.ok(july(thin, seasons) > july(thin, []) + 0.5)
  const busy = yearsOf(
    flat.map(n => n * 30),
    4,
  )
  assert.ok(Math.abs(july(busy, seasons) - 1) < 0.35, String(july(busy, seasons)))
})

test('REC-4: of the group the last three years that were over are used, and none of the future', () => {
  const season = (year: number, july: number) => ({ year, index: flat.map((_, month) => (month === 6 ? july : 1)) })
  const all = [season(2021, 9), season(2022, 2), season(2023, 2), season(2024, 2), season(2025, 9)]
  assert.equal(groupSeasonAt(all, last - 1)[6], (12 * 2) / 13, 'December of 2025 is not over')
  assert.ok(groupSeasonAt(all, last)[6]! > 3)
  assert.deepEqual(groupSeasonAt(all, 2021 * 12), groupSeasonAt([], last))
})

test('REC-4: the same past gives the same forecast; a larger share, or a wilder past, gives a wider interval', () => {
  for (const { past, seasons } of drawn) {
    const fit = fitOf(past, last, seasons)!
    assert.deepEqual(fitOf([...past], last, seasons.toReversed()), fit)
    const within = (part: number) => [...expectedOf(fit, last, part), expectedSum(fit, last, 3, part)]
    const [half, most, nearly] = [within(0.5), within(0.8), within(0.95)]
    most.forEach(({ expected, low, high }, n) => {
      assert.ok(0 <= low && low <= expected && expected <= high && Number.isSafeInteger(high))
      assert.ok(nearly[n]!.low <= low && low <= half[n]!.low && half[n]!.high <= high && high <= nearly[n]!.high)
    })
    const wilder = expectedOf({ ...fit, spread: fit.spread * 3 }, last, 0.95)
    assert.ok(wilder.every(({ expected, high }, n) => expected < 10 || high >= nearly[n]!.high))
  }
})

test('REC-4: ten times the hires are ten times as many expected; the mean of a season is one', () => {
  for (const { past, seasons } of drawn) {
    const { season, level } = fitOf(past, last, seasons)!
    assert.ok(Math.abs(season.reduce((a, b) => a + b, 0) - 12) < 1e-9)
    assert.ok(level > 0 && season.every(one => one >= 0))
  }
  const regular = yearsOf(summer, 5)
  const [small, large] = [regular, regular.map(n => n * 10)].map(past => at(past, [], last - 7))
  large!.forEach(({ expected }, n) => {
    assert.ok(Math.abs(expected - 10 * small![n]!.expected) <= 16, `${expected}, ${small![n]!.expected}`)
  })
})

test('REC-4: the sum of three months is that of the months, its interval narrower than their sum', () => {
  for (const { past, seasons } of drawn) {
    const fit = fitOf(past, last, seasons)!
    const three = expectedOf(fit, last).slice(0, 3)
    const { expected, low, high } = expectedSum(fit, last, 3)
    const sum = (part: 'expected' | 'low' | 'high') => three.reduce((total, one) => total + one[part], 0)
    assert.ok(Math.abs(expected - sum('expected')) <= 2)
    assert.ok(high <= sum('high') + 3 && low >= sum('low') - 3, JSON.stringify([low, high, three]))
  }
})

test('REC-4: no hire in the months known gives no forecast; a month that no file brought is no month without a hire', () => {
  assert.equal(fitOf([], last, []), null)
  assert.equal(
    fitOf(
      yearsOf(
        flat.map(() => 0),
        4,
      ),
      last,
      [],
    ),
    null,
  )
  const holed = yearsOf(flat, 4).map((hires, n) => (n % 7 === 0 ? null : hires))
  assert.deepEqual(
    at(holed).map(one => one.expected),
    [2, 2, 2, 2, 2, 2],
  )
})

test('REC-4: a quantile is the least count that as many draws stay at or under', () => {
  // Of a geometric law of mean 1: a half, three quarters, seven eighths.
  assert.deepEqual(
    [0.4, 0.6, 0.8].map(part => quantileOf(1, 2, part)),
    [0, 1, 2],
  )
  // Of Poisson's law of mean 2: 0.135, 0.406, 0.677, 0.857, 0.947.
  assert.deepEqual(
    [0.1, 0.2, 0.5, 0.8, 0.9].map(part => quantileOf(2, 2, part)),
    [0, 1, 2, 3, 4],
  )
  assert.equal(quantileOf(1000, 10_000, 0.9), 1128)
})
