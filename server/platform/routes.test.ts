import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import Fastify, { type FastifyInstance } from 'fastify'
import { actions } from '../actions.ts'
import { plugins } from '../plugins.ts'
import { settingsOf } from '../settings.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { readConfig } from './config.ts'
import { type Database, openDatabase } from './database.ts'
import { exceptions } from './exceptions.ts'
import { health } from './health.ts'
import { pages } from './pages.ts'
import { answersOf, describe } from './server/openapi.ts'
import { buildServer } from './server.ts'
import { compileValidator } from './validation.ts'

// The whole service as main.ts builds it; nothing here reaches the database.
let server: FastifyInstance
let database: Database
before(async () => {
  database = openDatabase('postgres://nobody@127.0.0.1:1/none')
  const dist = temporaryFolder()
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>Page</title>')
  writeFileSync(join(dist, 'robots.txt'), 'User-agent: *')
  const config = readConfig({
    DATA_DIR: temporaryFolder(),
    LAUNCHED_STAND_IN: 'http://localhost:1/api/v2',
    LAUNCHED_STAND_IN_SECRET: 'secret',
  })
  // The validation of the description below holds the only thread, for which the guard against overload would send the
  // next request away.
  server = await buildServer({
    database,
    actions,
    shedLoad: false,
    publicUrl: config.publicUrl,
    originKey: config.originKey,
    requestsPerMinute: 1_000_000,
    exceptions: [
      health,
      ...plugins(config, database, database, settingsOf(config), { onRevealed: () => {} }),
      pages(dist),
    ],
  })
})
after(async () => {
  await server.close()
  await database.close()
})

test('API-1: what is served is the contract and the named exceptions, nothing else', () => {
  const promised = actions.map(a => `${a.route.method} /api${a.route.path}`)
  const named = exceptions.map(e => `${e.method} ${e.path}`)
  assert.deepEqual([...server.served].sort(), [...promised, ...named].sort())
})

test('SEC-2: HEAD is answered by pages, and by nothing that reads or makes anything of anyone', async () => {
  const gets = [...server.served].filter(served => served.startsWith('GET ')).map(served => served.slice(4))
  assert.deepEqual(
    gets.filter(url => server.hasRoute({ method: 'HEAD', url })).sort(),
    ['/*', '/.well-known/security.txt', '/health/live', '/calendrier/:feedId/:file'].sort(),
  )
  for (const [url, status] of [
    ['/', 200],
    ['/health/live', 200],
    ['/api/campaigns', 404],
    ['/api/campaigns/019ac000-0000-7000-8000-000000000001/report.pdf', 404],
  ] as const)
    assert.equal((await server.inject({ method: 'HEAD', url })).statusCode, status, url)
})

test('API-1: the description is OpenAPI 3.1, valid for an independent validator, and tells each route its access and refusals', async () => {
  const spec = (await server.inject('/api/openapi.json')).json()
  assert.equal(spec.openapi, '3.1.0')
  const { valid, errors } = (await new Validator().validate(structuredClone(spec))) as {
    valid: boolean
    errors?: unknown
  }
  assert.ok(valid, JSON.stringify(errors))
  for (const { route } of actions) {
    const described = spec.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]
    assert.ok(described, route.path)
    assert.match(described.description, /^Accès : /)
    for (const code of route.refusals ?? []) assert.match(described.description, new RegExp(code))
    assert.ok(described.responses['200'] && described.responses.default)
  }
  const ids = Object.values<Record<string, { operationId: string }>>(spec.paths).flatMap(p =>
    Object.values(p).map(o => o.operationId),
  )
  assert.equal(new Set(ids).size, ids.length, 'operation ids are unique')
})

test('API-1: every shape of the contract compiles, though the service compiles each at its first use', async () => {
  const bare = Fastify()
  bare.setValidatorCompiler(({ schema, httpPart }) => {
    const validate = compileValidator(schema, httpPart)
    validate({})
    return validate
  })
  for (const { route } of actions)
    bare.route({
      method: route.method,
      url: route.path,
      schema: { ...describe(route), response: answersOf(route) },
      handler: () => '',
    })
  await bare.ready()
  await bare.close()
})

test('API-4: with no database, a request is sent back as unavailable, in the one form', async () => {
  const answer = await server.inject({ url: '/api/campaigns', headers: { cookie: `session=${'a'.repeat(43)}` } })
  assert.deepEqual([answer.statusCode, answer.json().code], [503, 'service/unavailable'])
})

const asked = () =>
  [...server.served]
    .filter(served => / \/api\/(?!openapi)/.test(served))
    .map(served => {
      const [method, path] = served.split(' ') as ['GET' | 'POST' | 'PUT' | 'DELETE', string]
      return { served, method, url: path.replace(/:\w+/g, 'not-an-id') }
    })
test('SEC-6: no operation of the API answers 400 before 401 to nobody: neither its address, nor its query, nor its body is looked at', async () => {
  const all = asked()
  assert.ok(all.length > 190, `${all.length}`)
  for (const { served, method, url } of all)
    for (const payload of method === 'GET' || method === 'DELETE'
      ? [undefined]
      : ['{"rubbish":', '{"rubbish":1}', '[]']) {
      const answer = await server.inject({
        method,
        url: `${url}?rubbish=1`,
        ...(payload ? { payload, headers: { 'content-type': 'application/json' } } : {}),
      })
      assert.deepEqual([answer.statusCode, answer.json().code], [401, 'session/required'], served)
    }
})
test('SEC-6: another site, or another host of this one, reaches no operation of the API, not even by a link', async () => {
  const cookie = `session=${'a'.repeat(43)}`
  for (const { served, method, url } of asked())
    for (const site of ['cross-site', 'same-site']) {
      const answer = await server.inject({
        method,
        url,
        headers: { cookie, 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' },
      })
      assert.deepEqual([answer.statusCode, answer.json().code], [403, 'request/other-origin'], served)
    }
})

test('every address answers the page, unknown ones under /api answer a refusal, and no file above the folder is reached', async () => {
  for (const url of ['/', '/campagnes/x', '/api', '/api/refus/not-found'])
    assert.match((await server.inject({ url, headers: { accept: 'text/html' } })).body, /<title>Page/, url)
  assert.equal((await server.inject('/api/nowhere')).json().code, 'not-found')
  assert.equal(
    (await server.inject('/health/ready')).json().code,
    'not-found',
    'readiness is on the operators’ address, and no page answers in its place',
  )
  assert.equal((await server.inject('/robots.txt')).statusCode, 200)
  for (const url of [
    '/assets/absent.js',
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
  ]) {
    const answer = await server.inject(url)
    assert.doesNotMatch(answer.body, /campagnes-coordonnees"/, url)
  }
  assert.equal((await server.inject('/assets/absent.js')).statusCode, 404)
})

test('SEC-6: whoever finds a flaw reads whom to tell, good for less than a year', async () => {
  const answer = await server.inject('/.well-known/security.txt')
  assert.deepEqual(
    [answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']],
    [200, 'text/plain; charset=utf-8', 'public, max-age=86400'],
  )
  const fields = new Map(
    answer.body
      .trimEnd()
      .split('\n')
      .map(line => line.split(/: (.*)/, 2) as [string, string]),
  )
  assert.deepEqual([...fields.keys()], ['Contact', 'Expires', 'Preferred-Languages', 'Canonical'])
  assert.deepEqual(
    [fields.get('Contact'), fields.get('Canonical')],
    ['mailto:securite@campagnes.example', 'http://localhost:3000/.well-known/security.txt'],
  )
  assert.match(fields.get('Expires')!, /^\d{4}-\d\d-\d\dT00:00:00Z$/)
  const days = (Date.parse(fields.get('Expires')!) - Date.now()) / 86_400_000
  assert.ok(days > 30 && days < 365, `${days} days`)
})

test('the content policy forbids other hosts, inline scripts and framing on every answer', async () => {
  for (const url of ['/', '/api/openapi.json', '/api/nowhere', '/health/live', '/.well-known/security.txt']) {
    const { headers } = await server.inject(url)
    assert.match(
      String(headers['content-security-policy']),
      /default-src 'none';script-src 'self';style-src 'self'/,
      url,
    )
    assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.match(String(headers['permissions-policy']), /camera=\(\).*microphone=\(\).*geolocation=\(self\)/, url)
  }
})
