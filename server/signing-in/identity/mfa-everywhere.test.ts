import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { AmendmentInput } from '../../../contract/agreement/conventions/authorities.ts'
import { exportAsked, exportedLists } from '../../../contract/exported-lists.ts'
import type { Route } from '../../../contract/route.ts'
import { VisitSheetsAsked } from '../../../contract/work-with-employers/rounds.ts'
import { actions as offered } from '../../actions.ts'
import type { Action } from '../../platform/action.ts'
import { readConfig } from '../../platform/config.ts'
import { exceptions } from '../../platform/exceptions.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { plugins } from '../../plugins.ts'
import { settingsOf } from '../../settings.ts'
import { nameOf, routes, type Schema, sampleOf } from '../../testing/contract.ts'
import { temporaryFolder } from '../../testing/folder.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { actions as own } from './index.ts'

/** Downloads, files that come in pieces, and the live stream: outside the contract, and behind the same two factors. */
const outside = exceptions.filter(({ path }) => path.startsWith('/api/') && path !== '/api/openapi.json')
const bodies: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(
    Object.values(exportedLists).map(list => [`/api${list.path}`, sampleOf(exportAsked(list) as Schema)]),
  ),
  '/api/conventions/:conventionId/amendment-document': sampleOf(AmendmentInput as Schema),
  '/api/rounds/sheets': sampleOf(VisitSheetsAsked as Schema),
}
const askOutside = (who: Person | null, { method, path }: (typeof outside)[number]) =>
  house.server.inject({
    method: method as 'GET' | 'POST' | 'PUT',
    url: `${path
      .replace(':position', '0')
      .replace(':code', 'usage')
      .replace(/:\w+/g, () => uuidv7())}${path.startsWith('/api/indicators') ? '?from=2030-01-01&to=2030-01-31' : ''}`,
    headers: {
      ...(who ? { cookie: who.cookie } : {}),
      ...(path.includes('/pieces/') ? { 'content-type': 'application/octet-stream' } : {}),
    },
    ...(path.includes('/pieces/')
      ? { payload: Buffer.from('%PDF') }
      : bodies[path]
        ? { payload: bodies[path] as object }
        : {}),
  })

/**
 * All that a session short of its second factor, or locked, may reach. A route added here is a decision, not an
 * accident.
 */
const reachable = [
  'GET /me',
  'POST /sign-out',
  'POST /second-factor/open',
  'POST /second-factor/totp',
  'POST /second-factor/totp/confirm',
  'POST /second-factor/passkeys',
  'POST /second-factor/passkeys/confirm',
  'POST /second-factor/prove/totp',
  'POST /second-factor/prove/passkey/options',
  'POST /second-factor/prove/passkey',
  'POST /second-factor/prove/recovery-code',
]
const addressOf = (route: Route) => {
  const params = (route.params ? sampleOf(route.params as Schema) : {}) as Record<string, unknown>
  const query = new URLSearchParams(
    Object.entries((route.query ? sampleOf(route.query as Schema) : {}) as Record<string, unknown>).map(
      ([k, v]) => [k, String(v)] as [string, string],
    ),
  )
  return `${route.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params[key])))}${query.size ? `?${query}` : ''}`
}
const ask = (house: House, who: Person | null, route: Route) =>
  house.call(who, route.method, addressOf(route), route.body ? sampleOf(route.body as Schema) : undefined, {
    ...(route.method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
    ...(route.versioned ? { 'if-match': '"1"' } : {}),
  })

let house: House
const reached: string[] = []
before(async () => {
  // The service's own actions; where a feature is still to come, one that says it was reached.
  const real = new Map([...own, ...offered].map(a => [a.route, a]))
  const stub = (route: Route): Action => ({
    route,
    load: async () => null,
    may: () => true,
    run: async () => {
      reached.push(nameOf(route))
      throw new Error('reached')
    },
  })
  const config = readConfig({
    DATA_DIR: temporaryFolder(),
    LAUNCHED_STAND_IN: 'http://localhost:1/api/v2',
    LAUNCHED_STAND_IN_SECRET: 'secret',
  })
  house = await openHouse(
    routes.map(route => real.get(route) ?? stub(route)),
    { exceptions: database => plugins(config, database, database, settingsOf(config), { onRevealed: () => {} }) },
  )
})
after(() => house.close())

test('IDN-2: what is reachable without two factors is this list and nothing else', () => {
  assert.deepEqual(
    routes
      .filter(r => r.needs === 'identified')
      .map(nameOf)
      .sort(),
    [...reachable].sort(),
  )
  assert.ok(routes.length > 40)
})

for (const [title, options, code] of [
  ['short of its second factor', { secondFactor: null }, 'session/second-factor-required'],
  ['locked after thirty minutes', { lastSeenAt: new Date(Date.now() - 31 * 60_000) }, 'session/locked'],
] as const) {
  test(`IDN-2: over every route of the contract, every download and the live stream, a session ${title} is refused with ${code}`, async () => {
    const organisation = await house.organisation()
    // With every right there is, so that only the session's state can refuse.
    const who = await house.person(
      organisation.id,
      [
        { tool: 'campagnes', profile: 'pilote' },
        { tool: 'fiche-etablissement', profile: 'pilote' },
        { tool: 'fiche-recrutement', profile: 'consultation' },
      ],
      options,
    )
    for (const route of routes.filter(r => !reachable.includes(nameOf(r)))) {
      const answer = await ask(house, who, route)
      assert.deepEqual([nameOf(route), answer.status, answer.body.code], [nameOf(route), 401, code])
    }
    for (const one of outside) {
      const answer = await askOutside(who, one)
      assert.deepEqual([one.path, answer.statusCode, answer.json().code], [one.path, 401, code])
    }
    assert.deepEqual(reached, [])
  })
}

test('IDN-2: over every route of the contract, every download and the live stream, no session is refused, and so is one that never was', async () => {
  const made: Person = { id: '', organisationId: '', sessionId: '', name: '', cookie: `session=${'a'.repeat(43)}` }
  for (const who of [null, made]) {
    for (const route of routes) {
      const answer = await ask(house, who, route)
      assert.deepEqual([nameOf(route), answer.status, answer.body.code], [nameOf(route), 401, 'session/required'])
    }
    for (const one of outside) {
      const answer = await askOutside(who, one)
      assert.deepEqual([one.path, answer.statusCode, answer.json().code], [one.path, 401, 'session/required'])
    }
  }
  assert.ok(outside.length > 12)
  assert.deepEqual(reached, [])
})
