import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root, text } from '../server/testing/sources.ts'
import { editedSince, listAtMain, sealedPart, takenOut, withMissing } from './landed.ts'

const names = readdirSync(join(root, 'database/migrations'))
const migrations = Object.fromEntries(names.map(name => [name, text(join('database/migrations', name))]))
const list = text('database/landed.sha256')

test('REL-6: a landed migration is never edited: each has its digest, which nothing rewrites', () => {
  assert.ok(names.length > 100)
  assert.deepEqual(editedSince(list, migrations), [])
  assert.equal(withMissing(list, migrations), list)

  const one = { 'a.sql': 'create table a ()' }
  const landed = withMissing('', one)
  assert.match(landed, /^[0-9a-f]{64} {2}a\.sql\n$/)
  assert.deepEqual(editedSince(landed, one), [])
  const edited = { 'a.sql': 'create table a (id int)', 'b.sql': '' }
  assert.match(editedSince(landed, edited).join('\n'), /^a\.sql was edited.*\nb\.sql has no digest/)
  assert.equal(withMissing(landed, edited).split('\n')[0], landed.trim(), 'the digest of a landed one stays')
  assert.match(editedSince(landed, {}).join(), /a\.sql is gone/)
})

test('REL-6: no line of the list of main is taken out, to edit its migration or to remove it', () => {
  assert.deepEqual(takenOut(listAtMain() ?? '', list), [])

  const landed = withMissing('', { 'a.sql': 'create table a ()', 'b.sql': '' })
  assert.deepEqual(takenOut(landed, withMissing(landed, { 'c.sql': '' })), [], 'a new one is added')
  // Its line is taken out, then npm run schema: it bears the digest of what was edited.
  const rewritten = withMissing(landed.split('\n')[1]!, { 'a.sql': 'create table a (id int)' })
  assert.deepEqual(editedSince(rewritten, { 'a.sql': 'create table a (id int)', 'b.sql': '' }), [])
  assert.match(takenOut(landed, rewritten).join(), /^a\.sql landed with another digest/)
  // Its line and its file are removed.
  const removed = landed.split('\n')[0]!
  assert.deepEqual(editedSince(removed, { 'a.sql': 'create table a ()' }), [])
  assert.match(takenOut(landed, removed).join(), /^b\.sql landed with another digest/)
})

test('REL-6: without git, the first lines of the list are those that one digest seals', () => {
  const { lines, said, expected } = sealedPart(list)
  assert.ok(lines > 80, String(lines))
  assert.equal(said, expected)
  const [first, ...others] = list.split('\n')
  assert.notEqual(sealedPart(others.join('\n')).said, expected, 'a line less')
  assert.notEqual(sealedPart([`${'0'.repeat(64)}${first!.slice(64)}`, ...others].join('\n')).said, expected)
})
