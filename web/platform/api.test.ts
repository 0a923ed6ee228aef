import assert from 'node:assert/strict'
import { afterEach, beforeEach, mock, test } from 'node:test'
import { Type } from 'typebox'
import type { Route } from '../../contract/route.ts'
import { call } from './api.ts'
import { ApiProblem } from './problem.ts'

const write = {
  method: 'POST',
  path: '/things',
  tag: 'Choses',
  summary: 'Écrire une chose',
  needs: 'signed-in',
  body: Type.Object({ name: Type.String() }),
  reply: Type.Object({ id: Type.String() }),
} as const satisfies Route

type Answer = { status: number; code?: string; after?: number }
const busy: Answer = { status: 503, code: 'service/overloaded', after: 5 }
const done: Answer = { status: 200 }
const browserFetch = globalThis.fetch
let sent: Request[] = []
let asked: () => void = () => {}

/** The service answers each call in turn; `asked` is told of each. */
const answers = (...all: Answer[]) => {
  globalThis.fetch = async (address, request) => {
    sent.push(new Request(new URL(String(address), 'http://service'), request))
    const { status, code, after } = all.shift() ?? done
    queueMicrotask(() => asked())
    return Response.json(code ? { code, title: 'Refus', detail: 'Refus.' } : { id: 'a' }, {
      status,
      headers: after ? { 'retry-after': String(after) } : {},
    })
  }
}
const anotherCall = () => new Promise<void>(wake => (asked = wake))
/** Lets what was answered be read, then the page's clock pass. */
const pass = async (seconds: number) => {
  await new Promise(setImmediate)
  mock.timers.tick(seconds * 1000)
}
const writes = (signal?: AbortSignal) => call(write, { body: { name: 'Toit' }, ...(signal && { signal }) })

/** What chance adds to a wait: from 0, nothing, to 1, half more. */
let spread = 0
beforeEach(() => {
  sent = []
  mock.timers.enable({ apis: ['setTimeout'] })
  mock.method(Math, 'random', () => spread)
})
afterEach(() => {
  mock.timers.reset()
  mock.restoreAll()
  spread = 0
  globalThis.fetch = browserFetch
})

test('UX-3, REL-4: a write that a service under load puts off is sent again by itself when it says, the same intention', async () => {
  answers(busy, busy, done)
  const reply = writes()
  await pass(4.9)
  assert.equal(sent.length, 1)
  const second = anotherCall()
  mock.timers.tick(100)
  await second
  const third = anotherCall()
  await pass(5)
  await third
  assert.deepEqual(await reply, { id: 'a' })
  assert.equal(new Set(sent.map(one => one.headers.get('idempotency-key'))).size, 1)
  assert.deepEqual(await Promise.all(sent.map(one => one.json())), Array(3).fill({ name: 'Toit' }))
})

test('UX-3, REL-4: those put off together do not all come back at once', async () => {
  spread = 0.5
  answers(busy, done)
  const reply = writes()
  await pass(6.2)
  assert.equal(sent.length, 1)
  mock.timers.tick(100)
  assert.deepEqual(await reply, { id: 'a' })
})

test('UX-3, REL-4: put off a third time, it is told to who wrote', async () => {
  answers(busy, busy, busy, done)
  const reply = assert.rejects(writes(), { code: 'service/overloaded' })
  for (const _ of [1, 2]) {
    const again = anotherCall()
    await pass(5)
    await again
  }
  await reply
  assert.equal(sent.length, 3)
})

for (const [what, answer] of Object.entries({
  'another refusal': { status: 409, code: 'version/changed' },
  'a limit of one’s own': { status: 429, code: 'request/too-many', after: 2 },
  'a database that is away': { status: 503, code: 'service/unavailable', after: 2 },
  'no delay told': { status: 503, code: 'service/overloaded' },
  'a delay too long to wait on a page': { status: 503, code: 'service/overloaded', after: 30 },
} as Record<string, Answer>))
  test(`UX-3, REL-4: ${what}: a write is not sent again`, async () => {
    answers(answer, done)
    await assert.rejects(writes(), (error: unknown) => error instanceof ApiProblem && error.code === answer.code)
    assert.equal(sent.length, 1)
  })

test('UX-3: given up while it waits, it is not sent again', async () => {
  answers(busy, done)
  const given = new AbortController()
  const reply = assert.rejects(writes(given.signal), { name: 'AbortError' })
  await new Promise(setImmediate)
  given.abort()
  await pass(5)
  await reply
  assert.equal(sent.length, 1)
})
