import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from '../errors.ts'
import { originDigest } from '../origin.ts'
import { sessionToken, tokenHash } from '../session-cookie.ts'
import { answerError } from './answer-error.ts'
import type { Serving } from './options.ts'

/** Where no route is. */
export const unreadable = '/api/unreadable'

/** Answers refusals, and tells those of a known session to who watches them. */
export const answerRefusals = (server: FastifyInstance, { originKey, secure, known, onRefused }: Serving): void => {
  const tellRefusal = (error: unknown, request: FastifyRequest) => {
    if (!(error instanceof Refused) || error.sessionId === undefined) return
    try {
      const route = `${request.method} ${request.routeOptions.url}`
      const origin = originDigest(originKey, request.ip)
      onRefused?.({
        sessionId: error.sessionId,
        code: error.code,
        route,
        params: request.params,
        request: { id: request.id, origin },
      })
    } catch (bug) {
      request.log.error({ requestId: request.id, route: request.routeOptions.url, err: bug }, 'refusal not told')
    }
  }
  const forget = (request: FastifyRequest) => {
    const token = sessionToken(request, secure)
    if (token) known.forget(tokenHash(token))
  }
  server.setErrorHandler((error, request, reply) => {
    tellRefusal(error, request)
    // What was taken for known no longer is: its next reading is asked about alone.
    if (error instanceof Refused && error.code === 'session/required') forget(request)
    return answerError(error, request, reply)
  })
  server.setNotFoundHandler((request, reply) =>
    answerError(new Refused(request.raw.url === unreadable ? 'request/malformed' : 'not-found'), request, reply),
  )
}
