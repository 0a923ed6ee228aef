import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '../../server/testing/folder.ts'
import { failedIn, nameOf, rememberedKillers } from './killers.ts'

test('the first test that failed is a pattern of its title, once its line is whole', () => {
  assert.equal(failedIn('ok 1 - a\nnot ok 2 - b'), null)
  const title = 'SEC-6: « a/b » (all) \\# 1'
  const pattern = failedIn(`    not ok 2 - ${title.replace('\\#', '\\\\\\#')}\n  ---\nnot ok 3 - later\n`)!
  assert.ok(new RegExp(pattern).test(title), pattern)
  assert.ok(!new RegExp(pattern).test('SEC-6: « axb » (all) \\# 1'))
})

test('what killed a mutant goes first, then what killed its policy, its table; the rest keeps its order', () => {
  const file = join(temporaryFolder(), 'kept', 'killers.json')
  const guards = [{ file: 'a' }, { file: 'b' }, { file: 'c' }]
  const mutant = { on: 't', name: 't.read using: x → true' }
  const order = () => rememberedKillers(file).ordered(mutant, guards)
  assert.deepEqual(order(), guards)
  rememberedKillers(file).keep('t.write with check: y → true', { file: 'c' })
  rememberedKillers(file).keep('other.read using: y → true', { file: 'b' })
  assert.deepEqual(order().map(nameOf), ['c', 'a', 'b'])
  rememberedKillers(file).keep('t.read using: z → true', { file: 'b', titles: 'one of it' })
  rememberedKillers(file).keep('t.read using: w → true', { file: 'elsewhere', titles: 'not of the room' })
  assert.deepEqual(order().map(nameOf), ['b, « one of it »', 'c', 'a', 'b'])
  assert.equal(order()[0]!.single, true)
  rememberedKillers(file).keep(mutant.name, { file: 'a' })
  assert.equal(nameOf(order()[0]!), 'a')
})
