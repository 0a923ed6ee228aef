import { createServer, type Server } from 'node:http'
import type { Readiness } from './health.ts'
import { metrics } from './telemetry.ts'

/**
 * What operators and the proxy ask, without authentication, on an address of its own (METRICS_HOST, METRICS_PORT):
 * the metrics, and whether the process can
 * serve. Never on the public one. The worker serves nobody: it has the metrics alone, on WORKER_METRICS_PORT.
 */
export const operations = (readiness?: Readiness): Server =>
  createServer(async (request, response) => {
    response.setHeader('cache-control', 'no-store')
    const path = request.url?.split('?')[0]
    if (path === '/metrics')
      return response.writeHead(200, { 'content-type': metrics.contentType }).end(await metrics.metrics())
    if (path !== '/health/ready' || !readiness) return response.writeHead(404).end()
    const ready = await readiness.ask()
    response
      .writeHead(ready.ready ? 200 : 503, {
        'content-type': 'application/json; charset=utf-8',
        ...(ready.ready ? {} : { 'retry-after': '2' }),
      })
      .end(JSON.stringify(ready))
  })
