import assert from 'node:assert/strict'
import { test } from 'node:test'
import { datesWords, kindOptions, linkOf } from './words.ts'

test('EST-9: evidence that is an address alone is a link; words, or another scheme, are none', () => {
  for (const [evidence, link] of [
    ['https://charte-diversite.example/signataires?page=2', true],
    ['http://exemple.fr', true],
    ['Voir https://exemple.fr', false],
    ['javascript:alert(1)', false],
    ['https://exemple', false],
    ['Attestation du 3 mars', false],
  ] as const)
    assert.equal(linkOf(evidence), link ? evidence : null, evidence)
})

test('EST-9: dates are said with their end or without; a retired kind is offered only where it stands', () => {
  assert.equal(datesWords({ since: '2026-03-02', until: null }), 'depuis le 2 mars 2026')
  assert.equal(datesWords({ since: '2026-03-02', until: '2027-06-30' }), 'du 2 mars 2026 au 30 juin 2027')
  const kind = (id: string, retired: boolean) =>
    ({ id, family: 'label', label: `Label ${id}`, retired, retiredAt: null, version: 1 }) as const
  const values = (current?: string) =>
    kindOptions([kind('a', false), kind('b', true)], current).map(({ value }) => value)
  assert.deepEqual([values(), values('b')], [['a'], ['a', 'b']])
})
