import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueWords } from './due-words.ts'

const said = (late: number, today: number, week: number, noun?: 'action') =>
  dueWords({ late, today, week }, noun).map(part => part.replaceAll('\u00A0', ' '))

test('POR-5: what is due is told with each action counted once, today within the seven days', () => {
  assert.deepEqual(said(1, 3, 9, 'action'), ['1 action en retard', '9 dans les sept jours (dont 3 aujourd’hui)'])
  assert.deepEqual(said(1, 0, 1, 'action'), ['1 action en retard', '1 dans les sept jours'])
  assert.deepEqual(said(0, 3, 3, 'action'), ['3 actions aujourd’hui'])
  assert.deepEqual(said(0, 1, 2), ['2 dans les sept jours (dont 1 aujourd’hui)'])
  assert.deepEqual(said(2, 0, 0), ['2 en retard'])
  assert.deepEqual(said(0, 0, 0), [])
})
