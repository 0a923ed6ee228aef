import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Refused } from '../../platform/errors.ts'
import { keyRing } from '../../platform/key-ring.ts'
import { hasher } from './hashing.ts'

const { hash, verify, isOld } = hasher(keyRing(new Map([[1, Buffer.alloc(32, 1)]])))

test('IDN-3: a digest is argon2id, salted, opened by its password under its key and by nothing else', async () => {
  const [one, two] = await Promise.all([hash('girafe tabouret'), hash('girafe tabouret')])
  assert.match(one, /^\$argon2id\$v=19\$m=65536,t=3,p=4,keyid=1\$[\w+/]{22}\$[\w+/]{43}$/)
  assert.notEqual(one, two)
  assert.equal(await verify('girafe tabouret', one), true)
  assert.equal(await verify('girafe tabourets', one), false)
  assert.equal(
    await hasher(keyRing(new Map([[1, Buffer.alloc(32, 2)]]))).verify('girafe tabouret', one),
    false,
    'the database alone is not enough',
  )
  assert.equal(await verify('girafe tabouret', null), false)
  await assert.rejects(verify('x', '$2b$10$abcdefghijklmnopqrstuv'), /not argon2id/)
})

test('IDN-3: accents typed the other way open the same digest; other parameters are told and still read', async () => {
  assert.equal(await verify('e\u0301te\u0301', await hash('été')), true)
  assert.equal(isOld(await hash('x')), false)
  assert.equal(isOld('$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA'), true)
})

test('REL-4: computations are bounded: the loop stays free, and past the line one is told to come back', async () => {
  let beats = 0
  const beat = setInterval(() => {
    beats += 1
  }, 5)
  const answers = await Promise.allSettled(Array.from({ length: 30 }, () => verify('x', null)))
  clearInterval(beat)
  const refused = answers.filter(a => a.status === 'rejected')
  assert.equal(refused.length, 30 - 2 - 16)
  assert.ok(refused.every(a => (a.reason as Refused).code === 'service/overloaded'))
  assert.ok(beats > 5 * 18, `the loop beat ${beats} times only`)
  assert.equal(await verify('x', null), false, 'and those who come later are served')
})
