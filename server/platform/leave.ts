import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { Refused } from './errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Stops in order: pending requests are answered, each connection closes with its last answer, late callers are told
     * to come back.
     */
    takeLeave(): Promise<void>
  }
}

/** Turns of the loop without anything new before it is quiet, each of 50 ms at least. */
const quietTurns = 6
/** How long one waits for that at most: answering, then sending back. */
const [answeringMs, refusingMs] = [3_000, 17_000]

/**
 * Closing a port at once resets connections not accepted yet, and requests on a connection taken for idle.
 * So the process goes on answering and closes each connection with its answer, until nothing comes any more.
 * What has not come in its time is sent back, which costs little; only then the port is closed.
 */
export const politeLeave = (server: FastifyInstance) => {
  let [leaving, refusing, heard] = [false, false, true]
  /** Opened, and nothing asked on it yet: its request is perhaps on the way. */
  const unheard = new Set<Socket>()
  server.server.on('connection', (socket: Socket) => {
    heard = true
    unheard.add(socket)
    socket.once('close', () => {
      unheard.delete(socket)
    })
  })
  server.addHook('onRequest', async request => {
    heard = true
    unheard.delete(request.raw.socket)
    if (refusing) throw new Refused('service/unavailable', { retryAfterSeconds: 2 })
  })
  server.addHook('onSend', async (_request, reply) => {
    if (leaving) reply.header('connection', 'close')
  })
  /** Until nothing comes any more, or `mostMs` have passed. */
  const quiet = async (mostMs: number) => {
    const until = performance.now() + mostMs
    // Turns and not time alone: a loop that is held hears nothing, and is not quiet.
    for (let turns = 0; turns < quietTurns && performance.now() < until; ) {
      heard = false
      await new Promise(turn => setTimeout(() => setImmediate(turn), 50))
      turns = heard || unheard.size > 0 ? 0 : turns + 1
    }
  }
  server.decorate('takeLeave', async () => {
    leaving = true
    await quiet(answeringMs)
    refusing = true
    await quiet(refusingMs)
    // A connection kept alive by a proxy is idle only once its last answer has left.
    const idle = setInterval(() => server.server.closeIdleConnections(), 100)
    await server.close()
    clearInterval(idle)
  })
}
