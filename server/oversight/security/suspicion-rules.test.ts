import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '../../platform/config.ts'
import { seededRandom } from '../../testing/people.ts'
import { countStructureUses, countUses, isYoung, type Use } from './suspicion.model.ts'
import {
  structureBudget,
  structureReading,
  suspicions,
  thresholdsOf,
  watchedRules,
  youngThresholds,
} from './suspicion-rules.ts'

const { watch } = readConfig({})
const none = { personsPerHour: 0, personsPerDay: 0, personsAtNight: 0, exportsPerDay: 0, refusalsPerHour: 0 }
for (const [name, at, said] of [
  ['personsPerHour', watch.personsPerHour, /en une heure/],
  ['personsPerDay', watch.personsPerDay, /en une journée/],
  ['personsAtNight', watch.personsAtNight, /entre 22 h et 6 h/],
  ['exportsPerDay', watch.exportsPerDay, /exportés/],
  ['refusalsPerHour', watch.refusalsPerHour, /refusées en une heure/],
] as const) {
  test(`SEC-2: ${name} at its threshold is ordinary, one more is not`, () => {
    assert.deepEqual(suspicions({ ...none, [name]: at }, watch), [])
    const [one, ...others] = suspicions({ ...none, [name]: at + 1 }, watch)
    assert.match(one!, said)
    assert.deepEqual(others, [])
  })
}
const at = (text: string) => new Date(text)
test('SEC-2: an employer read twice counts once; an hour and a day are elapsed time; night is that of Paris, on both sides of a change of hour', () => {
  const uses: Use[] = [
    { at: at('2026-10-25T10:00:00Z'), read: ['a', 'b'] },
    { at: at('2026-10-25T10:30:00Z'), read: ['b'] },
    { at: at('2026-10-25T11:00:00Z'), read: ['c'], exported: true },
  ]
  assert.deepEqual(countUses(uses, at('2026-10-25T11:00:00Z')), {
    personsPerHour: 2,
    personsPerDay: 3,
    personsAtNight: 0,
    exportsPerDay: 1,
    refusalsPerHour: 0,
  })
  assert.equal(countUses(uses, at('2026-10-26T10:00:00Z')).personsPerDay, 2)
  assert.deepEqual(
    [
      '2026-10-24T19:59:59Z',
      '2026-10-24T20:00:00Z',
      '2026-10-25T04:59:59Z',
      '2026-10-25T05:00:00Z',
      '2026-10-25T20:59:59Z',
      '2026-10-25T21:00:00Z',
    ].map(t => countUses([{ at: at(t), read: ['a'] }], at(t)).personsAtNight),
    [0, 1, 1, 0, 0, 1],
  )
})

test('SEC-2: a thing refused many times counts once, in the hour only', () => {
  const uses: Use[] = [
    { at: at('2026-11-25T10:00:00Z'), read: [], refused: ['old'] },
    { at: at('2026-11-25T10:00:01Z'), read: [], refused: ['a', 'b'] },
    { at: at('2026-11-25T11:00:00Z'), read: [], refused: ['a', 'a'] },
  ]
  assert.equal(countUses(uses, at('2026-11-25T11:00:00Z')).refusalsPerHour, 2)
})

/**
 * A full week: 8:30 to 18:30, a card every few minutes, the portfolio's pages several times a day, an evening of
 * catching up, some reports, a few refusals each day; on Thursday, links of an old mail to campaigns that are no longer
 * hers.
 */
const week = (random: () => number): Use[] => {
  const uses: Use[] = []
  const portfolio = Array.from({ length: 200 }, (_, n) => `portfolio-${n}`)
  for (let day = 0; day < 5; day++) {
    const start = Date.parse('2026-11-23T07:30:00Z') + day * 86_400_000
    for (let minute = 0; minute < 600; minute += 2 + random() * 10)
      uses.push({
        at: new Date(start + minute * 60_000),
        read: [random() < 0.6 ? portfolio[Math.floor(random() * 200)]! : `card-${Math.floor(random() * 4000)}`],
      })
    for (let page = 0; page < 12; page++)
      uses.push({
        at: new Date(start + random() * 600 * 60_000),
        read: portfolio.slice((page % 4) * 50, (page % 4) * 50 + 50),
      })
    for (let n = 0; n < 3; n++) uses.push({ at: new Date(start + random() * 600 * 60_000), read: [], exported: true })
    for (let n = 0; n < 4; n++)
      uses.push({
        at: new Date(start + random() * 600 * 60_000),
        read: [],
        refused: [`thing-${Math.floor(random() * 100)}`],
      })
    if (day === 3)
      for (let n = 0; n < 15; n++) uses.push({ at: new Date(start + n * 60_000), read: [], refused: [`campaign-${n}`] })
    if (day === 2)
      for (let n = 0; n < 25; n++)
        uses.push({ at: new Date(start + (12 * 60 + 30 + n * 5) * 60_000), read: [`card-${n}`] })
  }
  return uses.toSorted((a, b) => a.at.getTime() - b.at.getTime())
}
test('SEC-2, ACC-11: a patient advisor is never suspect, at any quarter of an hour of twenty simulated weeks', () => {
  const random = seededRandom(880)
  let busiest = 0
  for (let n = 0; n < 20; n++) {
    const uses = week(random)
    for (let t = Date.parse('2026-11-23T00:00:00Z'); t < Date.parse('2026-11-28T00:00:00Z'); t += 900_000) {
      const counted = countUses(uses, new Date(t))
      busiest = Math.max(busiest, counted.personsPerDay)
      assert.deepEqual(suspicions(counted, watch), [], new Date(t).toISOString())
    }
  }
  assert.ok(busiest > 200, `${busiest}: a busy week, not an idle one`)
})
test('SEC-2: a scraper is suspect within its budget and the minute that passes before it is looked at, by day as by night', () => {
  for (const [from, budget] of [
    ['2026-11-25T10:00:00Z', watch.personsPerHour],
    ['2026-11-25T02:00:00Z', watch.personsAtNight],
  ] as const) {
    const uses = Array.from({ length: 2_000 }, (_, n) => ({
      at: new Date(Date.parse(from) + n * 1_000),
      read: [`card-${n}`],
    }))
    const caught = uses.filter((_, n) => n % 60 === 59).find(u => suspicions(countUses(uses, u.at), watch).length > 0)!
    assert.ok(countUses(uses, caught.at).personsPerDay <= budget + 60)
  }
})
test('SEC-2: one who keeps under the hour is caught by the day', () => {
  const uses = Array.from({ length: 900 }, (_, n) => ({
    at: new Date(Date.parse('2026-11-25T06:00:00Z') + n * 48_000),
    read: [`card-${n}`],
  }))
  assert.match(suspicions(countUses(uses, uses.at(-1)!.at), watch).join(), /en une journée/)
})
test('SEC-2: whose right was cut, with ten pages left open that ask again all day, is never suspect; one who tries the things of others is, within the minute', () => {
  const asks = (n: number, of: number, everyMs: number) =>
    Array.from({ length: n }, (_, k) => ({
      at: new Date(Date.parse('2026-11-25T08:00:00Z') + k * everyMs),
      read: [],
      refused: [`thing-${k % of}`],
    }))
  const open = asks(5_000, 25, 5_000)
  assert.deepEqual(
    open.filter((_, n) => n % 50 === 0).flatMap(u => suspicions(countUses(open, u.at), watch)),
    [],
  )
  const trying = asks(60, 60, 1_000)
  assert.match(suspicions(countUses(trying, trying.at(-1)!.at), watch).join(), /60 demandes différentes refusées/)
})
test('SEC-2: a young account has a quarter of each budget of reading and of export, rounded up, and is young for seven days', () => {
  assert.deepEqual(
    youngThresholds({
      personsPerHour: 300,
      personsPerDay: 801,
      personsAtNight: 60,
      exportsPerDay: 9,
      refusalsPerHour: 30,
    }),
    { personsPerHour: 75, personsPerDay: 201, personsAtNight: 15, exportsPerDay: 3, refusalsPerHour: 30 },
  )
  assert.deepEqual(
    ['2026-11-18T10:00:00.000Z', '2026-11-18T10:00:00.001Z', '2026-11-25T10:00:00Z'].map(created =>
      isYoung(at(created), at('2026-11-25T10:00:00Z')),
    ),
    [false, true, true],
  )
})
test('SEC-2: three exports a day are ordinary for a young account where nine are for another; the fourth is not', () => {
  const [watchOfNine, three, four] = [
    { ...watch, exportsPerDay: 9 },
    { ...none, exportsPerDay: 3 },
    { ...none, exportsPerDay: 4 },
  ]
  assert.deepEqual(suspicions(three, youngThresholds(watchOfNine)), [])
  assert.match(suspicions(four, youngThresholds(watchOfNine)).join(), /^4 documents exportés en une journée.*seuil : 3/)
  assert.deepEqual(suspicions(four, watchOfNine), [])
})
for (const [account, last, why] of [
  [{ oversees: false, young: false }, 40, 'anyone'],
  [{ oversees: true, young: false }, 200, 'whoever oversees'],
  [{ oversees: false, young: true }, 10, 'anyone, with an account younger than a week'],
  [{ oversees: true, young: true }, 50, 'whoever oversees, with an account younger than a week'],
] as const)
  test(`SEC-2: ${why} exports ${last} documents a day, not one more, and reads no more than others`, () => {
    const budget = thresholdsOf(account, watch)
    assert.deepEqual(suspicions({ ...none, exportsPerDay: last }, budget), [])
    assert.deepEqual(suspicions({ ...none, exportsPerDay: last + 1 }, budget), [
      `${last + 1} documents exportés en une journée (seuil : ${last}).`,
    ])
    const others = thresholdsOf({ ...account, oversees: false }, watch)
    assert.deepEqual({ ...budget, exportsPerDay: 0 }, { ...others, exportsPerDay: 0 })
  })
test('SEC-2: the budget of whoever oversees is the operator’s to set, never under that of everyone; the CSSI reads both', () => {
  const set = readConfig({ WATCH_EXPORTS_PER_DAY: '30', WATCH_EXPORTS_PER_DAY_OF_OVERSEERS: '90' }).watch
  assert.deepEqual([set.exportsPerDay, set.exportsPerDayOfOverseers], [30, 90])
  assert.equal(readConfig({ WATCH_EXPORTS_PER_DAY: '300' }).watch.exportsPerDayOfOverseers, 300)
  assert.throws(
    () => readConfig({ WATCH_EXPORTS_PER_DAY: '30', WATCH_EXPORTS_PER_DAY_OF_OVERSEERS: '29' }),
    /WATCH_EXPORTS_PER_DAY_OF_OVERSEERS/,
  )
  const shown = watchedRules(set, 60, undefined, 30).filter(({ says }) => says.startsWith('Documents exportés'))
  assert.deepEqual(
    shown.map(({ threshold }) => threshold),
    ['30', '90'],
  )
})
test('SEC-2: a partner may read so much a day for each of its people, and at least twice what one may; at the budget it is ordinary, one more is not', () => {
  assert.deepEqual(
    [0, 26, 27, 100].map(people => structureBudget(people, 60, watch)),
    [1600, 1600, 1620, 6000],
  )
  assert.deepEqual(
    [
      structureReading({ people: 3, personsPerDay: 1600 }, 60, watch),
      structureReading({ people: 100, personsPerDay: 6000 }, 60, watch),
    ],
    [null, null],
  )
  assert.match(structureReading({ people: 3, personsPerDay: 1601 }, 60, watch)!, /1601 employeurs.*seuil : 1600/)
})
test('SEC-2: fifty accounts made up by one person give their structure nothing more, and what two of them read is counted once', () => {
  const [until, old] = [at('2026-11-25T10:00:00Z'), at('2026-01-01T00:00:00Z')]
  const made = Array.from({ length: 50 }, (_, n) => ({
    createdAt: at('2026-11-24T00:00:00Z'),
    active: true,
    uses: Array.from({ length: 40 }, (_u, k) => ({ at: at('2026-11-25T09:00:00Z'), read: [`card-${n}-${k}`] })),
  }))
  const uses = countStructureUses(
    [
      ...made,
      { createdAt: old, active: true, uses: [{ at: until, read: ['card-0-0'] }] },
      { createdAt: old, active: false, uses: [] },
    ],
    until,
  )
  assert.deepEqual(uses, { people: 1, personsPerDay: 2000 })
  assert.notEqual(structureReading(uses, 60, watch), null)
})
