import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byNearness, continueIdentities } from './clpe-succession.ts'

const communes = (...codes: string[]) => new Set(codes)
const five = communes('33001', '33002', '33003', '33004', '33005')

for (const [what, edition, known, expected] of [
  ['the same communes under another code are the same territory', { B: five }, [{ 10001: five }], { B: 10001 }],
  [
    'the same code over other communes is another territory',
    { A: communes('33101', '33102') },
    [{ 10001: five }],
    { A: null },
  ],
  [
    'two codes exchanged follow their communes',
    { A: communes('1', '2'), B: communes('3', '4') },
    [{ 10001: communes('3', '4'), 10002: communes('1', '2') }],
    { A: 10002, B: 10001 },
  ],
  ['one commune more', { A: communes(...five, '33006') }, [{ 10001: five }], { A: 10001 }],
  [
    'exactly half is not more than half',
    { A: communes('1', '2', '3') },
    [{ 10001: communes('1', '2', '3', '4', '5', '6') }],
    { A: null },
  ],
  [
    'split in two: only the larger part continues it',
    { A: communes('33001', '33002', '33003'), B: communes('33004', '33005') },
    [{ 10001: five }],
    { A: 10001, B: null },
  ],
  [
    'split in halves: neither continues it',
    { A: communes('1', '2'), B: communes('3', '4') },
    [{ 10001: communes('1', '2', '3', '4') }],
    { A: null, B: null },
  ],
  [
    'merged: continues the part that makes more than half of it',
    { A: communes('1', '2', '3', '4') },
    [{ 10001: communes('1', '2', '3'), 10002: communes('4') }],
    { A: 10001 },
  ],
  [
    'left out of one edition, found again in the one before',
    { A: five },
    [{ 10002: communes('33101') }, { 10001: five }],
    { A: 10001 },
  ],
  [
    'the nearest edition wins, and an identity serves once',
    { A: five },
    [{ 10001: five }, { 10002: five }],
    { A: 10001 },
  ],
] as const) {
  test(`TER-1: ${what}`, () => {
    const compositions = known.map(e => new Map(Object.entries(e).map(([id, set]) => [Number(id), set as Set<string>])))
    assert.deepEqual(Object.fromEntries(continueIdentities(new Map(Object.entries(edition)), compositions)), expected)
  })
}

test('TER-1: an edition is compared with itself, then with those before it, then with those after', () => {
  const editions = ['2026-01', '2026-04', '2026-05', '2026-09', '2027-01'].map(edition => ({
    edition,
    inForceFrom: `${edition}-01`,
  }))
  assert.deepEqual(
    byNearness({ edition: '2026-05', inForceFrom: '2026-05-01' }, editions).map(e => e.edition),
    ['2026-05', '2026-04', '2026-01', '2026-09', '2027-01'],
  )
})
