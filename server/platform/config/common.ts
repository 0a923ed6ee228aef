import { resolve } from 'node:path'
import { integer } from './readers.ts'
import type { Environment } from './sources.ts'
import type { Config } from './types.ts'
import { clamdAddress, limits, proxies, travel } from './web.ts'

/** A larger office never has a smaller budget. */
const exportBudgets = (env: Environment, problems: string[]) => {
  const exportsPerDay = integer(env, 'WATCH_EXPORTS_PER_DAY', 40, problems, 1, 100_000)
  const exportsPerDayOfOverseers = integer(
    env,
    'WATCH_EXPORTS_PER_DAY_OF_OVERSEERS',
    Math.max(200, exportsPerDay),
    problems,
    exportsPerDay,
    100_000,
  )
  return { exportsPerDay, exportsPerDayOfOverseers }
}

const watch = (env: Environment, problems: string[]): Config['watch'] => ({
  personsPerHour: integer(env, 'WATCH_PERSONS_PER_HOUR', 300, problems, 10, 100_000),
  personsPerDay: integer(env, 'WATCH_PERSONS_PER_DAY', 800, problems, 10, 100_000),
  personsAtNight: integer(env, 'WATCH_PERSONS_AT_NIGHT', 60, problems, 1, 100_000),
  ...exportBudgets(env, problems),
  refusalsPerHour: integer(env, 'WATCH_REFUSALS_PER_HOUR', 30, problems, 1, 100_000),
})

/** Settings common to demonstration and production. */
export const commonSettings = (env: Environment, mode: Config['mode'], problems: string[]) => {
  const host = env.HOST || '127.0.0.1'
  const port = integer(env, 'PORT', 3000, problems)
  const trustProxy = proxies(env, problems)
  const metricsPort = integer(env, 'METRICS_PORT', port + 1, problems)
  const nextPort = metricsPort + 1 === port ? port + 1 : metricsPort + 1
  const common = {
    mode,
    host,
    port,
    dataDir: resolve(env.DATA_DIR || './data'),
    limits: limits(env, problems),
    watchdogSeconds: integer(env, 'WATCHDOG_SECONDS', 20, problems, 0, 600),
    metricsHost: env.METRICS_HOST || '127.0.0.1',
    metricsPort,
    workerMetricsPort: integer(env, 'WORKER_METRICS_PORT', nextPort, problems),
    logLevel: env.LOG_LEVEL || (mode === 'production' ? 'info' : 'warn'),
    trustProxy,
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT || undefined,
    clamdAddress: clamdAddress(env, problems),
    databaseConnections: integer(env, 'DATABASE_CONNECTIONS', 10, problems, 1, 500),
    travel: travel(env, trustProxy, problems),
    announcedDaysBefore: integer(env, 'ANNOUNCED_DAYS_BEFORE', 15, problems, 1, 90),
    rgcGateDays: integer(env, 'RGC_GATE_SHUT_DAYS', 30, problems, 1, 365),
    campaignClosesAfterDays: integer(env, 'CAMPAIGN_CLOSES_AFTER_DAYS', 15, problems, 1, 365),
    recalls: {
      ownerDays: integer(env, 'CAMPAIGN_RECALL_OWNER_DAYS', 15, problems, 3, 180),
      leadDays: integer(env, 'CAMPAIGN_RECALL_LEAD_DAYS', 22, problems, 4, 364),
      pilotDays: integer(env, 'CAMPAIGN_RECALL_PILOT_DAYS', 29, problems, 5, 365),
    },
    needRecalls: {
      ownerDays: integer(env, 'NEED_RECALL_OWNER_DAYS', 9, problems, 3, 180),
      leadDays: integer(env, 'NEED_RECALL_LEAD_DAYS', 21, problems, 4, 364),
      pilotDays: integer(env, 'NEED_RECALL_PILOT_DAYS', 45, problems, 5, 365),
    },
    trailDetailMonths: integer(env, 'TRAIL_DETAIL_MONTHS', 12, problems, 6, 120),
    hiringLineMonths: integer(env, 'HIRING_LINE_MONTHS', 13, problems, 1, 120),
    watchByPerson: integer(env, 'WATCH_PERSONS_PER_DAY_BY_STRUCTURE', 60, problems, 1, 10_000),
    watchOpenings: integer(env, 'WATCH_ACCOUNTS_OPENED_PER_WEEK', 30, problems, 1, 10_000),
    watch: watch(env, problems),
  }
  for (const [name, { ownerDays, leadDays, pilotDays }] of [
    ['CAMPAIGN', common.recalls],
    ['NEED', common.needRecalls],
  ] as const)
    if (ownerDays >= leadDays || leadDays >= pilotDays)
      problems.push(`${name}_RECALL_OWNER_DAYS, _LEAD_DAYS et _PILOT_DAYS : trois délais croissants`)
  if (common.metricsPort === port && env.METRICS_PORT)
    problems.push('METRICS_PORT et PORT sont le même : les mesures ont leur propre adresse')
  if (common.workerMetricsPort === port || common.workerMetricsPort === common.metricsPort)
    problems.push('WORKER_METRICS_PORT est pris par PORT ou METRICS_PORT : le worker a sa propre adresse de mesures')
  if (!['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].includes(common.logLevel))
    problems.push(`LOG_LEVEL : « ${common.logLevel} » n’est pas fatal, error, warn, info, debug, trace ou silent`)
  if (common.otlpEndpoint && !/^https?:/.test(common.otlpEndpoint))
    problems.push('OTEL_EXPORTER_OTLP_ENDPOINT n’est pas une adresse http: ou https:')
  return common
}
export type Common = ReturnType<typeof commonSettings>
