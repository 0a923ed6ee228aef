import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contactedWords, periodWords, timeLeft } from './words.ts'

const plain = (text: string) => text.replace(/[\u00A0\u202F]/g, ' ')

test('CAM-1: a period is said in words, the year once', () => {
  assert.equal(plain(periodWords('2026-09-01', '2026-12-31')), 'du 1er septembre au 31 décembre 2026')
  assert.equal(plain(periodWords('2026-11-24', '2027-03-31')), 'du 24 novembre 2026 au 31 mars 2027')
  assert.equal(plain(periodWords('2026-11-24', '2026-11-24')), 'le 24 novembre 2026')
})
test('CAM-1: where today stands in a period', () => {
  const period = { startsOn: '2026-11-01', endsOn: '2026-11-30' }
  const cases: [string, string][] = [
    ['2026-10-31', 'commence dans 1 jour'],
    ['2026-11-01', 'encore 30 jours'],
    ['2026-11-29', 'encore 2 jours'],
    ['2026-11-30', 'dernier jour'],
    ['2026-12-02', 'terminée depuis 2 jours'],
  ]
  for (const [now, expected] of cases) assert.equal(plain(timeLeft(period, now)), expected, now)
})
test('CAM-8: progress is said with its figures', () => {
  const counts = { targets: 120, contacted: 42, undecided: 0 }
  assert.equal(plain(contactedWords({ counts })), '42 contactés sur 120')
  assert.equal(plain(contactedWords({ counts: { ...counts, contacted: 1 } })), '1 contacté sur 120')
  assert.equal(plain(contactedWords({ counts: { ...counts, targets: 0, contacted: 0 } })), 'aucune cible')
})
