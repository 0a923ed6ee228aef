import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as format from './format.ts'

/** Unbreakable spaces are wanted on screen and unreadable in a table of cases. */
const plain = (text: string) => text.replace(/[\u00A0\u202F]/g, ' ')
const table = <A extends unknown[]>(title: string, write: (...args: A) => string, cases: [A, string][]) =>
  test(`UX-1: ${title}`, () => {
    for (const [args, expected] of cases) assert.equal(plain(write(...args)), expected, JSON.stringify(args))
  })

table('days are written in French', format.formatDay, [
  [['2026-11-24'], '24 novembre 2026'],
  [['2027-01-01'], '1er janvier 2027'],
  [['2028-02-29'], '29 février 2028'],
])
table('short days', format.formatShortDay, [
  [['2026-11-24'], '24 nov. 2026'],
  [['2026-05-01'], '1er mai 2026'],
])
table('times are those of Paris, in summer and in winter', format.formatTime, [
  [['2026-11-24T13:30:00Z'], '14 h 30'],
  [['2026-07-14T12:30:00Z'], '14 h 30'],
  [['2026-11-24T23:05:00Z'], '0 h 05'],
  [['09:00'], '9 h'],
  [['14:30'], '14 h 30'],
])
table('an instant near midnight belongs to the day of Paris', format.formatInstant, [
  [['2026-11-23T23:30:00Z'], '24 novembre 2026 à 0 h 30'],
  [['2026-07-13T22:15:00Z'], '14 juillet 2026 à 0 h 15'],
])
table('numbers', format.formatNumber, [
  [[1234.5], '1 234,5'],
  [[0], '0'],
  [[1_234_567], '1 234 567'],
  [[-12.25], '-12,25'],
])
table('shares never round to nothing or to all', format.formatShare, [
  [[42, 120], '35 %'],
  [[0, 0], '0 %'],
  [[0, 10], '0 %'],
  [[1, 1000], '1 %'],
  [[999, 1000], '99 %'],
  [[10, 10], '100 %'],
])
table('counts agree in number, and zero is singular', format.formatCount, [
  [[0, 'besoin'], '0 besoin'],
  [[1, 'besoin'], '1 besoin'],
  [[2, 'besoin'], '2 besoins'],
  [[1240, 'cheval', 'chevaux'], '1 240 chevaux'],
])
table('SIRET', format.formatSiret, [
  [['24330116500011'], '243 301 165 00011'],
  [['2433011650001'], '2433011650001'],
])
table('SIREN', format.formatSiren, [[['243301165'], '243 301 165']])
table('phones', format.formatPhone, [
  [['+33556000000'], '05 56 00 00 00'],
  [['+32470000000'], '+32470000000'],
])
table('relative days', format.formatRelativeDay, [
  [['2026-11-24', '2026-11-24'], 'aujourd’hui'],
  [['2026-11-23', '2026-11-24'], 'hier'],
  [['2026-11-25', '2026-11-24'], 'demain'],
  [['2026-11-12', '2026-11-24'], 'il y a 12 jours'],
  [['2026-12-01', '2026-11-24'], 'dans 7 jours'],
  [['2026-09-25', '2026-11-24'], 'il y a 60 jours'],
  [['2026-09-24', '2026-11-24'], 'il y a 2 mois'],
  [['2027-11-24', '2026-11-24'], 'dans 12 mois'],
  [['2023-11-25', '2026-11-24'], 'il y a 2 ans'],
])
table('lists', format.formatList, [
  [[[]], ''],
  [[['a']], 'a'],
  [[['a', 'b']], 'a et b'],
  [[['a', 'b', 'c']], 'a, b et c'],
])

test('UX-1: days are counted on the calendar, whatever the change of hour', () => {
  assert.equal(format.daysBetween('2026-03-28', '2026-03-30'), 2)
  assert.equal(format.addDays('2026-10-24', 2), '2026-10-26')
  assert.equal(format.addDays('2026-12-31', 1), '2027-01-01')
})
