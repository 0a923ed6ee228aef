import assert from 'node:assert/strict'
import { test } from 'node:test'
import { carryChoice, choiceIn, choiceWord } from './carried-choice.ts'

const picked = new Set(['90000000100011'])

test('CAM-10, CAM-9: targets ticked go on with the campaign and the way they were ticked; lost, those kept alone are none', () => {
  assert.deepEqual(choiceIn('a', 'seules'), { ticking: 'only', picked: new Set() }, 'nothing was carried')
  carryChoice('a', { ticking: 'only', picked })
  assert.deepEqual(choiceIn('a', choiceWord.only), { ticking: 'only', picked })
  assert.deepEqual(choiceIn('b', choiceWord.only), { ticking: 'only', picked: new Set() }, 'of another campaign')
  assert.deepEqual(choiceIn('a', choiceWord.except), { ticking: 'except', picked: new Set() }, 'ticked otherwise')
  assert.deepEqual(choiceIn('a', undefined), { ticking: 'except', picked: new Set() }, 'not asked in the address')
})
