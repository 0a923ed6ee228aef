import assert from 'node:assert/strict'
import { test } from 'node:test'
import { likeliest, oneSlipAway, slips } from './spelling-rules.ts'

test('EST-2: slips of the hand cost less than another letter, a wrong first letter more', () => {
  assert.equal(slips('garage', 'garage'), 0)
  for (const typed of ['graage', 'garagge', 'garafe']) assert.ok(slips(typed, 'garage') < 1, typed)
  assert.equal(slips('garge', 'garage'), 1)
  assert.ok(slips('tarage', 'garage') > slips('gatage', 'garage'))
  for (const [a, b] of [
    ['tonelier', 'tonnelier'],
    ['abc', 'abd'],
    ['', 'abc'],
  ] as const)
    assert.equal(slips(a, b), slips(b, a))
})

test('EST-2: every text one slip away, and only those', () => {
  const all = oneSlipAway('lidl')
  for (const near of ['lid', 'lld', 'lildl', 'ldil', 'lidk', 'lidls'])
    assert.equal(all.includes(near), near !== 'lld', near)
  assert.ok(!all.includes('lidl') && all.every(t => slips(t, 'lidl') <= 1.3))
})

test('EST-2: the nearest, the commoner first among equals; a second look goes further', () => {
  const candidates = [
    ['garage', 10],
    ['garages', 2],
    ['barrage', 500],
    ['marine', 900],
  ].map(([word, establishments]) => ({ word: String(word), establishments: Number(establishments), alike: false }))
  const first = (forms: string[], generous: boolean) => likeliest(forms, candidates, { generous }).map(c => c.word)
  assert.deepEqual(first(['garaeg'], false), ['garage'])
  assert.deepEqual(first(['garaeg'], true), ['garage', 'garages'])
  assert.deepEqual(first(['zzz'], true), [])
  assert.deepEqual(
    likeliest(['hot'], [{ word: 'haut', establishments: 3, alike: true }], { most: 1.3, generous: false }).map(
      c => c.word,
    ),
    ['haut'],
  )
})
