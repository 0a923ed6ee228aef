import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FactName, facts } from '../../../contract/work-with-employers/facts.ts'
import { cleanedFact, knownOn, toConfirm } from './fact-rules.ts'

test('EST-6: a fact is kept in the shape of its field, as people type it', () => {
  for (const [field, typed, kept] of [
    ['sign', '  La   Charpenterie ', 'La Charpenterie'],
    ['openingHours', ' 8 h – 12 h\n14 h – 18 h ', '8 h – 12 h\n14 h – 18 h'],
    ['switchboard', '05 56 12 34 56', '+33556123456'],
    ['switchboard', '+34 911 23 45 67', '+34911234567'],
    ['website', 'www.garonne-bois.example', 'https://www.garonne-bois.example'],
    ['website', 'HTTP://Garonne-Bois.example/nous/', 'http://garonne-bois.example/nous'],
    ['headcount', ' 1 034 ', '1034'],
    ['headcount', '007', '7'],
    ['headcount', '0', '0'],
  ] as const)
    assert.equal(cleanedFact(field, typed), kept, typed)
})

test('EST-6: what has not the shape of its field is refused in words of its own', () => {
  for (const [field, typed, code] of [
    ['sign', 'x'.repeat(121), 'fact/line-too-long'],
    ['switchboard', 'au 12', 'fact/phone-unreadable'],
    ['website', 'notre page', 'fact/link-unreadable'],
    ['website', 'javascript:alert(1)', 'fact/link-unreadable'],
    ['website', 'https://moi:secret@garonne.example', 'fact/link-unreadable'],
    ['website', 'localhost', 'fact/link-unreadable'],
    ['headcount', 'une trentaine', 'fact/count-unreadable'],
    ['headcount', '12,5', 'fact/count-unreadable'],
    ['headcount', '12345678', 'fact/count-unreadable'],
  ] as const)
    assert.throws(() => cleanedFact(field, typed), { code }, typed)
})

test('EST-6: a value asks to be confirmed after the delay of its field, from the last day somebody knew it', () => {
  const said = (observedOn: string, confirmedOn: string | null = null) => ({ observedOn, confirmedOn })
  assert.deepEqual(
    [said('2026-01-01'), said('2026-01-01', '2026-05-01'), said('2026-06-01', '2026-05-01')].map(knownOn),
    ['2026-01-01', '2026-05-01', '2026-06-01'],
  )
  // 180 days for the headcount: the 180th is not past.
  assert.equal(facts.headcount.days, 180)
  for (const [day, asks] of [
    ['2026-06-30', false],
    ['2026-07-01', true],
  ] as const)
    assert.equal(toConfirm('headcount', [said('2026-01-01')], day), asks, day)
  assert.equal(toConfirm('headcount', [said('2026-01-01', '2026-06-01')], '2026-07-01'), false)
  assert.equal(toConfirm('headcount', [said('2026-01-01'), said('2026-06-01')], '2026-07-01'), false)
  assert.equal(toConfirm('headcount', [], '2026-07-01'), false)
  for (const field of Object.keys(facts) as FactName[])
    assert.equal(toConfirm(field, [said('2020-01-01')], '2026-07-01'), true, field)
})
