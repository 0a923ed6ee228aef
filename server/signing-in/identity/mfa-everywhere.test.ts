import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TSchema } from 'typebox'
import * as contract from '../../../contract/index.ts'
import type { Route } from '../../../contract/route.ts'
import { actions as offered } from '../../actions.ts'
import type { Action } from '../../platform/action.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { actions as own } from './index.ts'

const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'path' in value && 'method' in value
const routes = Object.values(contract)
  .flatMap(file => Object.values(file as Record<string, unknown>))
  .filter(isRoute)

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
const name = (route: Route) => `${route.method} ${route.path}`

/** The smallest value a schema accepts, so that the refusal seen is the gate's and not the validator's. */
const aValue = (schema: TSchema): unknown => {
  const s = schema as Record<string, any>
  if ('const' in s) return s.const
  if (s.enum) return s.enum[0]
  if (s.anyOf) return aValue(s.anyOf[0])
  switch (s.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries((s.properties ?? {}) as Record<string, TSchema>)
          .filter(([key]) => s.required?.includes(key))
          .map(([key, of]) => [key, aValue(of)]),
      )
    case 'array':
      return Array.from({ length: s.minItems ?? 0 }, () => aValue(s.items))
    case 'integer':
    case 'number':
      return s.minimum ?? 1
    case 'boolean':
      return true
    case 'null':
      return null
    case 'string': {
      const examples: Record<string, string> = {
        uuid: '01938000-0000-7000-9000-000000000001',
        date: '2026-11-25',
        'date-time': '2026-11-25T10:00:00Z',
        email: 'a@b.example',
        uri: 'https://b.example/',
      }
      if (s.format) return examples[s.format] ?? 'x'
      const tries = [
        'x'.repeat(Math.max(s.minLength ?? 1, 1)),
        'a@b.example',
        'a'.repeat(64),
        '90012345600015',
        '900123456',
        '123456',
        '33001',
        '41.20A',
        '10:30',
        'F',
        '+33556000000',
      ]
      return (
        tries.find(t => (!s.pattern || new RegExp(s.pattern).test(t)) && t.length <= (s.maxLength ?? 1000)) ??
        assert.fail(`no example for ${s.pattern}`)
      )
    }
    default:
      return {}
  }
}
const addressOf = (route: Route) => {
  const params = (route.params ? aValue(route.params) : {}) as Record<string, unknown>
  const query = new URLSearchParams(
    Object.entries((route.query ? aValue(route.query) : {}) as Record<string, unknown>).map(
      ([k, v]) => [k, String(v)] as [string, string],
    ),
  )
  return `${route.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params[key])))}${query.size ? `?${query}` : ''}`
}
const ask = (house: House, who: Person | null, route: Route) =>
  house.call(who, route.method, addressOf(route), route.body ? aValue(route.body) : undefined, {
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
      reached.push(name(route))
      throw new Error('reached')
    },
  })
  house = await openHouse(routes.map(route => real.get(route) ?? stub(route)))
})
after(() => house.close())

test('IDN-2: what is reachable without two factors is this list and nothing else', () => {
  assert.deepEqual(
    routes
      .filter(r => r.needs === 'identified')
      .map(name)
      .sort(),
    [...reachable].sort(),
  )
  assert.ok(routes.length > 40)
})

for (const [title, options, code] of [
  ['short of its second factor', { secondFactor: null }, 'session/second-factor-required'],
  ['locked after thirty minutes', { lastSeenAt: new Date(Date.now() - 31 * 60_000) }, 'session/locked'],
] as const) {
  test(`IDN-2: over every route of the contract, a session ${title} is refused with ${code}`, async () => {
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
    for (const route of routes.filter(r => !reachable.includes(name(r)))) {
      const answer = await ask(house, who, route)
      assert.deepEqual([name(route), answer.status, answer.body.code], [name(route), 401, code])
    }
    assert.deepEqual(reached, [])
  })
}

test('IDN-2: over every route of the contract, no session is refused, and so is one that never was', async () => {
  const made: Person = { id: '', organisationId: '', sessionId: '', name: '', cookie: `session=${'a'.repeat(43)}` }
  for (const who of [null, made])
    for (const route of routes) {
      const answer = await ask(house, who, route)
      assert.deepEqual([name(route), answer.status, answer.body.code], [name(route), 401, 'session/required'])
    }
  assert.deepEqual(reached, [])
})
