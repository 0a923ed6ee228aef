import assert from 'node:assert/strict'
import { test } from 'node:test'
import { watchPresence } from './presence.ts'

test('IDN-4: a page that nobody touches for half a minute says so, whatever its scripts do; a key, a pointer, a wheel say someone is there', () => {
  const listeners = new Map<string, (event: Event) => void>()
  let at = 0
  const there = watchPresence(
    {
      addEventListener: (type, listener) => {
        listeners.set(type, listener as (event: Event) => void)
      },
    },
    () => at,
  )
  assert.equal(there(), true, 'it has just been opened')
  at = 29_999
  assert.equal(there(), true)
  at = 30_000
  assert.equal(there(), false)
  for (const type of ['click', 'input', 'keydown']) listeners.get(type)!({ isTrusted: false } as Event)
  assert.equal(there(), false)
  for (const type of ['keydown', 'pointermove', 'pointerdown', 'wheel', 'touchmove', 'click']) {
    listeners.get(type)!({ isTrusted: true } as Event)
    assert.equal(there(), true, type)
    at += 30_000
    assert.equal(there(), false)
  }
  assert.deepEqual(
    ['scroll', 'focusin'].filter(type => listeners.has(type)),
    [],
    'a script makes them too',
  )
})
