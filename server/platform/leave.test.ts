import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import Fastify from 'fastify'
import { Refused } from './errors.ts'
import { politeLeave } from './leave.ts'

/** Holds the loop, as work does on a loaded machine. */
const work = (ms: number) => {
  for (const until = performance.now() + ms; performance.now() < until; );
}

test('REL-4, REL-6: told to stop with more than it can serve in its time, it sends back those it has not accepted yet, and resets none', {
  timeout: 120_000,
}, async () => {
  const server = Fastify()
  politeLeave(server)
  server.setErrorHandler((error, _request, reply) => reply.code(error instanceof Refused ? 503 : 500).send())
  server.get('/', async () => {
    work(20)
    return 'done'
  })
  await server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 })
  const { port } = server.server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: 1_000 })
  const ask = () =>
    new Promise<number | string>(told => {
      request({ port, host: '127.0.0.1', agent }, answer => {
        answer.resume().on('end', () => told(answer.statusCode!))
      })
        .on('error', error => told(error.message))
        .end()
    })
  // 20 s of work, where 3 are given.
  const answers = Array.from({ length: 1_000 }, ask)
  await answers[0]
  await server.takeLeave()
  const told = new Set(await Promise.all(answers))
  agent.destroy()
  assert.deepEqual([...told].sort(), [200, 503])
})
