/**
 * The worker process runs the queue, seals the trail and beats its heart for readiness.
 * It stops when told, or when its parent is gone.
 */
import { hostname } from 'node:os'
import { Logger, parseCronItems, run } from 'graphile-worker'
import pg from 'pg'
import { sayAndExit } from './command.ts'
import { jobsOf } from './jobs.ts'
import { sealingOf } from './oversight/audit/sealing-keys.ts'
import { startSequencer } from './oversight/audit/sequencer.ts'
import { ConfigurationError, environment, readConfig } from './platform/config.ts'
import { mostIdleMs } from './platform/database/pool.ts'
import { clockProblems, sharesConnections } from './platform/database/start-checks.ts'
import { openDatabase } from './platform/database.ts'
import { say } from './platform/log.ts'
import { operations } from './platform/operations.ts'
import { startWatchdog } from './platform/watchdog.ts'
import { measureWorker } from './worker-metrics.ts'

const config = (() => {
  try {
    return readConfig(environment(), { sealing: true, web: false })
  } catch (error) {
    return sayAndExit(error)
  }
})()
if (config.secretsInEnvironment.length > 0)
  say(
    'warn',
    `secrets in the environment: ${config.secretsInEnvironment.join(', ')}; in files, this service alone reads them (deploy/README.md)`,
  )
const jobs = jobsOf(config)
const pool = new pg.Pool({ connectionString: config.workerDatabaseUrl, max: 6, idleTimeoutMillis: mostIdleMs })
pool.on('error', () => {}) // the next job opens another connection
pool.on('connect', client => {
  client.on('error', () => {})
})

const quiet = new Logger(() => (level, message) => {
  if (level === 'error' || level === 'warning') say(level, message)
})
if (await sharesConnections(config.workerDatabaseUrl).catch(sayAndExit))
  sayAndExit(
    new ConfigurationError([
      'DATABASE_WORKER_URL passe par un pooler en mode transaction : donnez l’adresse directe de PostgreSQL, ou le mode session',
    ]),
  )
const checked = openDatabase(config.workerDatabaseUrl, { connections: 1 })
const problems = await clockProblems(checked)
  .finally(() => checked.close())
  .catch(sayAndExit)
if (problems.length > 0) sayAndExit(new ConfigurationError(problems))
const runner = await run({
  pgPool: pool,
  concurrency: 4,
  noHandleSignals: true,
  logger: quiet,
  pollInterval: 2000,
  taskList: Object.fromEntries(jobs.map(job => [job.name, job.run])),
  parsedCronItems: parseCronItems(
    jobs.flatMap(job => (job.cron ? [{ task: job.name, match: job.cron, identifier: job.name }] : [])),
  ),
}).catch(sayAndExit)

const id = `${hostname()}-${process.pid}`
const beat = () =>
  pool
    .query('insert into worker_heartbeats values ($1, now()) on conflict (worker_id) do update set at = now()', [id])
    .catch(error => say('warn', `heartbeat: ${error.message}`))
await beat()
const heart = setInterval(beat, 10_000)
const sequencer = startSequencer(config.workerDatabaseUrl, {
  ...sealingOf(config.sealing!),
  keeps: config.trailDetailMonths,
  say,
})
measureWorker(pool)
const operationsServer = operations().listen(config.workerMetricsPort, config.metricsHost)
operationsServer.on('error', sayAndExit)
startWatchdog(config.watchdogSeconds, 'worker')
process.send?.({ ready: true })

let stopping = false
const stop = async () => {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(1), 30_000).unref() // a job cut short is taken up again by another worker
  clearInterval(heart)
  operationsServer.close()
  operationsServer.closeAllConnections()
  await Promise.all([runner.stop(), sequencer.stop()])
  await pool.query('delete from worker_heartbeats where worker_id = $1', [id]).catch(() => {})
  await pool.end()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
process.on('disconnect', stop)
