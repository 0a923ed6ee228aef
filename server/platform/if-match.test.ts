import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Route } from '../../contract/route.ts'
import { actions } from '../actions.ts'

const ownChoice = 'one’s own choice, said whole: nobody else writes it, and the last word is the wanted one'
const takesOne = 'takes away one thing by its name: said twice or late, it takes nothing else away'
const seen = 'says in its body what it saw, and is refused when that has changed'
const role = 'says who holds a role from now on: whoever did stays in the history, and the parties are told'
/** Writes in place of what stands that ask for no version, each with why. */
const unversioned: Readonly<Record<string, string>> = {
  'DELETE /second-factor/:factorId': takesOne,
  'DELETE /uploads/:uploadId': takesOne,
  'DELETE /views/:viewId': takesOne,
  'DELETE /watched-views/:watchId': takesOne,
  'DELETE /employer-files/:fileId': takesOne,
  'DELETE /calendar-feed': takesOne,
  'DELETE /drafts/:kind/:subject': takesOne,
  'DELETE /contacts/:role': role,
  'PUT /contacts/:role': role,
  'PUT /notification-choices': ownChoice,
  'PUT /views/:viewId/pin': ownChoice,
  'PUT /views/:viewId/watch': ownChoice,
  'PUT /calendar-feed': ownChoice,
  'PUT /employer-files/:fileId/rows/:line': ownChoice,
  'PUT /establishments/:siret/provisional': seen,
  'PUT /drafts/:kind/:subject': seen,
}

const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>) => `${method} ${path}`
const replacing = actions.map(({ route }) => route).filter(({ method }) => method === 'PUT' || method === 'DELETE')

test('API-4: a write in place of what stands asks for the version read, or stands in a list with its reason', () => {
  assert.ok(replacing.length > 50, String(replacing.length))
  assert.deepEqual(
    replacing.filter(route => !route.versioned && !unversioned[nameOf(route)]).map(nameOf),
    [],
    'versioned in the contract, or a reason here',
  )
  assert.deepEqual(
    Object.keys(unversioned).filter(name => !replacing.some(route => nameOf(route) === name && !route.versioned)),
    [],
    'a reason that stands for no such route',
  )
})

test('API-4: what says in its body what it saw asks for it', () => {
  for (const [name, why] of Object.entries(unversioned).filter(([, reason]) => reason === seen)) {
    const { body } = replacing.find(route => nameOf(route) === name)! as { body?: { properties?: object } }
    assert.ok('seen' in (body?.properties ?? {}), `${name}: ${why}`)
  }
})

test('API-4: whoever writes over a version has read it: the readings or the replies of such a thing carry it', () => {
  const carries = (schema: unknown): boolean => JSON.stringify(schema).includes('"version":')
  assert.deepEqual(replacing.filter(route => route.versioned && !carries(route.reply)).map(nameOf), [])
})
