import assert from 'node:assert/strict'
import { test } from 'node:test'
import { distance } from './distance.ts'

test('how far a target is, as the crow flies', () => {
  const bordeaux = { lat: 44.8378, lon: -0.5792 }
  assert.equal(distance(bordeaux, bordeaux), 0)
  assert.ok(Math.abs(distance(bordeaux, { lat: 48.8566, lon: 2.3522 }) - 499) < 3, 'Bordeaux to Paris')
})
