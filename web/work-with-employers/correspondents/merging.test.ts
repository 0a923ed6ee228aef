import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bothOf, comparedOf, differ, proposed, retainedOf } from './merging.ts'
import type { Correspondent, Field } from './words.ts'

const card = (...said: readonly (readonly [id: string, field: Field, value: string])[]) =>
  ({ values: said.map(([id, field, value]) => ({ id, field, value })) }) as unknown as Correspondent
const kept = card(['k1', 'familyName', 'Pons'], ['k2', 'phone', '+33556000001'], ['k3', 'role', 'Gérante'])
const other = card(['a1', 'familyName', 'Ponce'], ['a2', 'phone', '+33600000001'], ['a3', 'email', 'p@x.example'])

test('EST-5: the comparison of two cards asks only where they differ: one name is proposed, and every number', () => {
  const rows = comparedOf(kept, other)
  assert.deepEqual(
    rows.map(({ field }) => field),
    ['familyName', 'role', 'phone', 'email'],
  )
  assert.deepEqual(
    rows.filter(differ).map(row => [row.field, proposed(row)]),
    [
      ['familyName', 'k1'],
      ['phone', bothOf],
    ],
  )
  assert.deepEqual(comparedOf(kept, card(['a1', 'familyName', 'Pons'])).filter(differ), [], 'they say the same')
})

test('EST-5: what one retains is sent, and nothing where both stay', () => {
  const rows = comparedOf(kept, other)
  assert.deepEqual(retainedOf(rows, {}), ['k1'])
  assert.deepEqual(retainedOf(rows, { familyName: bothOf, phone: 'a2' }), ['a2'])
})
