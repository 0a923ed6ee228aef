import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { actions } from '../server/actions.ts'
import type { Action } from '../server/platform/action.ts'
import { isTest, root, text } from '../server/testing/sources.ts'
import { factsSaid, membersOf, type Written } from './inputs-told.ts'
import { reasons, withoutReasonYet } from './inputs-untold.ts'

const writes = new Set<unknown>(
  actions.filter(({ route }) => route.method !== 'GET' && !route.noAct && route.body !== undefined),
)
const written: Written[] = []
/** By the name of the action: the members that no entry says. */
const unsaid: Record<string, string[]> = {}

/** The last name of a path: `signatories.partenaire.name` is said by a `name`. */
const nameOf = (member: string) => member.replaceAll('[]', '').split('.').at(-1)!

const eachOf = (members: Readonly<Record<string, string>>) =>
  Object.entries(members).flatMap(([name, those]) => those.split(' ').map(member => `${name} ${member}`))

before(async () => {
  const found: Action[] = []
  for (const file of globSync('server/**/*.ts', { cwd: root }).sort()) {
    if (isTest(file) || !/\baction\(/.test(text(file))) continue
    const module: Record<string, unknown> = await import(join(root, file))
    for (const [name, value] of Object.entries(module))
      if (writes.has(value)) {
        written.push([file, name])
        found.push(value as Action)
      }
  }
  const said = factsSaid(root, written)
  for (const [i, { route }] of found.entries()) {
    const members = membersOf(route.body!).filter(member => !said[i]!.has(nameOf(member)))
    if (members.length > 0) unsaid[written[i]![1]] = members
  }
})

test('SEC-1: each member that a write is sent is among the facts of its entries, or listed with what says it instead', () => {
  assert.equal(written.length, writes.size, 'each write is exported under its name')
  const listed = [...reasons, ['', withoutReasonYet] as const].flatMap(([, members]) => eachOf(members))
  const found = Object.entries(unsaid).flatMap(([name, members]) => members.map(member => `${name} ${member}`))
  assert.deepEqual(
    found.filter(one => !listed.includes(one)),
    [],
    'say it in the detail of the entry, or in bin/inputs-untold.ts with the reason',
  )
  assert.deepEqual(
    listed.filter(one => !found.includes(one)),
    [],
    'it is said now, or no longer sent: out of the list',
  )
})

test('the members that wait for a reason become fewer, never more', () => {
  assert.equal(eachOf(withoutReasonYet).length, 255)
})
