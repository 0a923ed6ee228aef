import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf, saidOf } from './list-columns.ts'

const columns = { words: { lieu: 'Lieu', etat: 'État', action: 'Action' }, usual: ['lieu', 'etat'] } as const

test('CAM-10: columns chosen are read from the address, in the order of the list; what it knows nothing of is left', () => {
  assert.deepEqual(columnsOf(columns, undefined), ['lieu', 'etat'])
  assert.deepEqual(columnsOf(columns, 'action,lieu'), ['lieu', 'action'])
  assert.deepEqual(columnsOf(columns, 'action,telephone,action'), ['action'])
  assert.deepEqual(columnsOf(columns, 'aucune'), [])
})
test('CAM-10: the address keeps a choice, says nothing of the usual one, and comes back the same', () => {
  assert.equal(saidOf(columns, ['etat', 'lieu']), undefined)
  for (const chosen of [['lieu'], ['etat', 'action'], [], ['lieu', 'etat', 'action']] as const)
    assert.deepEqual(columnsOf(columns, saidOf(columns, chosen)), chosen)
})
