import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Role, Route, Tool } from '../../contract/route.ts'
import { actions } from '../actions.ts'
import { giveRole } from '../people-and-rights/accounts/testing.ts'
import { plugins } from '../plugins.ts'
import { settingsOf } from '../settings.ts'
import { anonymous, leavesOf, nameOf, parts, routes, type Schema, sampleOf } from '../testing/contract.ts'
import { wholeDepth } from '../testing/depth.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { type House, openHouse, type Person } from '../testing/house.ts'
import { insertPlaces } from '../testing/people.ts'
import { readConfig } from './config.ts'
import { type Database, openDatabase } from './database.ts'
import { exceptions as named } from './exceptions.ts'
import { buildServer } from './server.ts'

// The whole service on a real database, asked by someone whom the gate of each route lets through.
let house: House
let server: FastifyInstance
let partner: string
let operator: string
let signIn: Database
before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  ;[partner, operator] = [(await house.organisation()).id, (await house.organisation({ kind: 'operateur' })).id]
  const config = readConfig({
    DATA_DIR: temporaryFolder(),
    LAUNCHED_STAND_IN: 'http://localhost:1/api/v2',
    LAUNCHED_STAND_IN_SECRET: 'secret',
  })
  const { database } = house
  signIn = openDatabase(house.urls.signInUrl, { connections: 2 })
  const exceptions = plugins({ ...config, publicUrl: 'http://localhost' }, database, signIn, settingsOf(config), {
    onRevealed: () => {},
  })
  server = await buildServer({
    database,
    actions,
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1e6,
    shedLoad: false,
    exceptions,
  })
})
after(async () => {
  await server.close()
  await signIn.close()
  await house.close()
})

const operatorRoles: readonly Role[] = ['cssi', 'direction-regionale', 'support', 'administrateur']
/** Someone new for each route: some of them end a session, or an account. */
const whoMay = async ({ needs }: Route): Promise<Person> => {
  const [kind, wanted] = needs.split(':') as [string, string | undefined]
  const role = kind === 'role' ? (wanted as Role) : undefined
  const person = await house.person(role && operatorRoles.includes(role) ? operator : partner, [
    { tool: 'campagnes', profile: 'pilote', territoryId: 0 },
    { tool: 'fiche-etablissement' as Tool, profile: 'responsable', territoryId: 0 },
    { tool: 'fiche-recrutement' as Tool, profile: 'consultation', territoryId: 0 },
  ])
  if (role) await giveRole(house.owner, person, role, role === 'direction-regionale' ? { regionId: 1075 } : {})
  return person
}

type Values = Partial<Record<(typeof parts)[number], unknown>>
// Half of a pair has no UTF-8: so written, an address is none, and a query keeps the percents as they stand.
const escaped = (value: unknown) => (value === '\ud800' ? '%ED%A0%80' : encodeURIComponent(String(value)))
const ask = async (route: Route, who: Person, { params, query, body }: Values) => {
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => escaped((params as Record<string, unknown>)[name]))
  const asked = Object.entries(query ?? {})
    .flatMap(([name, value]) => [value].flat().map(one => `${name}=${escaped(one)}`))
    .join('&')
  return server.inject({
    method: route.method,
    url: `/api${path}${asked && `?${asked}`}`,
    headers: { cookie: who.cookie, ...(route.method === 'PUT' && route.versioned ? { 'if-match': '"1"' } : {}) },
    ...(body === undefined ? {} : { payload: body as object }),
  })
}
const wholly = (route: Route): Values =>
  Object.fromEntries(parts.flatMap(part => (route[part] ? [[part, sampleOf(route[part] as Schema)]] : [])))
const places = (route: Route) =>
  parts.flatMap(part => (route[part] ? leavesOf(route[part] as Schema).map(leaf => ({ ...leaf, part })) : []))
const isText = (schema: Schema) => schema.type === 'string' && !schema.enum

test('REL-4: a NUL, half of a surrogate pair, an id in another form are refused in texts of every shape of the contract, on every route, and a number beyond its bounds', async () => {
  const faults: string[] = []
  let asked = 0
  // One validator checks what a route takes: of its places, those of a shape that no other route had.
  const seen = new Set<string>()
  const isNew = ({ part, schema, path }: ReturnType<typeof places>[number]) => {
    const shape = JSON.stringify([part, schema, path.split('[]').length])
    return !seen.has(shape) && seen.add(shape)
  }
  for (const route of routes) {
    const taken = places(route).filter(({ schema }) => isText(schema) || schema.type === 'integer')
    const first = parts.flatMap(part => taken.find(place => place.part === part) ?? [])
    const tried = wholeDepth ? taken : taken.filter(place => isNew(place) || first.includes(place))
    if (tried.length === 0) continue
    const who = await whoMay(route)
    for (const { part, path, schema, put } of tried) {
      const values = isText(schema)
        ? [
            'a\0b',
            '\0',
            ...(part === 'query' ? [] : ['\ud800']),
            ...(schema.format === 'uuid'
              ? [`urn:uuid:${sampleOf(schema)}`, String(sampleOf(schema)).toUpperCase()]
              : []),
            ...(schema.format === 'date' ? ['0000-01-01', '9999-12-31', '2026-02-30'] : []),
          ]
        : schema.type === 'integer'
          ? [2 ** 31, -(2 ** 31) - 1, 2 ** 63, 1e300].filter(n => n > schema.maximum! || n < schema.minimum!)
          : []
      for (const value of values) {
        const answer = await ask(route, who, { ...wholly(route), [part]: put(value) })
        asked += 1
        const { code, detail, errors } = answer.json()
        if (
          answer.statusCode !== 400 ||
          code !== 'request/malformed' ||
          !detail ||
          !(errors?.length || value === '\ud800')
        )
          faults.push(`${nameOf(route)} ${part}${path} ${JSON.stringify(value)}: ${answer.statusCode} ${code}`)
      }
    }
  }
  assert.ok(asked > 1000, `${asked} asked`)
  assert.deepEqual(faults, [])
})

const cursors = [
  ['x'],
  ['0000-01-01', 'x'],
  ['2026-01-01', '019ac000-0000-7000-8000-000000000001'],
  ['999999999999999'],
  ['999999999999999', '999999999999999'],
  ['2026-01-01T00:00:00.000Z', '019ac000-0000-7000-8000-000000000001'],
  ['9999-12-31T23:59:59.999Z', '019ac000-0000-7000-8000-000000000001'],
  ['\ud800'],
  ['a\0', 'b'],
]
/** What the contract accepts, at its edges. */
const edges = (name: string, schema: Schema): unknown[] => {
  if (schema.type === 'integer') return [schema.minimum, schema.maximum]
  if (!isText(schema)) return []
  if (schema.format) return schema.format === 'date' ? ['1900-01-01', '2999-12-31'] : []
  if (name.endsWith('.after'))
    return [...cursors.map(key => Buffer.from(JSON.stringify(key)).toString('base64url')), '%', '{}']
  if (schema.pattern === '^\\d{14}$') return ['00000000000000', '99999999999999']
  if (schema.pattern && schema.pattern !== '\\S') return []
  const long = 'é'.repeat(Math.min(schema.maxLength!, 3000))
  return ['%_\\', "';--", '\u{1F600}', '\u202e\ufeff\u0001x', long].filter(
    text => [...text].length <= schema.maxLength! && text.length >= (schema.minLength ?? 0),
  )
}

test('REL-4: what the contract accepts at its edges is answered or refused, never by a fault', async () => {
  const faults: string[] = []
  const seen = new Map<number, number>()
  for (const route of routes) {
    let who = await whoMay(route)
    for (const { part, path, schema, put } of places(route))
      for (const value of edges(path, schema)) {
        const answer = await ask(route, who, { ...wholly(route), [part]: put(value) })
        seen.set(answer.statusCode, (seen.get(answer.statusCode) ?? 0) + 1)
        if (answer.statusCode >= 500)
          faults.push(
            `${nameOf(route)} ${part}${path} ${JSON.stringify(value).slice(0, 60)}: ${answer.body.slice(0, 200)}`,
          )
        if (answer.statusCode === 401) who = await whoMay(route)
      }
  }
  console.log(`# answers: ${JSON.stringify([...seen])}`)
  assert.deepEqual(faults, [])
  assert.ok((seen.get(200) ?? 0) > 40 && (seen.get(404) ?? 0) > 100, 'and many went all the way')
})

test('REL-4: where the contract takes any JSON, thirty thousand brackets are refused as malformed, and what a browser sends is not', async () => {
  const open = routes.flatMap(route =>
    Object.entries((route.body as Schema | undefined)?.properties ?? {})
      .filter(([, { type, anyOf, enum: choices, ...rest }]) => !(type || anyOf || choices || 'const' in rest))
      .map(([name]) => ({ route, name })),
  )
  assert.ok(open.length >= 2, 'answers of passkeys')
  for (const { route, name } of open) {
    const who = await whoMay(route)
    const post = async (json: string) => {
      const body = JSON.stringify({ ...(sampleOf(route.body as Schema) as object), [name]: '@@@' })
      const answer = await server.inject({
        method: route.method,
        url: `/api${route.path}`,
        headers: { cookie: who.cookie, 'content-type': 'application/json' },
        payload: body.replace('"@@@"', () => json),
      })
      return [answer.statusCode, answer.json().code]
    }
    for (const depth of [25, 5_000, 30_000])
      for (const [opening, closing] of [['[', ']'], ...(depth > 5_000 ? [] : [['{"a":', '}']])] as const)
        assert.deepEqual(
          await post(`${opening!.repeat(depth)}1${closing!.repeat(depth)}`),
          [400, 'request/malformed'],
          `${nameOf(route)} ${name}: ${depth} of ${opening}`,
        )
    const [status, code] = await post('{"response":{"transports":["usb"]},"id":"x"}')
    assert.ok(status < 500 && code !== 'request/malformed', `${nameOf(route)}: ${status} ${code}`)
  }
})

test('REL-4: what is asked without a session refuses the same, and takes four kilobytes', async () => {
  for (const { path, body } of anonymous) {
    const post = (payload: object) => server.inject({ method: 'POST', url: path, payload })
    for (const leaf of leavesOf(body as Schema))
      for (const value of ['a@b\0', '\ud800@b', '\0', 'é'.repeat(1500), 3, null, ['x'], { a: 1 }]) {
        const answer = await post(leaf.put(value) as object)
        assert.deepEqual(
          [answer.statusCode, answer.json().code],
          [400, 'request/malformed'],
          `${path}${leaf.path} ${JSON.stringify(value).slice(0, 20)}`,
        )
      }
    const most = await post({ email: 'a'.repeat(4096) })
    assert.deepEqual([most.statusCode, most.json().code], [413, 'request/too-large'], path)
  }
  for (const path of ['/auth/sign-in', '/auth/callback', '/auth/signed-out'])
    for (const query of [
      'state=%00',
      'state=%ED%A0%80&code=%00',
      'returnTo=%00',
      'returnTo=/%00',
      'state=a&state=b',
      'code=a&code=b&state=x',
      '__proto__=x',
      'iss[]=x',
      `state=${'x'.repeat(8000)}`,
    ]) {
      const { statusCode } = await server.inject(`${path}?${query}`)
      assert.ok(
        statusCode < 500 || (path === '/auth/sign-in' && statusCode === 503),
        `${path}?${query.slice(0, 40)}: ${statusCode}`,
      )
    }
})

test('REL-4: what stands outside the envelope refuses an id of another form too', async () => {
  const who = await house.person(partner, [{ tool: 'campagnes', profile: 'pilote', territoryId: 0 }])
  const withIds = named.filter(({ path }) => path.startsWith('/api/') && path.includes(':'))
  assert.ok(withIds.length >= 7)
  for (const { method, path } of withIds)
    for (const id of [
      'x',
      'a%00b',
      `urn:uuid:${crypto.randomUUID()}`,
      crypto.randomUUID().toUpperCase(),
      'é',
      '..%2f..',
      '0'.repeat(3000),
    ]) {
      const answer = await server.inject({
        method: method as 'GET' | 'POST',
        url: path.replaceAll(/:\w+/g, id),
        headers: { cookie: who.cookie },
      })
      assert.deepEqual(
        [answer.statusCode, answer.json().code],
        [400, 'request/malformed'],
        `${method} ${path} ${id.slice(0, 40)}`,
      )
    }
})
