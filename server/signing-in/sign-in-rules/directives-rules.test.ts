import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusedAudiences } from './directives.model.ts'
import { accepts, type Directive, inEffect, standing } from './directives-rules.ts'

const directive = (over: Partial<Directive> = {}): Directive => ({
  audience: 'conseiller',
  effectiveOn: '2026-12-01',
  weakUntil: '2027-02-28',
  local: true,
  password: false,
  setAt: '2026-11-25T10:00:00Z',
  ...over,
})

for (const [way, day, over, accepted] of [
  ['proconnect', '2030-01-01', { weakUntil: null, local: false }, true],
  ['proconnect-weak', '2027-02-28', {}, true],
  ['proconnect-weak', '2027-03-01', {}, false],
  ['proconnect-weak', '2026-12-01', { weakUntil: null }, false],
  ['proconnect-local', '2026-12-01', {}, true],
  ['proconnect-local', '2026-12-01', { local: false }, false],
  ['password', '2026-12-01', {}, false],
  ['password', '2026-12-01', { password: true }, true],
] as const)
  test(`IDN-7: ${way} on ${day} under ${JSON.stringify(over)}: ${accepted ? 'accepted' : 'refused'}`, () =>
    assert.equal(accepts(directive(over), way, day), accepted))

test('IDN-7: the directive that rules is the last to take effect, and of one day the last set; before any, everything is accepted', () => {
  const [first, second, corrected] = [
    directive({ effectiveOn: '2026-12-01' }),
    directive({ effectiveOn: '2027-01-01', setAt: '2026-11-26T10:00:00Z' }),
    directive({ effectiveOn: '2027-01-01', setAt: '2026-11-27T10:00:00Z', password: true }),
  ]
  const all = [corrected, first, second, directive({ audience: 'pilote', effectiveOn: '2020-01-01' })]
  for (const [day, ruling] of [
    ['2026-11-30', undefined],
    ['2026-12-01', first],
    ['2026-12-31', first],
    ['2027-01-01', corrected],
    ['2030-01-01', corrected],
  ] as const)
    assert.equal(inEffect(all, 'conseiller', day), ruling, day)
  assert.equal(accepts(undefined, 'password', '2026-11-30'), true)
  assert.deepEqual(
    all.slice(0, 3).map(d => standing(all, d, '2026-12-15')),
    ['to-come', 'in-effect', 'to-come'],
  )
  assert.deepEqual(
    all.slice(0, 3).map(d => standing(all, d, '2027-01-01')),
    ['in-effect', 'replaced', 'replaced'],
  )
})

test('IDN-7: only the audiences one belongs to count, each once', () => {
  const all = [
    directive({ local: false }),
    directive({ audience: 'pilote', password: true }),
    directive({ audience: 'fonction' }),
  ]
  assert.deepEqual(
    refusedAudiences(all, ['pilote', 'fonction', 'conseiller', 'conseiller'], 'password', '2026-12-01'),
    ['conseiller', 'fonction'],
  )
  assert.deepEqual(refusedAudiences(all, ['pilote'], 'proconnect-local', '2026-12-01'), [])
  assert.deepEqual(refusedAudiences(all, ['consultation'], 'password', '2026-12-01'), [])
})
