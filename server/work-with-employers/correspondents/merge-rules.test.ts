import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refused } from '../../platform/errors.ts'
import { type DatedValue, mayStillUndo, mergePlan, restoredOnKept } from './merge-rules.ts'
import type { KeptValue } from './value-rules.ts'

const value = (id: string, field: string, said: string): KeptValue => ({
  id,
  field,
  value: said,
  source: 'conseiller',
  organisationId: 'cc',
})
const kept = [value('k1', 'familyName', 'Castaing'), value('k2', 'phone', '+33556000001')]
const absorbed = [
  value('a1', 'familyName', 'Castaign'),
  value('a2', 'phone', '+33600000001'),
  value('a3', 'role', 'Gérante'),
]
const ids = (values: readonly { id: string }[]) => values.map(({ id }) => id)
const refusedWith = (code: string) => (error: unknown) => error instanceof Refused && error.code === code

test('EST-5: merged, both values stay side by side; what one card alone says goes to the card kept', () => {
  const plan = mergePlan(kept, absorbed, [])
  assert.deepEqual([ids(plan.moved), ids(plan.setAside)], [['a1', 'a2', 'a3'], []])
})

test('EST-5: the value retained, of one card or the other, sets aside those of its field alone', () => {
  assert.deepEqual(ids(mergePlan(kept, absorbed, ['k1']).setAside), ['a1'])
  assert.deepEqual(
    ids(mergePlan(kept, absorbed, ['a1', 'k2']).setAside),
    ['k1', 'k2', 'a1', 'a2'].filter(id => !['a1', 'k2'].includes(id)),
  )
})

test('EST-5: the same value said twice stays once, as the card kept has it', () => {
  const same = value('a4', 'phone', '+33556000001')
  assert.deepEqual(ids(mergePlan(kept, [same], []).setAside), ['a4'])
  assert.deepEqual(ids(mergePlan(kept, [same], ['a4']).setAside), ['k2'], 'unless the other is retained')
})

test('EST-5: one value a field is retained, and it is still there', () => {
  assert.throws(() => mergePlan(kept, absorbed, ['k1', 'a1']), refusedWith('correspondent/retained-twice'))
  assert.throws(() => mergePlan(kept, absorbed, ['gone']), refusedWith('correspondent/value-replaced'))
})

const merged = new Date('2026-11-01T10:00:00Z')
test('EST-5: a merge is undone within thirty days', () => {
  assert.equal(mayStillUndo(merged, new Date('2026-12-01T10:00:00Z')), true)
  assert.equal(mayStillUndo(merged, new Date('2026-12-01T10:00:01Z')), false)
})

const dated = (id: string, field: string, recorded: string, replaced: string | null = null): DatedValue => ({
  id,
  field,
  recordedAt: new Date(recorded),
  replacedAt: replaced === null ? null : new Date(replaced),
})
const [before, at, after] = ['2026-10-01T08:00:00Z', '2026-11-01T10:00:00Z', '2026-11-02T08:00:00Z']

test('EST-5: undone, what the merge set aside comes back; where someone changed the field since, the later word stands', () => {
  const aside = dated('k1', 'phone', before, at)
  const back = (onKept: readonly DatedValue[], left: readonly DatedValue[] = []) =>
    restoredOnKept(['k1'], [aside, ...onKept], left, merged)
  assert.deepEqual(back([dated('k2', 'role', after)]), ['k1'], 'another field')
  assert.deepEqual(back([dated('k2', 'phone', after)]), [], 'another phone was typed since')
  assert.deepEqual(back([], [dated('a1', 'phone', before, after)]), [], 'the phone retained was taken away since')
  assert.deepEqual(back([], [dated('a1', 'phone', before)]), ['k1'])
  assert.deepEqual(restoredOnKept([], [aside], [], merged), [], 'set aside by somebody, before')
})
