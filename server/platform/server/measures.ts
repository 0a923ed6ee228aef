import type { FastifyInstance } from 'fastify'
import { permissions } from '../before-request.ts'
import type { Database } from '../database.ts'
import { endRequestSpan, poolWaiting, requestSeconds, startRequestSpan } from '../telemetry.ts'

/** Gives each request its number and its span, then measures and logs its answer. */
export const measureRequests = (server: FastifyInstance, database: Database): void => {
  server.addHook('onRequest', async (request, reply) => {
    request.span = startRequestSpan(request.method, request.routeOptions.url ?? 'unknown')
    reply
      .header('x-request-id', request.id)
      .header('cache-control', 'no-store')
      .header('permissions-policy', permissions)
  })
  server.addHook('onResponse', async (request, reply) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'unknown', status: reply.statusCode }
    // A stream lasts as long as someone watches: no time of answering.
    if (!String(reply.getHeader('content-type')).startsWith('text/event-stream'))
      requestSeconds.observe(labels, reply.elapsedTime / 1000)
    poolWaiting.set(database.waiting())
    endRequestSpan(request.span, reply.statusCode)
    // No address, no query, no body: they may name a person or an employer being worked.
    request.log.info({ requestId: request.id, ...labels, ms: Math.round(reply.elapsedTime) }, 'answered')
  })
}
