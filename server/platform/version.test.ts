import assert from 'node:assert/strict'
import { test } from 'node:test'
import { version, versionOf } from './version.ts'

const manifest = '{"name":"x","version":"1.2.3"}'
for (const [revision, said] of [
  [undefined, { version: '1.2.3' }],
  ['0123456789abcdef0123456789abcdef01234567\n', { version: '1.2.3', commit: '0123456789ab' }],
  ['651003e', { version: '1.2.3', commit: '651003e' }],
  ['main', { version: '1.2.3' }],
  ['<script>', { version: '1.2.3' }],
] as const)
  test(`REL-5: the version, and the commit when it is one: ${revision?.trim()}`, () =>
    assert.deepEqual(versionOf(manifest, revision), said))

test('REL-5: the version is that of the package', () => assert.match(version.version, /^\d+\.\d+\.\d+/))
