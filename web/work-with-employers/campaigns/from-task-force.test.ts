import assert from 'node:assert/strict'
import { test } from 'node:test'
import { membersToPropose, sectorsToPropose } from './from-task-force.ts'

const [pilot, jalle, plie] = ['France Travail', 'CC Jalle', 'PLIE Portes du Sud'].map(name => ({
  id: name,
  name,
  kind: 'autre' as const,
})) as [any, any, any]

test('CAM-1, TER-2: the members of a task force are proposed but those that are there already, and the pilot', () => {
  const force = { members: [pilot, jalle, plie] }
  const named = (chosen: readonly any[], by = pilot) => membersToPropose(force, by, chosen).map(({ name }) => name)
  assert.deepEqual(named([]), ['CC Jalle', 'PLIE Portes du Sud'])
  assert.deepEqual(named([jalle]), ['PLIE Portes du Sud'])
  assert.deepEqual(named([], jalle), ['France Travail', 'PLIE Portes du Sud'], 'whoever pilots the campaign')
  assert.deepEqual(named([jalle, plie]), [])
  assert.deepEqual(membersToPropose({ members: [] }, pilot, []), [])
})

test('CAM-1, TER-2: its sensitive sectors are proposed but those that the chosen activities cover', () => {
  const force = { sensitiveSectors: ['43', '88'].map(division => ({ division, label: division })) }
  const proposed = (...activities: string[]) => sectorsToPropose(force, activities).map(({ division }) => division)
  assert.deepEqual(proposed(), ['43', '88'])
  assert.deepEqual(proposed('43'), ['88'])
  assert.deepEqual(proposed('F'), ['88'], 'the section of construction has division 43')
  assert.deepEqual(proposed('43.32A', 'NAF25:43'), ['43', '88'], 'a finer activity, or another nomenclature, does not')
  assert.deepEqual(proposed('88', 'F'), [])
})
