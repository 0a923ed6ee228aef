import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FileCounts, noCounts } from './import-counts.ts'
import { conclude, progressTo } from './import-report.ts'

const written = (isTTY: boolean) => {
  const lines: string[] = []
  let now = 0
  const progress = progressTo(
    {
      isTTY,
      write: (text: string) => {
        lines.push(text)
        return true
      },
    } as never,
    () => now,
  )
  return {
    lines,
    clear: progress.clear,
    at: (ms: number, read: number, done: number, file = 'stock.csv') => {
      now = ms
      progress.show({ file, kind: 'establishments', read, done, size: 1_000 })
    },
  }
}
/** Without the narrow spaces of thousands. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

test('UX-2, EST-1: on a terminal, a bar in its own place, with the rate and the time left', () => {
  const { at, lines, clear } = written(true)
  at(0, 0, 0)
  at(100, 500, 10)
  assert.deepEqual(lines, [], 'no more often than a person reads')
  at(2_000, 20_000, 100)
  at(30_000, 300_000, 500)
  at(59_000, 600_000, 1_000)
  assert.deepEqual(lines.map(plain), [
    `\r\x1b[2K[███···························] 10 % · 20 000 lignes · 10 000 lignes/s · reste 18 s`,
    `\r\x1b[2K[███████████████···············] 50 % · 300 000 lignes · 10 000 lignes/s · reste 30 s`,
    `\r\x1b[2K[██████████████████████████████] 100 % · 600 000 lignes · 10 169 lignes/s · reste 0 s`,
  ])
  clear()
  assert.equal(lines.at(-1), '\r\x1b[2K', 'what is said next begins on an empty line')
})

test('UX-2, EST-1: elsewhere, plain lines every five seconds, each with its file', () => {
  const { at, lines, clear } = written(false)
  for (let second = 0; second <= 12; second++) at(second * 1_000, second * 1_000, second * 10)
  at(13_000, 13_000, 1, 'other.csv')
  at(19_000, 19_000, 61, 'other.csv')
  clear()
  assert.deepEqual(lines.map(plain), [
    'stock.csv : 5 % · 5 000 lignes · 1 000 lignes/s · reste 2 min\n',
    'stock.csv : 10 % · 10 000 lignes · 1 000 lignes/s · reste 2 min\n',
    'other.csv : 6 % · 19 000 lignes · 1 000 lignes/s · reste 2 min\n',
  ])
})

test('UX-2, EST-1: what an earlier run had done counts neither in the rate nor in the time left', () => {
  const { at, lines } = written(true)
  at(0, 800_000, 800)
  at(1_000, 850_000, 850)
  assert.match(plain(lines[0]!), /85 % · 850 000 lignes · 50 000 lignes\/s · reste [34] s$/)
})

test('EST-1: the report says each count, what is absent of the files, and an anomaly when a line is lost', () => {
  const said: string[] = []
  const counts: FileCounts = {
    ...noCounts('stock.csv', 'establishments', []),
    read: 1_002,
    became: { new: 1_000, unchanged: 1 },
    rejected: { 'no-siret': 1 },
    absent: { count: 1_204, sample: ['90000000000017', '90000000000025'] },
  }
  assert.equal(
    conclude([counts], line => said.push(plain(line))),
    0,
  )
  assert.deepEqual(said, [
    'stock.csv (établissements)',
    '  lues 1 002 · gardées 1 001 · rejetées 1',
    '  nouvelles 1 000 · modifiées 0 · inchangées 1 · fermées 0 · rouvertes 0 · retirées de la diffusion 0',
    '  rejetées, sans SIRET : 1',
    '  1 204 établissements du répertoire sont absents du fichier : ils sont gardés, sans changement',
    '  absents, les premiers : 90000000000017, 90000000000025',
  ])
  said.length = 0
  assert.equal(
    conclude([{ ...counts, read: 1_003, absent: { count: 1, sample: ['90000000000017'] } }], line =>
      said.push(plain(line)),
    ),
    3,
  )
  assert.deepEqual(said.slice(-3), [
    '  1 établissement du répertoire est absent du fichier : il est gardé, sans changement',
    '  absent : 90000000000017',
    'ANOMALIE : 1 lignes ne sont ni gardées, ni hors champ, ni rejetées',
  ])
})
