import { type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export const metrics = new Registry()
collectDefaultMetrics({ register: metrics })
export const requestSeconds = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time to answer, by route and status',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [metrics],
})
export const refusalsTotal = new Counter({
  name: 'refusals_total',
  help: 'Requests refused on purpose, by code',
  labelNames: ['code'],
  registers: [metrics],
})
/**
 * Those that come back from ProConnect as strangers: no state of ours, another browser, or too many failures from one
 * address. None is in the trail.
 */
export const signInStrays = new Counter({
  name: 'sign_in_strays_total',
  help: 'Returns from ProConnect refused without an entry in the trail, by reason',
  labelNames: ['code'],
  registers: [metrics],
})
export const transactionRetries = new Counter({
  name: 'transaction_retries_total',
  help: 'Transactions run again after a race',
  registers: [metrics],
})
/**
 * Seconds that the oldest unsealed entry of the trail has been waiting, asked at each reading of the metrics: known
 * even when no worker runs.
 */
export const measureSealing = (lag: () => Promise<number>) =>
  new Gauge({
    name: 'trail_seal_lag_seconds',
    help: 'Age of the oldest unsealed entry of the trail',
    registers: [metrics],
    async collect() {
      this.set(await lag().catch(() => Number.NaN))
    },
  })
export const poolWaiting = new Gauge({
  name: 'database_pool_waiting',
  help: 'Requests waiting for a connection',
  registers: [metrics],
})

const tracer = trace.getTracer('campagnes-coordonnees')

/** A span around a request, named by its route; attributes never carry an address, a query or a person. */
export const startRequestSpan = (method: string, route: string): Span =>
  tracer.startSpan(`${method} ${route}`, {
    kind: SpanKind.SERVER,
    attributes: { 'http.request.method': method, 'http.route': route },
  })

export const endRequestSpan = (span: Span | undefined, status: number) => {
  if (!span) return
  span.setAttribute('http.response.status_code', status)
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}

/** Sends traces to an OpenTelemetry collector; without an address, spans cost nothing. */
export const startTracing = async (endpoint: string | undefined, serviceName: string): Promise<() => Promise<void>> => {
  if (!endpoint) return async () => {}
  const [{ OTLPTraceExporter }, { TracerProvider, BatchSpanProcessor }, { resourceFromAttributes }] = await Promise.all(
    [
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/resources'),
    ],
  )
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }) }),
    ],
  })
  trace.setGlobalTracerProvider(provider)
  return () => provider.shutdown()
}
