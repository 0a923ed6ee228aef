import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressGroup } from '../../platform/address.ts'
import {
  type Budget,
  type BudgetKind,
  budgetsOf,
  counted,
  delayAfter,
  givenBack,
  secondsLeft,
} from './throttle-rules.ts'

const start = new Date('2026-11-25T10:00:00Z')
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000)
const none: Budget = { failures: 0, waitUntil: null, lastAt: null }

const delays: Record<BudgetKind, Record<number, number>> = {
  device: { 1: 0, 4: 0, 5: 30, 6: 60, 9: 480, 10: 900, 500: 900 },
  pair: { 1: 0, 4: 0, 5: 30, 6: 60, 10: 900, 500: 900 },
  account: { 19: 0, 20: 30, 21: 60, 25: 900, 5000: 900 },
  address: { 49: 0, 50: 5, 51: 10, 56: 300, 5000: 300 },
}
for (const kind of Object.keys(delays) as BudgetKind[]) {
  test(`IDN-6: the delays of the budget « ${kind} », which never pass fifteen minutes`, () => {
    for (const [failures, seconds] of Object.entries(delays[kind]))
      assert.equal(delayAfter(kind, Number(failures)), seconds, failures)
    for (let n = 1; n < 2000; n++)
      assert.ok(delayAfter(kind, n) <= 900 && delayAfter(kind, n) >= delayAfter(kind, n - 1))
  })
}

test('IDN-6: a known device draws on its own budget and no other', () => {
  assert.deepEqual(budgetsOf(true), ['device'])
  assert.deepEqual(budgetsOf(false), ['pair', 'address', 'account'])
})

test('IDN-6: an attempt counts before it is known to be wrong, the delay runs out by itself, and a day without any forgets', () => {
  let budget = none
  for (let i = 0; i < 5; i++) budget = counted('pair', budget, start)
  assert.deepEqual(
    [budget.failures, secondsLeft(budget, start), secondsLeft(budget, later(29.5)), secondsLeft(budget, later(30))],
    [5, 30, 1, 0],
  )
  assert.equal(counted('pair', budget, later(24 * 3600)).failures, 6)
  assert.equal(counted('pair', budget, later(24 * 3600 + 1)).failures, 1)
})

test('IDN-6: the right password clears what is the person’s own, and gives back only itself to what strangers share', () => {
  const tried: Budget = { failures: 21, waitUntil: later(60), lastAt: start }
  for (const kind of ['device', 'pair'] as const)
    assert.deepEqual(givenBack(kind, tried, 21, true), { failures: 0, waitUntil: null, lastAt: start })
  for (const kind of ['account', 'address'] as const)
    assert.deepEqual(givenBack(kind, tried, 21, true), { failures: 20, waitUntil: null, lastAt: start })
  assert.deepEqual(
    givenBack('account', tried, 20, true),
    { failures: 20, waitUntil: later(60), lastAt: start },
    'another attempt came meanwhile: its delay stays',
  )
  assert.equal(givenBack('pair', tried, 21, false).failures, 20, 'never computed: given back, not cleared')
  assert.equal(givenBack('pair', none, 1, false).failures, 0)
})

test('IDN-6: what one account may be tried in a day, over all the addresses of the world, is bounded', () => {
  let budget = none
  let now = start
  let guesses = 0
  while (now.getTime() - start.getTime() < 24 * 3_600_000) {
    now = new Date(Math.max(now.getTime() + 1, budget.waitUntil?.getTime() ?? 0))
    budget = counted('account', budget, now)
    guesses += 1
  }
  assert.ok(guesses > 100 && guesses < 125, String(guesses))
})

for (const [ip, group] of [
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
] as const)
  test(`IDN-6: the address that counts for ${ip || 'none'}: ${group}`, () => assert.equal(addressGroup(ip), group))
