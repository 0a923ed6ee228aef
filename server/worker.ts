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
import { environment, readConfig } from './platform/config.ts'
import { startWatchdog } from './platform/watchdog.ts'

const config = (() => {
  try {
    return readConfig(environment(), { sealing: true, web: false })
  } catch (error) {
    return sayAndExit(error)
  }
})()
if (config.secretsInEnvironment.length > 0)
  console.error(
    JSON.stringify({
      level: 'warning',
      message: `secrets in the environment: ${config.secretsInEnvironment.join(', ')}; in files, this service alone reads them (deploy/README.md)`,
    }),
  )
const jobs = jobsOf(config)
const pool = new pg.Pool({ connectionString: config.workerDatabaseUrl, max: 6 })
pool.on('error', () => {}) // the next job opens another connection
pool.on('connect', client => {
  client.on('error', () => {})
})

const quiet = new Logger(() => (level, message) => {
  if (level === 'error' || level === 'warning') console.error(JSON.stringify({ level, message }))
})
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
    .catch(error => console.error(JSON.stringify({ level: 'warning', message: `heartbeat: ${error.message}` })))
await beat()
const heart = setInterval(beat, 10_000)
const sequencer = startSequencer(config.workerDatabaseUrl, {
  ...sealingOf(config.sealing!),
  say: (level, message) => console.error(JSON.stringify({ level, message })),
})
startWatchdog(config.watchdogSeconds, 'worker')
process.send?.({ ready: true })

let stopping = false
const stop = async () => {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(1), 30_000).unref() // a job cut short is taken up again by another worker
  clearInterval(heart)
  await Promise.all([runner.stop(), sequencer.stop()])
  await pool.query('delete from worker_heartbeats where worker_id = $1', [id]).catch(() => {})
  await pool.end()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
process.on('disconnect', stop)
