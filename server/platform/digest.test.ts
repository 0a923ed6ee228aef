import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serverCode, text } from '../testing/sources.ts'
import { sha256, sha256Hex } from './digest.ts'

/** What feeds a hash piece by piece: files, rows. */
const fedInPieces: readonly string[] = [
  'server/oversight/audit/guards.ts',
  'server/oversight/audit/verify-details.ts',
  'server/people-and-rights/uploads/examine.ts',
  'server/territory-and-register/register/stock-files.ts',
]
test('a digest is made in one place: only what feeds a hash piece by piece makes its own', () => {
  const making = serverCode().filter(file => text(file).includes("createHash('sha256')"))
  assert.deepEqual(
    making.filter(file => file !== 'server/platform/digest.ts'),
    fedInPieces,
  )
})

test('the digest of parts is that of the whole', () => {
  assert.equal(sha256Hex('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  assert.deepEqual(sha256('a', Buffer.from('b'), 'c'), sha256('abc'))
  assert.notDeepEqual(sha256(), sha256('abc'))
})
