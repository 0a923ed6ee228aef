import { type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { version } from './version.ts'

export const metrics = new Registry()
collectDefaultMetrics({ register: metrics })
new Gauge({
  name: 'build_info',
  help: 'The version that runs, and its commit where REVISION says it',
  labelNames: ['version', 'commit'],
  registers: [metrics],
}).set({ version: version.version, commit: version.commit ?? '' }, 1)
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
/** Those refused coming back from ProConnect, or with a password; each is logged, and most are in the trail. */
export const signInsRefused = new Counter({
  name: 'sign_ins_refused_total',
  help: 'Sign-ins refused, by way and reason',
  labelNames: ['way', 'code'],
  registers: [metrics],
})
/** Set by the room that serves them, at each reading. */
export const measureStreams = (open: () => number, listening: () => boolean) => {
  metrics.removeSingleMetric('streams_open')
  metrics.removeSingleMetric('streams_listening')
  new Gauge({
    name: 'streams_open',
    help: 'Streams of progress that someone watches',
    registers: [metrics],
    collect() {
      this.set(open())
    },
  })
  new Gauge({
    name: 'streams_listening',
    help: '1 while the process hears what moves in PostgreSQL',
    registers: [metrics],
    collect() {
      this.set(listening() ? 1 : 0)
    },
  })
}
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
/** Asked at each reading: a process that serves may have a part that fails (platform/health.ts). */
export const measureDegraded = (parts: readonly string[], degraded: () => Promise<readonly string[]>) =>
  new Gauge({
    name: 'service_degraded',
    help: '1 while a part fails and the process serves all the same, by part',
    labelNames: ['part'],
    registers: [metrics],
    async collect() {
      const failing = await degraded()
      for (const part of parts) this.set({ part }, failing.includes(part) ? 1 : 0)
    },
  })
export const uploadsChecked = new Counter({
  name: 'uploads_checked_total',
  help: 'Files sent whole, by outcome: checked, unscanned (no antivirus), refused, infected, not-checked (antivirus silent)',
  labelNames: ['outcome'],
  registers: [metrics],
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
