import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { actions } from '../actions.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { type Database, openDatabase } from './database.ts'
import { pages } from './pages.ts'
import { buildServer } from './server.ts'

// Over a real socket: what is tried here never becomes a request.
let server: FastifyInstance
let database: Database
let port: number
before(async () => {
  database = openDatabase('postgres://nobody@127.0.0.1:1/none')
  const dist = temporaryFolder()
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>Page</title>')
  server = await buildServer({
    database,
    actions,
    shedLoad: false,
    publicUrl: 'https://campagnes.example',
    originKey: Buffer.alloc(32),
    exceptions: [pages(dist)],
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  port = (server.server.address() as { port: number }).port
})
after(async () => {
  await server.close()
  await database.close()
})

const say = async (text: string) => {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  const chunks: Buffer[] = []
  socket.on('data', chunk => chunks.push(chunk))
  socket.write(text, 'latin1')
  await once(socket, 'close')
  const [head, body] = Buffer.concat(chunks).toString().split('\r\n\r\n') as [string, string]
  const [status, ...lines] = head.split('\r\n')
  const headers = Object.fromEntries(
    lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  )
  return { status: Number(status!.split(' ')[1]), headers, body }
}
const get = (address: string, more = '') =>
  say(`GET ${address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${more}\r\n`)
/** Of each answer, or of what becomes of the connection; the content policy of what is no page is stricter. */
const ofEach = [
  'content-security-policy',
  'content-type',
  'content-length',
  'x-request-id',
  'date',
  'connection',
  'keep-alive',
]

test('SEC-6, REL-4: whatever is refused before a route is found carries the headers of every answer, in the one form', async () => {
  const ordinary = await get('/api/nowhere')
  assert.equal(ordinary.status, 404)
  const names = Object.keys(ordinary.headers).filter(name => !ofEach.includes(name) && !name.startsWith('x-ratelimit'))
  assert.ok(names.length >= 10 && names.includes('strict-transport-security'))
  for (const [what, answer, status, code] of [
    ['an address that cannot be decoded', await get('/api/%ff'), 400, 'request/malformed'],
    ['the same among the pages', await get('/%c3%28/x'), 400, 'request/malformed'],
    ['a percent alone', await get('/100%'), 400, 'request/malformed'],
    ['no path', await say('OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'), 404, 'not-found'],
    [
      'headers too large',
      await get('/api/campaigns', `x: ${'y'.repeat(17_000)}\r\n`),
      431,
      'request/headers-too-large',
    ],
    ['an address too long', await get(`/api/campaigns?q=${'y'.repeat(17_000)}`), 431, 'request/headers-too-large'],
    ['no HTTP', await say('bonjour\r\n\r\n'), 400, 'request/malformed'],
    ['a header that is none', await get('/', 'a b: c\r\n'), 400, 'request/malformed'],
    [
      'two lengths',
      await say('POST /api/campaigns HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n'),
      400,
      'request/malformed',
    ],
  ] as const) {
    const said = JSON.parse(answer.body) as { code: string; detail: string; requestId: string }
    assert.deepEqual([answer.status, said.code], [status, code], what)
    assert.match(answer.headers['content-type']!, /^application\/problem\+json/, what)
    assert.match(answer.headers['content-security-policy']!, /default-src 'none'.*frame-ancestors 'none'/, what)
    assert.ok(said.detail.length > 20 && said.requestId === answer.headers['x-request-id'], what)
    for (const name of names) assert.equal(answer.headers[name], ordinary.headers[name], `${what}: ${name}`)
    assert.doesNotMatch(answer.body, /FST_|HPE_|URI|\/work|node_modules/, what)
  }
})

test('REL-4: an address of any shape is answered, and never by a fault', async () => {
  const long = 'a'.repeat(8000)
  for (const address of [
    '//',
    '//x',
    '///',
    '/\\',
    '/api//campaigns',
    '/?',
    '/#',
    '/api/campaigns/%00',
    '/%00',
    '/assets/%00.js',
    '/assets/%2e%2e/%2e%2e/x.js',
    `/api/campaigns/${long}`,
    `/${long}`,
    `/${long}.js`,
    '/api/establishments/%F0%9F%98%80',
    '/constructor',
    '/api/__proto__',
    '/api/refus/%0a',
    '/x.%0d%0a',
  ]) {
    const { status, body } = await get(address, `Cookie: __Host-session=${'a'.repeat(43)}\r\n`)
    assert.ok(
      status >= 200 && (status < 500 || body.includes('service/unavailable')),
      `${address.slice(0, 60)}: ${status} ${body.slice(0, 100)}`,
    )
  }
})
