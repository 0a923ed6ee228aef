import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cursorOf, keyShapes, pageOf, readCursor } from './cursor.ts'

const id = '019ab3c4-0000-7000-8000-000000000001'
const { day, id: anId, number, text } = keyShapes

test('a cursor brings back, as text, the key it was made of', () => {
  assert.deepEqual(readCursor(cursorOf(['2027-01-15', id]), day, anId), ['2027-01-15', id])
  assert.deepEqual(readCursor(cursorOf([30000000000001, 'été']), number, text), ['30000000000001', 'été'])
  assert.equal(readCursor(undefined, day), undefined)
})

for (const [why, cursor] of [
  ['not base64url', '%%%'],
  ['not JSON', Buffer.from('{').toString('base64url')],
  ['not a list', Buffer.from('"x"').toString('base64url')],
  ['too short', cursorOf(['2027-01-15'])],
  ['too long', cursorOf(['2027-01-15', id, 1])],
  ['not a day', cursorOf(['hier', id])],
  ['in no month', cursorOf(['2027-13-41', id])],
  ['in no year', cursorOf(['0000-01-01', id])],
  ['the 30th of February', cursorOf(['2027-02-30', id])],
  ['the 29th of February of a year that has none', cursorOf(['2027-02-29', id])],
  ['not an id', cursorOf(['2027-01-15', 'x'])],
  ['empty', ''],
] as const)
  test(`API-4: a cursor that is ${why} is refused`, () =>
    assert.throws(() => readCursor(cursor, day, anId), { code: 'request/cursor-invalid' }))

test('a page has a next one only when a row is left over', () => {
  assert.deepEqual(
    pageOf([1, 2], 2, n => [n]),
    { rows: [1, 2], next: null },
  )
  assert.deepEqual(
    pageOf([1, 2, 3], 2, n => [n]),
    { rows: [1, 2], next: cursorOf([2]) },
  )
  assert.deepEqual(
    pageOf([], 2, n => [n]),
    { rows: [], next: null },
  )
})
