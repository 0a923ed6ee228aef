import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import { Refused } from '../errors.ts'
import { answerError } from './answer-error.ts'

/** Beyond what the process can bear, requests are told to come back (REL-4). */
export const shedLoad = async (server: FastifyInstance): Promise<void> => {
  // Making the routes ready holds the loop. The first two measures, one a second, tell of our start, not of our load.
  let measuresHold = 0
  server.addHook('onListen', async () => {
    measuresHold = performance.now() + 2000
  })
  await server.register(underPressure, {
    maxEventLoopDelay: 1500,
    maxHeapUsedBytes: 1_500_000_000,
    retryAfter: 5,
    pressureHandler: (request, reply) => {
      if (performance.now() > measuresHold)
        answerError(new Refused('service/overloaded', { retryAfterSeconds: 5 }), request, reply)
    },
  })
}
