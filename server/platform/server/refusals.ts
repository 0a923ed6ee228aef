import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from '../errors.ts'
import { originDigest } from '../origin.ts'
import { sessionToken, tokenHash } from '../session-cookie.ts'
import { answerError } from './answer-error.ts'
import type { Serving } from './options.ts'

/** Where no route is. */
export const unreadable = '/api/unreadable'

/** Answers refusals, and tells those of a known session to who watches them. */
export const answerRefusals = (
  server: FastifyInstance,
  { originKey, secure, known, onRefused, onRevealed }: Serving,
): void => {
  /** Of a caller whose session is known: their token came with the request. */
  const requestOf = (request: FastifyRequest) => ({
    id: request.id,
    origin: originDigest(originKey, request.ip),
    tokenHash: tokenHash(sessionToken(request, secure)!),
  })
  const tellRefusal = (error: unknown, request: FastifyRequest) => {
    if (!(error instanceof Refused) || error.viewer === undefined) return
    try {
      onRefused?.({
        sessionId: error.viewer.sessionId,
        code: error.code,
        route: `${request.method} ${request.routeOptions.url}`,
        params: request.params,
        request: requestOf(request),
      })
    } catch (bug) {
      request.log.error({ requestId: request.id, route: request.routeOptions.url, err: bug }, 'refusal not told')
    }
  }
  /** What a refusal shows is read (SEC-1). A reading that cannot be told is not answered. */
  const tellShown = (error: unknown, request: FastifyRequest): unknown => {
    if (!(error instanceof Refused) || !error.viewer || !error.asked || error.facts.current === undefined) return error
    const { viewer, asked, facts } = error
    try {
      onRevealed?.({ viewer, ...asked, refused: true, reply: facts.current, request: requestOf(request) })
      return error
    } catch (bug) {
      return bug
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
    return answerError(tellShown(error, request), request, reply)
  })
  server.setNotFoundHandler((request, reply) =>
    answerError(new Refused(request.raw.url === unreadable ? 'request/malformed' : 'not-found'), request, reply),
  )
}
